"""`khoxa form`: a blank form for one unit and period, filled with what the warehouse knows."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from subprocess import SubprocessError
from typing import NamedTuple

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from etl.blank.workbook import (
    Closing,
    Filing,
    Typed,
    asked,
    blank_form,
    opening_units,
    units_listed,
)
from etl.catalogue.forms import Form, load_forms, units_on
from etl.catalogue.sending import how_to_send
from etl.catalogue.slots import Slot
from etl.ground import database
from etl.ground.config import Settings
from etl.ground.errors import KhoxaError
from etl.ground.text import suggest
from etl.units.index import Unit, load_units
from etl.units.words import LEVEL_WORDS

_PERIOD = re.compile(r"(?P<year>20\d\d)(?:-(?P<last>20\d\d))?(?:-(?P<period>\w+))?")


class Drawn(NamedTuple):
    """A blank form on disk; `note` says what was filled in beforehand, or why nothing was."""

    path: Path
    note: str
    is_filled: bool


def draw_form(
    settings: Settings,
    code: str,
    unit_code: str,
    when: str,
    out: Path | None = None,
    version: str | None = None,
) -> Drawn:
    """Write the blank form `code` of a unit for a period ("2025-H1"; "2025" where a form has one;
    "2021-2025" of a form about several years).

    Without `out` it goes to the current folder, and never over a file that is there.
    Raises KhoxaError in both languages: unknown form, version, unit or period; a year the form is
    not for; a unit not in force or of a level that does not file it; a file in the way.
    """
    filing = _filing(code, unit_code, when, version)
    years = "-".join(str(year) for year in dict.fromkeys((filing.year, filing.last_year)))
    path = out or Path(f"{code}_{filing.unit.code}_{years}-{filing.period}.xlsx")
    if out is None and path.exists():
        raise KhoxaError(
            f"đã có tệp {path}; đổi tên tệp ấy hoặc thêm --out"
            f" / {path} is there already: rename it, or give --out"
        )
    units = opening_units(filing)
    closing, why_not = _closing(settings, filing, units) if units else ({}, "")
    sending = how_to_send(
        *(code, filing.unit, filing.parents, filing.year, filing.period, settings.filing_address)
    )
    given = blank_form(filing, closing, path, sending=sending)
    note = _filled_in(given, filing.year - 1) if given else why_not
    return Drawn(path, note, bool(given))


def figures_asked(code: str, unit_code: str, when: str) -> list[tuple[str | None, Slot]]:
    """The figures that a blank form asks for: the code of the row's unit, and the slot. Raises
    KhoxaError as draw_form."""
    return asked(_filing(code, unit_code, when, None))


def draw_filled(code: str, unit_code: str, when: str, out: Path, typed: Typed) -> None:
    """Write the form of a unit for a period with figures in it, for whoever tries a form. Raises
    KhoxaError as draw_form."""
    blank_form(_filing(code, unit_code, when, None), {}, out, typed)


def _filing(code: str, unit_code: str, when: str, version: str | None) -> Filing:
    found = _PERIOD.fullmatch(when.strip().upper())
    if not found:
        raise KhoxaError(
            f"không hiểu kỳ “{when}”; ghi năm và kỳ, ví dụ 2025-H1 hoặc 2025-Y"
            f' / "{when}" is no period: give year and period, such as 2025-H1 or 2025-Y'
        )
    year = int(found["year"])
    form = _form(code, year, version)
    period = _period(form, year, found["period"])
    on = units_on(form, year, period)
    unit = _unit(form, unit_code, on)
    last = _last_year(form, year, int(found["last"] or year))
    filing = Filing(form, unit, _parents(unit, on), year, period, on, last)
    for table in form.tables.values():
        if table.rows == "units" and not units_listed(filing, table):
            raise KhoxaError(
                f"biểu {code} liệt kê các đơn vị trực thuộc, mà {unit.full_name} không có"
                f" / form {code} lists the units inside its filer, and {unit.full_name} has none"
            )
    return filing


def _form(code: str, year: int, version: str | None) -> Form:
    """The newest version of the form that is for the year, or the version asked for."""
    known = [form for form in load_forms().values() if form.form == code]
    if not known:
        codes = sorted({form.form for form in load_forms().values()})
        near = ", ".join(suggest(code, codes) or codes)
        raise KhoxaError(
            f"không có biểu “{code}”; có phải: {near}? (khoxa forms liệt kê tất cả)"
            f' / no form "{code}"; did you mean: {near}? (khoxa forms lists all)'
        )
    versions = ", ".join(form.version for form in known)
    known = [form for form in known if version in (None, form.version)]
    if not known:
        raise KhoxaError(
            f"biểu {code} không có bản “{version}”; có: {versions}"
            f' / form {code} has no version "{version}", only: {versions}'
        )
    valid = [form for form in known if form.valid.from_ <= year <= form.valid.to]
    if not valid:
        years = ", ".join(f"{form.valid.from_}–{form.valid.to}" for form in known)
        raise KhoxaError(
            f"biểu {code} không dùng cho năm {year}, chỉ cho các năm {years}"
            f" / form {code} is not for {year}, only for {years}"
        )
    return max(valid, key=lambda form: (form.valid.from_, form.version))


def _period(form: Form, year: int, asked: str | None) -> str:
    if asked is None and len(form.periods) == 1:
        return next(iter(form.periods))
    if asked in form.periods:
        return str(asked)
    listed = ", ".join(f"{year}-{period}" for period in form.periods)
    raise KhoxaError(
        f"biểu {form.form} của năm {year} có các kỳ: {listed}"
        f" / the periods of form {form.form} in {year} are: {listed}"
    )


def _last_year(form: Form, year: int, last: int) -> int:
    """The last year that the form is to be about."""
    if last != year and (form.span is None or not year < last <= form.valid.to):
        years = f"{form.valid.from_}–{form.valid.to}" if form.span else f"{year}"
        raise KhoxaError(
            f"biểu {form.form} không lập cho {year}-{last}, chỉ cho: {years}"
            f" / form {form.form} is not for {year}-{last}, only for: {years}"
        )
    return last


def _unit(form: Form, code: str, on: date) -> Unit:
    """The unit of the code that is in force on the day and may file the form."""
    versions = [unit for unit in load_units().units if unit.code == code]
    if not versions:
        raise KhoxaError(_unknown_unit(form, code, on))
    filers = [unit for unit in versions if unit.level in form.filer]
    if not filers:
        raise KhoxaError(
            _wrong_level(form, next((u for u in versions if u.is_on(on)), versions[-1]))
        )
    for unit in filers:
        if unit.is_on(on):
            return unit
    spans = "; ".join(f"{unit.full_name}: {_span(unit)}" for unit in filers)
    there = {r.unit.code: r.unit for u in filers for r in load_units().history.related_on(u, on)}
    listed = ", ".join(f"{unit.code} ({unit.full_name})" for unit in there.values())
    vi, en = (f"; trên địa bàn đó: {listed}", f"; on its ground: {listed}") if listed else ("", "")
    raise KhoxaError(
        f"đơn vị {code} không có vào ngày {on:%d/%m/%Y}, là ngày biểu này nói về ({spans}){vi} /"
        f" unit {code} was not in force on {on:%d/%m/%Y}, the day this form is about ({spans}){en}"
    )


def _span(unit: Unit) -> str:
    last = "" if unit.valid_to == date.max else f"{unit.valid_to - timedelta(days=1):%d/%m/%Y}"
    return f"{unit.valid_from:%d/%m/%Y} – {last}"


def _unknown_unit(form: Form, code: str, on: date) -> str:
    """Suggests the code with its zeros, or the codes of units of that name."""
    filers = [
        unit
        for unit in load_units().units
        if unit.level in form.filer and unit.valid_from <= on < unit.valid_to
    ]
    if code.isdecimal():
        near = [u for u in filers if u.code.lstrip("0") == code.lstrip("0")]
    else:
        names = suggest(code, [unit.full_name for unit in filers])
        near = [unit for unit in filers if unit.full_name in names]
    listed = ", ".join(f"{unit.code} ({unit.full_name})" for unit in near[:5])
    vi, en = (f"; có phải: {listed}?", f"; did you mean: {listed}?") if listed else ("", "")
    return f"không có đơn vị mã “{code}”{vi} / no unit of code “{code}”{en}"


def _wrong_level(form: Form, unit: Unit) -> str:
    vi = ", ".join(LEVEL_WORDS[level][0] for level in form.filer)
    en = ", ".join(LEVEL_WORDS[level][1] for level in form.filer)
    above = {"district": unit.district_code, "province": unit.province_code}
    near = ", ".join(code for level in form.filer if (code := above.get(level)))
    try_vi, try_en = (f"; có phải --unit {near}?", f"; try --unit {near}") if near else ("", "")
    return (
        f"biểu {form.form} do cấp {vi} lập, mà {unit.code} là {unit.full_name}{try_vi}"
        f" / form {form.form} is filed by the {en}, but {unit.code} is {unit.full_name}{try_en}"
    )


def _parents(unit: Unit, on: date) -> tuple[Unit, ...]:
    """The units above, nearest first, as they were on the day."""
    codes = [("district", unit.district_code), ("province", unit.province_code)]
    return tuple(
        other
        for level, code in codes
        for other in load_units().units
        if level != unit.level
        and (other.level, other.code) == (level, code)
        and other.valid_from <= on < other.valid_to
    )


def _closing(settings: Settings, filing: Filing, units: list[str]) -> tuple[Closing, str]:
    """Last year's closing figures of the units, and what to say if none of them serves."""
    year = filing.year - 1
    if settings.warehouse_url is None and not settings.pgdata.exists():
        return {}, _nothing("chưa có kho số liệu ở đây", "there is no warehouse here yet")
    try:
        with database.engine(settings, "bi_reader").connect() as connection:
            rows = connection.execute(
                text(database.statement("forms/closing")),
                {"units": units, "year": year, "on": filing.on},
            ).all()
    except (SQLAlchemyError, KhoxaError, OSError, SubprocessError) as error:
        why = str(getattr(error, "orig", error)).strip().partition("\n")[0]
        return {}, _nothing(f"không hỏi được kho: {why}", f"the warehouse does not answer: {why}")
    closing = {(unit, indicator): Decimal(value) for unit, indicator, value in rows}
    return closing, _nothing(
        f"kho chưa có số cuối năm {year}", f"the warehouse has no closing figures of {year}"
    )


def _filled_in(given: int, year: int) -> str:
    return f"Đã điền sẵn {given} số cuối năm {year} / {given} closing figures of {year} filled in"


def _nothing(vi: str, en: str) -> str:
    return f"Không điền sẵn số nào: {vi} / Nothing is filled in beforehand: {en}"

"""`khoxa form`: a blank form for one unit and period, filled with what the warehouse knows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path
from subprocess import SubprocessError
from typing import NamedTuple

from sqlalchemy.exc import SQLAlchemyError

from etl.blank.plan import Closing, Plan, Typed
from etl.blank.rows import Filing, units_listed
from etl.blank.workbook import blank_form
from etl.catalogue.definitions import load_forms
from etl.catalogue.forms import Form, units_on
from etl.catalogue.indicators import indicator_rows, poverty_standards
from etl.catalogue.sending import how_to_send
from etl.catalogue.slots import Slot
from etl.ground import database
from etl.ground.config import Settings
from etl.ground.errors import KhoxaError
from etl.ground.text import suggest
from etl.ground.yaml_file import both, sentence, words_beside
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
        raise _refused("file_there", path=path)
    units = Plan(filing, {}).opening_units
    closing, why_not = _closing(settings, filing, units) if units else ({}, "")
    sending = how_to_send(
        *(code, filing.unit, filing.parents, filing.year, filing.period, settings.filing_address)
    )
    given = blank_form(filing, closing, path, sending=sending)
    note = _given(filing.year, given, Plan(filing, closing).unopened) if given else why_not
    return Drawn(path, note, bool(given))


def _given(year: int, given: int, unopened: list[str]) -> str:
    """How many figures of the start of the year stand there, and which wait for a review."""
    standards, rows = poverty_standards(), indicator_rows()
    is_new = standards.get(year) != standards.get(year - 1)
    left = sum(bool(rows[code]["by_standard"]) for code in unopened) if is_new else 0
    if left:
        return sentence(__file__, "no_review", given=given, year=year, last=year - 1, left=left)
    return sentence(__file__, "given", given=given, year=year, last=year - 1)


def figures_asked(code: str, unit_code: str, when: str) -> list[tuple[str | None, Slot]]:
    """The figures that a blank form asks for: the code of the row's unit, and the slot. Raises
    KhoxaError as draw_form."""
    return Plan(_filing(code, unit_code, when, None), {}).asked


def draw_filled(code: str, unit_code: str, when: str, out: Path, typed: Typed) -> None:
    """Write the form of a unit for a period with figures in it, for whoever tries a form. Raises
    KhoxaError as draw_form."""
    blank_form(_filing(code, unit_code, when, None), {}, out, typed)


def _filing(code: str, unit_code: str, when: str, version: str | None) -> Filing:
    found = _PERIOD.fullmatch(when.strip().upper())
    if not found:
        raise _refused("no_period", when=when)
    year = int(found["year"])
    form = _form(code, year, version)
    period = _period(form, year, found["period"])
    on = units_on(form, year, period)
    unit = _unit(form, unit_code, on)
    last = _last_year(form, year, int(found["last"] or year))
    parents = tuple(each for each in load_units().history.parents(unit) if each.is_on(on))
    filing = Filing(form, unit, parents, year, period, on, last)
    for table in form.tables.values():
        if table.rows == "units" and not units_listed(filing, table):
            raise _refused("no_units", form=code, unit=unit.full_name)
    return filing


def _refused(key: str, hint: str = "", **about: object) -> KhoxaError:
    """Why no form is drawn; behind it the hint, where there is something `listed`."""
    words = words_beside(__file__)["refused"]
    more = words[hint] if about.get("listed") else {"vi": "", "en": ""}
    return KhoxaError(both({lang: words[key][lang] + more[lang] for lang in more}, **about))


def _form(code: str, year: int, version: str | None) -> Form:
    """The newest version of the form that is for the year, or the version asked for."""
    known = [form for form in load_forms().values() if form.form == code]
    if not known:
        codes = sorted({form.form for form in load_forms().values()})
        raise _refused("no_form", form=code, near=", ".join(suggest(code, codes) or codes))
    versions = ", ".join(form.version for form in known)
    known = [form for form in known if version in (None, form.version)]
    if not known:
        raise _refused("no_version", form=code, version=version, versions=versions)
    valid = [form for form in known if year in form.years]
    if not valid:
        years = ", ".join(f"{form.valid.from_}–{form.valid.to}" for form in known)
        raise _refused("not_for_year", form=code, year=year, years=years)
    return max(valid, key=lambda form: (form.valid.from_, form.version))


def _period(form: Form, year: int, asked: str | None) -> str:
    if asked is None and len(form.periods) == 1:
        return next(iter(form.periods))
    if asked in form.periods:
        return str(asked)
    listed = ", ".join(f"{year}-{period}" for period in form.periods)
    raise _refused("other_period", form=form.form, year=year, periods=listed)


def _last_year(form: Form, year: int, last: int) -> int:
    """The last year that the form is to be about."""
    if last != year and (form.span is None or not year < last <= form.valid.to):
        years = f"{form.valid.from_}–{form.valid.to}" if form.span else f"{year}"
        raise _refused("not_for_span", form=form.form, year=year, last=last, years=years)
    return last


def _unit(form: Form, code: str, on: date) -> Unit:
    """The unit of the code that is in force on the day and may file the form."""
    versions = [unit for unit in load_units().units if unit.code == code]
    if not versions:
        raise _refused("no_unit", "meant", unit=code, listed=_listed(_near(form, code, on)))
    filers = [unit for unit in versions if unit.level in form.filer]
    if not filers:
        raise _wrong_level(form, next((u for u in versions if u.is_on(on)), versions[-1]))
    for unit in filers:
        if unit.is_on(on):
            return unit
    spans = "; ".join(f"{unit.full_name}: {_span(unit)}" for unit in filers)
    there = {r.unit.code: r.unit for u in filers for r in load_units().history.related_on(u, on)}
    listed = _listed(there.values())
    raise _refused("not_in_force", "on_its_ground", unit=code, on=on, spans=spans, listed=listed)


def _listed(units: Iterable[Unit]) -> str:
    return ", ".join(f"{unit.code} ({unit.full_name})" for unit in units)


def _span(unit: Unit) -> str:
    last = "" if unit.valid_to == date.max else f"{unit.last_day:%d/%m/%Y}"
    return f"{unit.valid_from:%d/%m/%Y} – {last}"


def _near(form: Form, code: str, on: date) -> list[Unit]:
    """The filers of the code with its zeros, or of a name like it."""
    filers = [unit for unit in load_units().units if unit.level in form.filer and unit.is_on(on)]
    if code.isdecimal():
        return [u for u in filers if u.code.lstrip("0") == code.lstrip("0")][:5]
    names = suggest(code, [unit.full_name for unit in filers])
    return [unit for unit in filers if unit.full_name in names][:5]


def _wrong_level(form: Form, unit: Unit) -> KhoxaError:
    vi, en = (", ".join(LEVEL_WORDS[level][n] for level in form.filer) for n in (0, 1))
    above = {"district": unit.district_code, "province": unit.province_code}
    listed = ", ".join(code for level in form.filer if (code := above.get(level)))
    return _refused(
        "wrong_level", "other_unit", form=form.form, unit=unit.code, name=unit.full_name,
        filers_vi=vi, filers_en=en, listed=listed,
    )  # fmt: skip


def _closing(settings: Settings, filing: Filing, units: list[str]) -> tuple[Closing, str]:
    """Last year's closing figures of the units, and what to say if none of them serves."""
    year = filing.year - 1
    if settings.warehouse_url is None and not settings.pgdata.exists():
        return {}, sentence(__file__, "no_warehouse")
    try:
        with database.engine(settings, "bi_reader").connect() as connection:
            rows = database.ask(
                connection, "forms/closing", units=units, year=year, on=filing.on
            ).all()
    except (SQLAlchemyError, KhoxaError, OSError, SubprocessError) as error:
        why = str(getattr(error, "orig", error)).strip().partition("\n")[0]
        return {}, sentence(__file__, "no_answer", why=why)
    closing = {(unit, indicator): Decimal(value) for unit, indicator, value in rows}
    return closing, sentence(__file__, "no_figures", year=year)

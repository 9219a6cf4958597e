"""Whose a filing is, for which year and period: what its titles, its codes and khoxa's own hidden
sheet say, which must be one thing.

A filer that is not known stops the filing, and nothing else of it: where a code or the hidden sheet
leaves no doubt who files, all is checked as that unit's; where not, what needs no filer is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from etl.catalogue.definitions import load_forms
from etl.catalogue.forms import Form, units_on
from etl.catalogue.indicators import poverty_standards
from etl.ground.records import Finding, Recognised, Workbook
from etl.ground.text import key
from etl.normalise.header.faults import Found
from etl.normalise.header.layout import Layout
from etl.normalise.texts.filer import Filer, UnknownFiler, find_filer
from etl.normalise.texts.identity import (
    IdentityError,
    find_period,
    find_years,
    span,
    uncited,
)
from etl.normalise.texts.periods import period_name
from etl.normalise.texts.title_parts import as_written
from etl.normalise.texts.word_lists import TITLE_PARTS
from etl.normalise.title.stated import About, Code, about, stated_codes
from etl.units.index import Unit, UnitIndex, load_units
from etl.units.version import A_TYPE
from etl.units.words import in_full

_LANGUAGES = ("vi", "en")
_NAMES_A_UNIT = re.compile(rf"\b{A_TYPE} [^\W\d]")


class Identity(NamedTuple):
    """What a filing is; None where that is not certain. `reads_as` and `filer`: as what and whose
    its rows can be read all the same; None where they cannot."""

    recognised: Recognised | None
    reads_as: Recognised | None
    filer: Unit | None
    findings: list[Finding]


def identify(filing_id: int, form: Form, found: list[Found], workbook: Workbook) -> Identity:
    """Filer, years and period, which must be the same on every titled sheet of the form; what is
    wrong with them stands at its line of the title block, or at the title."""
    titled = [table for table in found if table.titles]
    said = _identity(filing_id, form, found, titled, workbook)
    return said._replace(findings=[_placed(finding, titled) for finding in said.findings])


def _placed(finding: Finding, titled: list[Found]) -> Finding:
    of_sheet = (table for table in titled if table.sheet.name == finding.sheet)
    if finding.cell or not (table := next(of_sheet, None)):
        return finding
    seen = key(finding.seen)
    lines = [line for line in table.title if seen and seen in key(line)]
    return replace(finding, cell=table.cell_of((lines or table.titles)[0]))


def _identity(
    filing_id: int, form: Form, found: list[Found], titled: list[Found], workbook: Workbook
) -> Identity:
    sheet = titled[0].sheet.name
    try:
        years, period = _times(form, titled)
    except IdentityError as error:
        return Identity(None, None, None, [error.finding(filing_id, sheet)])
    on = units_on(form, years[0], period)
    said = about(workbook)
    own = said if said and said.form == form.form else None
    findings = list(_other_times(filing_id, sheet, own, years, period))
    findings.extend(_other_standards(filing_id, form, titled, years))
    codes = [(t.sheet.name, code) for t in titled for code in stated_codes(t)]
    filer: Unit | None
    try:
        filer, renamed = _filer(filing_id, form, titled, on)
        findings.extend(renamed)
        is_certain = True
    except IdentityError as error:
        lines = [line for table in titled for line in table.title]
        findings.append(_as_typed(error.finding(filing_id, sheet), lines))
        filer = _meant(form, error, [code for _sheet, code in codes], own, lines, on)
        is_certain = filer is not None
        near = error.near if isinstance(error, UnknownFiler) else []
        if filer is None and isinstance(error, UnknownFiler):
            seen = dict(error.params)["seen"]
            findings.extend(_other_codes(filing_id, seen, (), codes, on))
        filer = filer or _stand_in(form, found, near)
    if filer is None:
        return Identity(None, None, None, findings)
    if is_certain:
        findings.extend(_other_units(filing_id, sheet, filer, codes, own, on))
    reads_as = Recognised(
        *(filing_id, form.form, form.version, filer.level, filer.code, years[0], period),
        *(on, years[-1], _illustrative_note(titled)),
    )
    return Identity(reads_as if is_certain else None, reads_as, filer, findings)


def _other_standards(
    filing_id: int, form: Form, titled: list[Found], years: range
) -> Iterator[Finding]:
    """A title block names another poverty standard than that of the year of the figures. What it
    cites counts only where it names none and another form has its title: it may be that one."""
    columns = (c for table in form.tables.values() for c in table.columns.values())
    years_on = min((c.years_on for c in columns if c.is_ == "figure"), default=0)
    of_year = poverty_standards()
    own = {of_year[year] for each in years if (year := each + max(years_on, 0)) in of_year}
    stated = [*_standards(titled, uncited)]
    others = (f for f in load_forms().values() if f.needs and years[0] in f.years)
    if not stated and form.titles in (other.titles for other in others):
        stated = [*_standards(titled, key)]
    for sheet, code, seen in stated:
        if own and code not in own:
            wanted = ", ".join(sorted(own))
            params = {"words": seen, "years": span(years), "standard": wanted}
            yield Finding(filing_id, "standard-differs", sheet, seen=seen, expected=wanted,
                          params=tuple(params.items()))  # fmt: skip


def _standards(titled: list[Found], read: Callable[[str], str]) -> Iterator[tuple[str, str, str]]:
    """The poverty standards that title blocks name, as they are read: sheet, code and words."""
    for table in titled:
        for line, code in product(table.title, TITLE_PARTS["standards"]):
            if named := TITLE_PARTS.pattern("standards", code).search(read(line)):
                yield table.sheet.name, code, as_written(line, named[0])


def _illustrative_note(titled: list[Found]) -> str:
    """The words by which a title block calls its figures invented: "Số liệu minh hoạ"."""
    lines = (line for table in titled for line in table.title)
    return next(filter(None, map(_invented, lines)), "")


@lru_cache(maxsize=16384)
def _invented(line: str) -> str:
    """The words of a line that calls figures invented; "" for any other."""
    is_said = TITLE_PARTS.pattern("illustrative").search(key(line))
    return line.strip().strip("()") if is_said else ""


def _times(form: Form, titled: list[Found]) -> tuple[range, str]:
    """Years and period. Raises IdentityError: as find_years and find_period; sheets-differ."""
    times = {_time(form, tuple(t.titles), t.layout) for t in titled}
    if len(times) > 1:
        listed = sorted((span(years), period) for years, period in times)
        raise IdentityError("sheets-differ", seen="; ".join(f"{p} {y}" for y, p in listed))
    return next(iter(times))


@lru_cache(maxsize=4096)
def _time(form: Form, titles: tuple[str, ...], layout: Layout) -> tuple[range, str]:
    """Years and period of one title block and the header below it."""
    return find_years(form, [*titles], layout.years), find_period(form, [*titles])


def _filer(filing_id: int, form: Form, titled: list[Found], on: date) -> tuple[Unit, list[Finding]]:
    """The filer, and what to say of its name; a title that names nobody goes by the others. Raises
    IdentityError: as find_filer, and sheets-differ."""
    named: list[tuple[Filer, str]] = []
    known = {key(line) for table in titled[:1] for line in table.title}
    for table in titled:
        try:
            filer = find_filer(load_units(), form, table.title, on)
            named.append((filer, table.sheet.name))
        except IdentityError as error:
            new = " / ".join({key(line) for line in table.title} - known)
            if error.rule != "filer-missing" or not named or _NAMES_A_UNIT.search(new):
                raise
    filers = {each.unit for each, _sheet in named}
    if len(filers) > 1:
        listed = sorted(u.full_name for u in filers)
        raise IdentityError("sheets-differ", filers, seen="; ".join(listed))
    said = (each.finding(filing_id, sheet) for each, sheet in named)
    return named[0][0].unit, [finding for finding in said if finding]


def _meant(
    form: Form, error: IdentityError, codes: list[Code], own: About | None, lines: list[str],
    on: date,
) -> Unit | None:  # fmt: skip
    """The one unit that codes or the hidden sheet name where the title's name is not known, and
    that the name may well be meant for."""
    units = load_units()
    by_code = {unit for code in codes if (unit := code.unit(units, on))}
    by_code |= {unit for unit in [_own_unit(units, own, on)] if unit}
    may_file = [unit for unit in by_code if unit.level in form.filer]
    if len(may_file) != 1:
        return None
    (unit,) = may_file
    if isinstance(error, UnknownFiler):
        return unit if _is_like(unit, error.near, lines) else None
    return unit if error.rule in ("filer-missing", "filer-ambiguous") else None


def _as_typed(finding: Finding, lines: list[str]) -> Finding:
    """The finding on a name with that name as its filer wrote it, in capitals or not."""
    if finding.rule != "filer-unknown":
        return finding
    for line in (unicodedata.normalize("NFC", line) for line in lines):
        if (at := line.lower().find(finding.seen)) >= 0:
            seen = line[at : at + len(finding.seen)]
            params = dict(finding.params) | {"seen": seen}
            return replace(finding, seen=seen, params=tuple(params.items()))
    return finding


def _is_like(unit: Unit, near: list[Unit], lines: list[str]) -> bool:
    """Whether a misspelt name may be a unit's own, or that of a unit above it beside its own."""
    if unit in near:
        return True
    is_above = any(each.code in unit.parents for each in near)
    return is_above and any(key(unit.full_name) in key(line) for line in lines)


def _own_unit(units: UnitIndex, own: About | None, on: date) -> Unit | None:
    if own is None:
        return None
    return Code("", "", own.unit_code, None).unit(units, on)


def _stand_in(form: Form, found: list[Found], near: list[Unit]) -> Unit | None:
    """As whose the rows are read where nobody knows who files: rows of items are the same whoever
    does; rows of units are those of the one unit that the name may mean."""
    may_file = [unit for unit in near if unit.level in form.filer]
    if any(table.layout.table.rows == "units" for table in found):
        return may_file[0] if len(may_file) == 1 else None
    return next(iter([*may_file, *near]), None)


def _other_times(
    filing_id: int, sheet: str, own: About | None, years: range, period: str
) -> Iterator[Finding]:
    """The hidden sheet says another year or period than the title."""
    if own is None or ((years[0], years[-1]), period) == (own.years, own.period):
        return
    title = [_when(years, period, words) for words in _LANGUAGES]
    its_years = range(own.years[0], own.years[1] + 1)
    other = [_when(its_years, own.period, words) for words in _LANGUAGES]
    yield _differs(filing_id, "blank-differs", sheet, "", title, other)


def _when(years: range, period: str, language: str) -> str:
    return f"{period_name(period, language)} {span(years)}"


def _other_units(
    filing_id: int, sheet: str, filer: Unit, codes: list[tuple[str, Code]], own: About | None,
    on: date,
) -> Iterator[Finding]:  # fmt: skip
    """A code, or the hidden sheet, names another unit than the title."""
    title = in_full(load_units().history, filer)
    yield from _other_codes(filing_id, title, {filer.code, *filer.parents}, codes, on)
    if own is not None and own.unit_code != filer.code:
        other = f"{own.unit_name} ({own.unit_code})"
        yield _differs(filing_id, "blank-differs", sheet, "", [title] * 2, [other] * 2)


def _other_codes(
    filing_id: int, title: str, of_title: Collection[str | None], codes: list[tuple[str, Code]],
    on: date,
) -> Iterator[Finding]:  # fmt: skip
    """Codes of other units than those `of_title`, beside the name that the title says."""
    units = load_units()
    for name, code in codes:
        unit = code.unit(units, on)
        if unit is not None and unit.code not in of_title:
            about = (filing_id, "filer-code-differs", name, code.cell)
            other = f"{code.code}, {in_full(units.history, unit)}"
            yield _differs(*about, [title] * 2, [other] * 2, code.text)


def _differs(
    filing_id: int, rule: str, sheet: str, cell: str, title: list[str], other: list[str],
    seen: str = "",
) -> Finding:  # fmt: skip
    """Both readings of who files or for when, each in both languages."""
    params = {f"title_{words}": text for words, text in zip(_LANGUAGES, title, strict=True)}
    params |= {f"other_{words}": text for words, text in zip(_LANGUAGES, other, strict=True)}
    seen = seen or other[0]
    return Finding(filing_id, rule, sheet, cell, seen, params=(("seen", seen), *params.items()))

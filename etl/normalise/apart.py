"""Several filings of one form in a workbook: a sheet for each year, or for each commune."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from etl.catalogue.forms import units_on
from etl.catalogue.periods import last_day
from etl.ground.records import Finding, LookAgain
from etl.ground.text import key
from etl.normalise.header.faults import Found, odd_sheets
from etl.normalise.header.plans import plan_of
from etl.normalise.sheets.continued import Rest
from etl.normalise.sheets.evidence import is_meant
from etl.normalise.texts.cells import is_figure, is_numbering
from etl.normalise.texts.filer import UnknownFiler, find_filer
from etl.normalise.texts.identity import IdentityError, find_period, find_years
from etl.units.index import Unit, load_units


class _Whose(NamedTuple):
    """What a sheet's title block says; `on`: the day of whose units it speaks."""

    unit: Unit
    years: range
    period: str
    on: date


def apart(
    found: dict[str, list[Found]],
    rest: list[Rest],
    untitled: Sequence[object],
    look_again: LookAgain | None,
) -> dict[str, list[Found]]:
    """The tables of a workbook by the filing that they are of, the first of a form under its code.

    Those of one form are kept together unless each year's or filer's are all that the form has,
    once and on sheets that are seen, and no other sheet may be part of any.
    """
    is_sure = not untitled and not any(_has_figures(each) for each in rest)
    kept = {form: _kept(own, look_again) for form, own in found.items()}
    return {
        f"{form}/{n}" if n else form: tables
        for form, own in kept.items()
        for n, tables in enumerate(_by_filing(own) if is_sure else [own])
    }


def _kept(found: list[Found], look_again: LookAgain | None) -> list[Found]:
    """The tables of a form without a blank one beside a filled one that is seen, such as the
    template that a workbook was begun with; what another filer left blank is kept."""
    names = [table.layout.table_name for table in found]
    if len(set(names)) == len(names):
        return found
    blank = [each for each in found if _is_blank(each, look_again)]
    filled = [each for each in found if each.sheet.visible and each not in blank]
    return [
        each
        for each in found
        if each not in blank or not any(_is_template(each, other) for other in filled)
    ]


def _is_template(blank: Found, filled: Found) -> bool:
    """Whether a blank table stands beside a filled one as its template, not as its next page."""
    if blank.layout.table_name != filled.layout.table_name:
        return False
    whose = _whose(blank)
    return whose is None or (whose == _whose(filled) and _labels(blank) <= _labels(filled))


def _labels(table: Found) -> set[str]:
    plan = plan_of(table.layout)
    return {key(str(row[plan.key_place])) for row in table.sheet.rows[plan.first_row :]} | {""}


def _is_blank(table: Found, look_again: LookAgain | None) -> bool:
    """Whether no figure stands in a table or right of it, but for numbers of columns, and none is
    yet to be computed; one of texts is never blank."""
    plan, rows = plan_of(table.layout), table.sheet.rows
    meant = {*plan.value_places} - {plan.ordinal_place}
    below = [r for r in range(plan.first_row, len(rows)) if not is_numbering(rows[r])]
    cells = [(r, at, cell) for r in below for at, cell in enumerate(rows[r])]
    if plan.table.rows == "statements" or any(
        is_meant(cell) if at in meant else type(cell) is float and at > plan.key_place
        for _r, at, cell in cells
        if cell != ""
    ):
        return False
    seems = [(r, at) for r, at, cell in cells if at in meant and cell == ""]
    looks = look_again(table.sheet.name, seems) if look_again and seems else {}
    # shares of nothing are what a template shows
    return all(
        look.kind not in ("error", "formula") or look.text == "#DIV/0!" for look in looks.values()
    )


def several(
    filing_id: int, name: str, filings: dict[str, list[Found]], found: dict[str, list[Found]]
) -> Iterator[Finding]:
    """What is said where a workbook holds several filings of a form: with the first how many, and
    which blank tables of unknown units were left out; with one of an earlier period that its
    filer's later one is beside it. `found`: all tables, by form."""
    form = name.partition("/")[0]
    tables = [each for of, each in filings.items() if of.partition("/")[0] == form]
    own = [each[0] for each in tables]
    this = filings[name][0]
    sheet = this.sheet.name
    kept = {each.sheet.name for listed in tables for each in listed}
    for each in found[form] if this is own[0] else ():
        if each.sheet.visible and each.sheet.name not in kept and _is_of_unknown(each):
            said = {"sheet": each.sheet.name, "title": each.titles[0]}
            yield Finding(filing_id, "file-blank-left-out", said["sheet"], params=(*said.items(),))
    if len(own) > 1 and this is own[0]:
        sheets = "; ".join(f"“{table.sheet.name}”" for table in own)
        params = (("count", str(len(own))), ("sheets", sheets))
        yield Finding(filing_id, "file-several-filings", sheet, params=params)
    if later := [
        table.sheet.name for table in own if table is not this and _is_before(this, table)
    ]:
        params = (("sheet", sheet), ("later", later[-1]))
        yield Finding(filing_id, "file-earlier-beside", sheet, params=params)


def _is_before(table: Found, other: Found) -> bool:
    """Whether a table is the same filer's as another, of a period that ended earlier."""
    if (own := _whose(table)) is None or (its := _whose(other)) is None:
        return False
    ends, its_end = (last_day(each.period, each.years[-1]) for each in (own, its))
    return own.unit == its.unit and ends < its_end


def _has_figures(each: Rest) -> bool:
    cells = (cell for row in each.sheet.rows for cell in row)
    return any(type(c) is float or (type(c) is str and is_figure(c)) for c in cells)


def _by_filing(found: list[Found]) -> list[list[Found]]:
    names = [table.layout.table_name for table in found]
    if len(set(names)) == len(names) or odd_sheets(0, found):
        return [found]
    filings: dict[_Whose | None, list[Found]] = {}
    for table in found:
        whose = _whose(table)
        if whose and _is_of_other(key(table.sheet.name).split(), whose):
            return [found]
        filings.setdefault(whose, []).append(table)
    is_whole = all(
        sorted(table.layout.table_name for table in tables) == sorted(tables[0].layout.form.tables)
        for tables in filings.values()
    )
    return [*filings.values()] if is_whole and None not in filings else [found]


def _is_of_other(tab: list[str], whose: _Whose) -> bool:
    """Whether the words of a tab name a neighbour of the filer, and not the filer: the title may
    have been copied with the sheet."""
    ends = range(1, len(tab) + 1)
    texts = [" ".join(tab[start:end]) for end in ends for start in range(end)]
    units, level = load_units(), whose.unit.level
    named = {
        unit.code
        for parent in filter(None, whose.unit.parents)
        for text in texts
        for unit in units.find(level, text, whose.on, parent)
    }
    return bool(named) and whose.unit.code not in named


def _whose(table: Found) -> _Whose | None:
    """Filer, years and period that a sheet's own title block says; None where it does not."""
    try:
        return _stated(table)
    except IdentityError:
        return None


def _is_of_unknown(table: Found) -> bool:
    """Whether its title block names a unit that there is none of; a template names none."""
    try:
        _stated(table)
    except UnknownFiler:
        return True
    except IdentityError:
        pass
    return False


def _stated(table: Found) -> _Whose:
    form = table.layout.form
    years = find_years(form, table.titles, table.layout.years)
    period = find_period(form, table.titles)
    on = units_on(form, years[0], period)
    return _Whose(find_filer(load_units(), form, table.title, on).unit, years, period, on)

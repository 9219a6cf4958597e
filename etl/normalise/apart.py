"""Several filings of one form in a workbook: a sheet for each year, or for each commune."""

from __future__ import annotations

from etl.catalogue.forms import units_on
from etl.ground.records import Finding
from etl.normalise.cells import is_figure
from etl.normalise.continued import Rest
from etl.normalise.faults import Found
from etl.normalise.filer import find_filer
from etl.normalise.identity import IdentityError, find_period, find_years
from etl.units.index import load_units


def apart(found: dict[str, list[Found]], rest: list[Rest]) -> dict[str, list[Found]]:
    """The tables of a workbook by the filing that they are of, the first of a form under its code.

    Those of one form are kept together unless each year's or filer's are all that the form has and
    no sheet without a header may be part of any.
    """
    is_sure = not any(_has_figures(each) for each in rest)
    return {
        f"{form}/{n}" if n else form: tables
        for form, own in found.items()
        for n, tables in enumerate(_by_filing(own) if is_sure else [own])
    }


def several(filing_id: int, form: str, filings: dict[str, list[Found]]) -> list[Finding]:
    """What is said with the first of several filings of one form: how many the workbook holds."""
    own = [tables for name, tables in filings.items() if name.partition("/")[0] == form]
    if len(own) < 2:
        return []
    names = [tables[0].sheet.name for tables in own]
    params = (("count", str(len(own))), ("sheets", "; ".join(f"“{name}”" for name in names)))
    return [Finding(filing_id, "file-several-filings", names[0], params=params)]


def _has_figures(each: Rest) -> bool:
    cells = (cell for row in each.sheet.rows for cell in row)
    return any(type(c) is float or (type(c) is str and is_figure(c)) for c in cells)


def _by_filing(found: list[Found]) -> list[list[Found]]:
    names = [table.layout.table_name for table in found]
    if len(set(names)) == len(names):
        return [found]
    filings: dict[tuple[str, range, str] | None, list[Found]] = {}
    for table in found:
        filings.setdefault(_whose(table), []).append(table)
    is_whole = all(
        {table.layout.table_name for table in tables} == set(tables[0].layout.form.tables)
        for tables in filings.values()
    )
    return [*filings.values()] if is_whole and None not in filings else [found]


def _whose(table: Found) -> tuple[str, range, str] | None:
    """Filer, years and period that a sheet's own title block says; None where it does not."""
    form = table.layout.form
    try:
        years = find_years(form, table.titles, table.layout.years)
        period = find_period(form, table.titles)
        on = units_on(form, years[0], period)
        return find_filer(load_units(), form, table.title, on).unit.code, years, period
    except IdentityError:
        return None

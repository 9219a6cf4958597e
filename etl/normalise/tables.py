"""The tables of one filing, each over one sheet or several: its pages are read, looked at again,
and what is hidden, merged or missing on them is said."""

from __future__ import annotations

from etl.ground.records import Recognised, Sheet, Workbook
from etl.normalise.beside.column_words import column_findings
from etl.normalise.beside.drawn import drawn_findings
from etl.normalise.beside.notes import Filed, note_findings
from etl.normalise.beside.places import place_findings
from etl.normalise.beside.remarks import remark_findings
from etl.normalise.beside.wordings import wording_findings
from etl.normalise.header.extracted import Extracted, Page, Reading
from etl.normalise.header.faults import Found, unread_columns
from etl.normalise.header.layout import Layout
from etl.normalise.header.plans import plan_of
from etl.normalise.rows import read_rows
from etl.normalise.rows.account import unheaded_columns
from etl.normalise.rows.measured import unmeasured_rows
from etl.normalise.rows.row_sums import totals_of_shown
from etl.normalise.sheets.continued import Rest
from etl.normalise.sheets.dialect import refuse_unclear_decimals, split_decimals
from etl.normalise.sheets.emptiness import settle_emptiness
from etl.normalise.sheets.headerless import headerless_pages, working_sheets
from etl.normalise.sheets.hiding import hiding_findings
from etl.normalise.sheets.merges import merge_findings, words_filled_down
from etl.normalise.sheets.second import look_closer
from etl.normalise.texts.parent import Parent
from etl.units.index import Unit, load_units


def read_tables(
    recognised: Recognised, workbook: Workbook, found: list[Found], filer: Unit, rest: list[Rest]
) -> list[Extracted]:
    """Figures and findings of every page of a filing's tables.

    `rest`: the sheets of the workbook that carry no header; those that go on with a table are
    taken out of it.
    """
    tables: dict[str, list[Extracted]] = {}
    for name in dict.fromkeys(table.layout.table_name for table in found):
        pages = [table for table in found if table.layout.table_name == name]
        parent = _parent(pages[0].layout, recognised, filer)
        more, findings = headerless_pages(recognised.filing_id, pages, rest, parent)
        tables[name] = _read_table(recognised, workbook, pages + more, parent)
        tables[name][0].findings.extend(findings)
    for table in found if rest else ():
        parent, plan = _parent(table.layout, recognised, filer), plan_of(table.layout)
        said = working_sheets(recognised.filing_id, plan, rest, parent)
        tables[table.layout.table_name][0].findings.extend(said)
    sheets = {table.sheet.name: table.sheet for table in found}.values()
    signed = place_findings(recognised.filing_id, sheets, filer, recognised.units_on)
    tables[found[0].layout.table_name][0].findings.extend(signed)
    settle_emptiness(found[0].layout.form, tables)
    return [out for pages in tables.values() for out in pages]


def _read_table(
    recognised: Recognised, workbook: Workbook, found: list[Found], parent: Parent
) -> list[Extracted]:
    """One table: read as one, then each of its pages is looked at again."""
    pages: list[Page] = []
    for table in found:
        plan = plan_of(table.layout)
        before = pages[-1].offset + _height(pages[-1].sheet) if pages else 0
        pages.append(Page(plan, words_filled_down(table.sheet, plan), before))
    years = range(recognised.year, recognised.last_year + 1)
    done = read_rows(pages, Reading(recognised.filing_id, years, workbook.is_plain), parent)
    named = {figure.subject for out in done for figure in out.figures}
    for page, out, table in zip(pages, done, found, strict=True):
        unread = list(unread_columns(recognised.filing_id, table, years))
        out.findings.extend(unread)
        look_closer(workbook, out, table.layout)
        unheaded_columns(
            page, out, lambda name: any(u.code not in named for u in parent.find(name, None))
        )
        hiding_findings(page, out, table.titles, unread)
        merge_findings(page._replace(sheet=table.sheet), out)
        filed = Filed(table.layout.form, recognised.year, recognised.last_year, recognised.period)
        column_findings(page, out, table.titles, filed)
        note_findings(page, out, filed)
        remark_findings(page, out, filed)
        drawn_findings(page, out, filed)
        wording_findings(page, out, filed)
        split_decimals(page, out, workbook.delimiter)
    unmeasured_rows(pages, done, found)
    totals_of_shown(pages, done)
    refuse_unclear_decimals(done, workbook.delimiter)
    return done


def _height(sheet: Sheet) -> int:
    """How many rows a sheet has down to the last one with content."""
    rows = sheet.rows
    return next((r + 1 for r in reversed(range(len(rows))) if rows[r].count("") < len(rows[r])), 0)


def _parent(layout: Layout, recognised: Recognised, filer: Unit) -> Parent:
    on = recognised.units_on
    return Parent(filer, load_units().row_level(layout.table.unit_level, filer, on), on)

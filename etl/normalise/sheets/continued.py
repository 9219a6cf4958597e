"""Tables that go on on another sheet: joined where that is sure, else named; never left out.

A further sheet goes on with a table where its header, if it has one, is the same and its rows are
others. Sheets with the same rows are one table twice. All else is told, with what to do that
loses no row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from etl.catalogue.header_words import header_key
from etl.ground.addresses import address
from etl.ground.records import Finding, Sheet
from etl.ground.text import key
from etl.normalise.header.column_years import of_year
from etl.normalise.header.faults import Found
from etl.normalise.header.layout import Layout
from etl.normalise.header.plans import TablePlan, plan_of
from etl.normalise.sheets.evidence import first_meant
from etl.normalise.texts.cells import is_numbering, without_ordinal, written
from etl.normalise.texts.identity import title_lines, titled_years
from etl.units.index import split_type

_GOES_ON = re.compile(
    r"^\(?\s*(?:(?:bảng |biểu )?tiếp(?: theo)?|trang|tờ|đơn vị tính|đvt|số liệu minh họa)\b.*$"
)
What = tuple[str | None, ...]
SheetRow = tuple[int, str, list[object]]  # 0-based number, name, cells


class Rest(NamedTuple):
    """A sheet without the title of a form: the tables that its header may be, the best first; the
    note that its text was decoded."""

    sheet: Sheet
    layouts: list[Layout]
    note: Finding | None = None


def untitled_pages(
    filing_id: int, found: dict[str, list[Found]], rest: list[Rest]
) -> tuple[list[Rest], list[tuple[str, Finding]]]:
    """Sheets with the header of a form and no title. Pages of a titled table are added to `found`.

    Returns the sheets that carry no whole header, with the tables of the workbook that theirs may
    be, and what is to be said of the others, with the form that it is about.
    """
    left: list[Rest] = []
    said: list[tuple[str, Finding]] = []
    for each in rest:
        whole = [x for x in each.layouts if x.is_complete or (x.duplicate and is_keyed(x))]
        if not any(any(rows_of(plan_of(layout), each.sheet)) for layout in whole):
            known = [layout for layout in each.layouts if layout.form.form in found]
            left.append(each._replace(layouts=known))
            continue
        tables = (table for tables in found.values() for table in tables)
        first = next((t for t in tables if layouts_of(t, whole)), None)
        if first is None:
            form = whole[0].form.form
            said.append((form, _untitled(filing_id, each.sheet, whole[0])))
            continue
        layout = of_year(layouts_of(first, whole)[0], max(titled_years(first.titles), default=0))
        lines = title_lines(each.sheet.rows[: layout.first_row])
        form = layout.form.form
        if (strange := _strange(each.sheet, layout, first)) is not None:
            said.append((form, unsure(filing_id, first, each.sheet, *strange)))
            continue
        said.extend((form, note) for note in [each.note] if note)
        found[form].append(Found(each.sheet, layout, lines, []))
    return left, said


def is_keyed(layout: Layout) -> bool:
    """Whether the column that names the rows is found."""
    return layout.table.key_column in {name for name, _heading in layout.columns}


def layouts_of(first: Found, layouts: Iterable[Layout]) -> list[Layout]:
    """Those of the same table of the same form version."""
    own = first.layout
    return [x for x in layouts if (x.form, x.table_name) == (own.form, own.table_name)]


def rows_of(plan: TablePlan, sheet: Sheet, first: int | None = None) -> Iterator[SheetRow]:
    """Rows below the header (from `first` on) with a name and a figure: their number, name and
    cells."""
    begin = plan.first_row if first is None else first
    for r, row in enumerate(sheet.rows[begin:], start=begin):
        label = str(row[plan.key_place]).strip() if plan.key_place < len(row) else ""
        is_row = label and header_key(label) not in plan.key_headers and not is_numbering(row)
        if is_row and first_meant(plan, row, is_row=False) is not None:
            yield r, label, row


def _strange(sheet: Sheet, layout: Layout, first: Found) -> tuple[str, str] | None:
    """Cell and text above a header without a title that the table's own title block has not, or of
    a header that is about other years than its title."""
    known = set(map(key, first.title))
    for r, row in enumerate(sheet.rows[: layout.first_row]):
        for c, cell in enumerate(row):
            text = written(cell)
            if text and key(text) not in known and not _GOES_ON.match(key(text)):
                return address(r, c), text
    named = titled_years(first.titles)
    years = range(min(named, default=0), max(named, default=0) + 1)
    headings = (heading for _name, heading in layout.columns if not heading.years <= set(years))
    return next(((heading.cell, " / ".join(heading.path)) for heading in headings), None)


def repeated_tables(filing_id: int, found: list[Found]) -> list[Finding]:
    """What is wrong with a form's tables that stand on several sheets: the same rows again, some
    of them again, or another header."""
    findings: list[Finding] = []
    for number, table in enumerate(found):
        before = [t for t in found[:number] if t.layout.table_name == table.layout.table_name]
        if before:
            findings.extend(_beside(filing_id, before, table))
    return findings


def _beside(filing_id: int, before: list[Found], table: Found) -> Iterator[Finding]:
    """How a further sheet of a table stands to those before it."""
    first, title = before[0], table.layout.table.title
    if not (first.layout.is_complete and table.layout.is_complete):
        return  # its header is told already
    earlier = {what for page in before for what in named_on(page)}
    own = named_on(table)
    again = [label for what, label in own.items() if what in earlier]
    params = (("table", title), ("first", first.sheet.name), ("rows", "; ".join(again[:5])))
    name = table.sheet.name
    if len(again) == len(own) or len(again) == len(earlier):
        yield Finding(filing_id, "form-table-repeated", name, params=params)
    elif again:
        yield Finding(filing_id, "table-overlaps", name, params=params)
    elif other := other_header(filing_id, first, table.sheet, table.layout):
        yield other


def named_rows(plan: TablePlan, rows: Iterable[SheetRow]) -> dict[What, str]:
    """Rows that are no sums, by what they are about, with their names."""
    found: dict[What, str] = {}
    for _r, label, row in rows:
        if plan.table.rows == "statements":
            texts = (written(row[at]) for at in plan.value_places if at != plan.ordinal_place)
            found[tuple(texts)] = label
        elif not plan.labels.is_any_sum(label):
            line = key(str(row[plan.line_place])) if plan.line_place is not None else None
            found[(*split_type(without_ordinal(key(label))), line)] = label
    return found


def named_on(page: Found) -> dict[What, str]:
    """The same of all rows of a sheet with a header."""
    plan = plan_of(page.layout)
    return named_rows(plan, rows_of(plan, page.sheet))


def other_header(filing_id: int, first: Found, sheet: Sheet, second: Layout) -> Finding | None:
    """A column of the second header that the first has not, or has for other years, or one that is
    not there."""
    years = {name: heading.years for name, heading in first.layout.columns}
    for name, heading in second.columns:
        own = years.pop(name, None)
        if own is None or (own and heading.years and own != heading.years):
            return unsure(filing_id, first, sheet, heading.cell, heading.text)
    for name, heading in first.layout.columns:
        if name in years:
            cell, wanted = address(second.last_row, 0), heading.text
            params = (("header", wanted),)
            return Finding(filing_id, "header-absent", sheet.name, cell, "", wanted, params)
    return None


def unsure(filing_id: int, first: Found, sheet: Sheet, cell: str, seen: str) -> Finding:
    """A sheet may go on with a table, but for what a cell says."""
    params = (("table", first.layout.table.title), ("first", first.sheet.name), ("seen", seen))
    return Finding(filing_id, "table-continued", sheet.name, cell, seen, params=params)


def _untitled(filing_id: int, sheet: Sheet, layout: Layout) -> Finding:
    params = (("form", layout.form.title.vi), ("form_en", layout.form.title.en))
    cell = address(layout.first_row, layout.columns[0][1].place)
    rule = "sheet-untitled" if sheet.visible else "sheet-unread"
    return Finding(filing_id, rule, sheet.name, cell, params=(*params, ("rows", "")))

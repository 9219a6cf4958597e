"""Sheets without a title and without a whole header: pages of a table all the same, or sheets that
somebody worked on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from etl.ground.addresses import address
from etl.ground.records import Finding, Sheet
from etl.normalise.header.faults import Found, odd_sheets
from etl.normalise.header.layout import SCAN_ROWS
from etl.normalise.header.plans import TablePlan, plan_of
from etl.normalise.sheets.continued import (
    Rest,
    SheetRow,
    What,
    is_keyed,
    layouts_of,
    named_on,
    named_rows,
    other_header,
    rows_of,
    unsure,
)
from etl.normalise.texts.cells import coded, written
from etl.normalise.texts.parent import Parent

_FEWEST_ROWS = 2


def headerless_pages(
    filing_id: int, found: list[Found], rest: list[Rest], parent: Parent
) -> tuple[list[Found], list[Finding]]:
    """Pages of a table without any header, taken out of `rest`, and what is to be said of sheets
    that may be some, also of those with a part of its header.

    One is a page where it names rows of the table that its other sheets have not, and no others,
    with every figure that the form must have. Where all its rows are known from there it is
    another list.
    """
    earlier = {what for page in found for what in named_on(page)} if rest else set()
    pages: list[Found] = []
    findings: list[Finding] = []
    for each in list(rest):
        judged = _judged(filing_id, found[0], each, earlier, parent)
        if isinstance(judged, Finding):
            findings.append(judged)
        elif judged:
            pages.append(judged)
            findings.extend(filter(None, [each.note]))
        if judged:
            rest.remove(each)
    findings.extend(odd_sheets(filing_id, pages))
    return pages, findings


def _judged(
    filing_id: int, first: Found, each: Rest, earlier: set[What], parent: Parent
) -> Found | Finding | None:
    """A sheet as a page of a table, or what is to be said of it; None where it names none of the
    table's rows. `earlier`: what the rows of the table's other sheets are about."""
    header = next((x for x in layouts_of(first, each.layouts) if is_keyed(x)), None)
    if each.layouts and header is None:
        return None
    plan = plan_of(header or first.layout)
    sheet = _widened(each.sheet, max(plan.places.values()) + 1)
    rows = list(rows_of(plan, sheet, plan.first_row if header else 0))
    own = named_rows(plan, (row for row in rows if _is_known(plan, row, parent)))
    if not own:
        return None
    if again := [label for what, label in own.items() if what in earlier]:
        named = {"table": first.layout.table.title, "first": first.sheet.name}
        params = tuple({**named, "rows": "; ".join(again[:5])}.items())
        rule = "sheet-unread" if len(again) == len(own) else "table-overlaps"
        return Finding(filing_id, rule, sheet.name, params=params)
    if header and (other := other_header(filing_id, first, sheet, header)):
        return other
    if strange := _not_of_table(plan, rows, parent):
        return unsure(filing_id, first, sheet, *strange)
    return Found(sheet, replace(first.layout, first_row=-1, last_row=-1, unused=()), [], [])


def _widened(sheet: Sheet, width: int) -> Sheet:
    """The sheet with rows of at least some width, as the columns of another one need it."""
    narrow = any(len(row) < width for row in sheet.rows)
    rows = [[*row, *[""] * (width - len(row))] for row in sheet.rows] if narrow else sheet.rows
    return replace(sheet, rows=rows) if narrow else sheet


def working_sheets(
    filing_id: int, plan: TablePlan, rest: list[Rest], parent: Parent
) -> Iterator[Finding]:
    """Sheets that can be seen and name units or items of the table beside numbers, in whatever
    columns; taken out of `rest`."""
    own = [x for x in rest if not x.layouts or any(y.form == plan.layout.form for y in x.layouts)]
    for each in [each for each in own if each.sheet.visible]:
        named = (row for row in each.sheet.rows[:SCAN_ROWS] if any(type(c) is float for c in row))
        texts = (text.strip() for row in named for text in row if type(text) is str)
        known = list(islice((text for text in texts if text and _names(plan, text, parent)), 5))
        if len(known) >= _FEWEST_ROWS:
            rest.remove(each)
            params = (("rows", "; ".join(known)),)
            yield Finding(filing_id, "sheet-unread", each.sheet.name, params=params)


def _names(plan: TablePlan, text: str, parent: Parent) -> bool:
    """Whether a text names a unit or an item of the table."""
    if plan.table.rows == "units":
        return len(parent.find(text, None)) == 1
    return _is_known(plan, (0, text, []), parent)


def _is_known(plan: TablePlan, row: SheetRow, parent: Parent) -> bool:
    """Whether a row is one of the table's own, by its name."""
    _r, label, cells = row
    if plan.table.rows == "statements":
        column = plan.table.columns[plan.table.key_column]
        return column.codes is not None and coded(column, label) is not None
    line = str(cells[plan.line_place]).strip() if plan.line_place is not None else ""
    known = plan.labels.meaning(label, line, parent, None)
    return known is not None and known.kind == "row"


def _not_of_table(plan: TablePlan, rows: list[SheetRow], parent: Parent) -> tuple[str, str] | None:
    """Cell and text of the first row that the table cannot have, or the first cell that must be
    filled and is not."""
    for row in rows:
        r, label, cells = row
        if plan.labels.is_any_sum(label):
            continue
        if not _is_known(plan, row, parent):
            return address(r, plan.key_place), label
        for place in plan.required_places:
            if place >= len(cells) or written(cells[place]) == "":
                return address(r, place), ""
    return None

"""Merged cells over the figures of a table: whose figure is it, and what lies under it?

Words merged over several rows belong to all of them. A figure may belong to the first row only,
or to all; what lies under a merged range is read by a machine and seen by nobody. Both are
refused. Merged labels, titles and headings are as they should be.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from etl.ground.addresses import address
from etl.ground.records import Sheet
from etl.normalise.header.extracted import Extracted, Page
from etl.normalise.header.plans import TablePlan
from etl.normalise.texts.cells import shown

_Range = tuple[int, int, int, int]  # top, left, bottom, right; 0-based


def words_filled_down(sheet: Sheet, plan: TablePlan) -> Sheet:
    """The sheet with the words and days of merged cells in every row that they cover, in the
    columns of words that a table of statements has and in one of units of measure; the same sheet
    where there are none."""
    rows, filled = sheet.rows, {*plan.attribute_places, plan.measure_place}
    for top, left, bottom, right in _below_header(sheet, plan):
        is_words = left == right and left in filled and top >= plan.first_row
        if not is_words or not isinstance(rows[top][left], (str, date)):
            continue
        rows = list(rows) if rows is sheet.rows else rows
        for r in range(top + 1, min(bottom + 1, len(rows))):
            if rows[r][left] == "":
                rows[r] = [*rows[r][:left], rows[top][left], *rows[r][left + 1 :]]
    return sheet if rows is sheet.rows else replace(sheet, rows=rows)


def merge_findings(page: Page, out: Extracted) -> None:
    """What is wrong with merged ranges that touch rows that were read; added to `out`."""
    plan, rows = page.plan, page.sheet.rows
    if not out.rows:
        return
    read = frozenset(out.rows)
    for merged in _below_header(page.sheet, plan):
        top, left, bottom, right = merged
        within = range(max(top, plan.first_row), min(bottom, out.rows[-1]) + 1)
        if read.isdisjoint(within):
            continue
        _hidden_under(page, out, merged, within)
        seen = rows[top][left]
        values = [place for place in plan.value_places if left <= place <= right]
        is_value = left in plan.value_places and str(seen).strip() and top >= plan.first_row
        covered = [r for r in within if r in read or _is_named(plan, rows[r])]
        is_shared = len(covered) > 1 and left in plan.figure_places
        if is_value and (is_shared or len(values) > 1):
            first = address(top, left)
            text, area = shown(seen, None), _area(merged)
            out.find("figure-merged", first, text, range=area, first=first)
            out.refused += 1


def _below_header(sheet: Sheet, plan: TablePlan) -> Iterator[_Range]:
    """Merged ranges that reach below the header and begin where the sheet has cells."""
    height, width = len(sheet.rows), max(map(len, sheet.rows[:1]), default=0)
    for (top, left), (bottom, right) in sheet.merged or ():
        is_there = bottom >= plan.first_row and top < height and left < width
        if is_there and (bottom > top or right > left):
            yield top, left, bottom, right


def _is_named(plan: TablePlan, row: list[object]) -> bool:
    return any(
        place is not None and place < len(row) and str(row[place]).strip()
        for place in (plan.key_place, plan.line_place)
    )


def _hidden_under(page: Page, out: Extracted, merged: _Range, within: range) -> None:
    """Filled cells under a merged range, in a column that is read."""
    top, left, _bottom, right = merged
    plan, rows = page.plan, page.sheet.rows
    kept = {*plan.value_places, plan.key_place, plan.line_place, plan.measure_place}
    for r in within:
        for place in range(left, min(right + 1, len(rows[r]))):
            cell = rows[r][place]
            is_same = place not in plan.figure_places and cell == rows[top][left]
            if (r, place) != (top, left) and place in kept and str(cell).strip() and not is_same:
                seen, area = shown(cell, None), _area(merged)
                out.find("cell-under-merge", address(r, place), seen, range=area)
                out.refused += 1


def _area(merged: _Range) -> str:
    top, left, bottom, right = merged
    return f"{address(top, left)}:{address(bottom, right)}"

"""Rows, columns and cells that are there and not shown; and what only looks like it."""

from __future__ import annotations

from typing import Any

from tests.corpus.model import Cell, Column, Sheet
from tests.corpus.traits.registry import of_sheet


@of_sheet("rows-hidden", "rows-filtered")
def hide_rows(sheet: Sheet, *, rows: list[str], filtered: bool = False) -> None:
    """Rows of the table, hidden by hand or by a filter."""
    for label in rows:
        sheet.row(label).hidden = True
    if filtered:
        sheet.page["filter"] = True


@of_sheet("rows-flat")
def flatten_rows(sheet: Sheet, *, rows: list[str], height: float = 0) -> None:
    """Rows of no height, or of one that shows nothing."""
    for label in rows:
        sheet.row(label).height = height


@of_sheet("columns-hidden", "columns-narrow")
def hide_columns(sheet: Sheet, *, columns: list[str], width: float | None = None) -> None:
    """Columns hidden, or so narrow that they are."""
    for name in columns:
        sheet.column(name).hidden = width is None
        sheet.column(name).width = width


@of_sheet("page-dressed")
def dress(sheet: Sheet, **page: Any) -> None:
    """What a sheet has besides cells (dress.py): frozen panes, comments, conditional formats."""
    sheet.page |= page


@of_sheet("total-of-shown")
def total_of_shown(sheet: Sheet, *, column: str) -> None:
    """The total row sums only the rows that are shown, as SUBTOTAL(109, ...) does."""
    shown = [row for row in sheet.rows_of("data") if not row.hidden]
    number = sum(int(row.cells[column].figure or 0) for row in shown)
    (total,) = sheet.rows_of("total")
    total.cells[column] = Cell(number, None, "#,##0")


@of_sheet("column-corrected")
def correct_column(sheet: Sheet, *, after: str, header: str, add: int) -> None:
    """A second column of the same figures, corrected; the first one is hidden."""
    at = [column.name for column in sheet.columns].index(after) + 1
    sheet.columns.insert(at, Column("corrected", [header]))
    sheet.column(after).hidden = True
    for row in sheet.rows_of("data"):
        cell = row.cells[after]
        row.cells["corrected"] = Cell(int(cell.figure or 0) + add, None, cell.number_format)
        cell.figure = None

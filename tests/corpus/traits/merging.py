"""One cell over several: a figure that stands once for many rows, and what lies below a merge."""

from __future__ import annotations

from decimal import Decimal

from tests.corpus.model import Cell, Sheet
from tests.corpus.traits.registry import of_sheet


@of_sheet("merged-down")
def merge_down(
    sheet: Sheet, *, row: str, column: str, over: int, typed: float | str | None = None,
    kept: list[float] | None = None,
) -> None:  # fmt: skip
    """A column's cell merged over `over` more rows; `typed` None: as it is, no figure expected.

    `kept` are numbers still held by the covered cells, nearest first.
    """
    first = sheet.rows.index(sheet.row(row))
    top = sheet.rows[first].cells.setdefault(column, Cell())
    if typed is not None:
        top.typed = typed if isinstance(typed, str) else Decimal(str(typed))
        top.figure = None
    sheet.rows[first].merged_down[column] = over
    for number, below in enumerate(sheet.rows[first + 1 : first + 1 + over]):
        below.cells[column] = Cell()
        if kept and number < len(kept):
            below.cells[column] = Cell(Decimal(str(kept[number])), covered=True)


@of_sheet("merged-right")
def merge_right(sheet: Sheet, *, row: str, column: str, to: str, kept: bool = False) -> None:
    """A cell merged over the columns up to another, whose contents are gone or still held."""
    about = sheet.row(row)
    names = [each.name for each in sheet.columns]
    about.merged_right[column] = to
    for name in names[names.index(column) + 1 : names.index(to) + 1]:
        cell = about.cells.get(name, Cell())
        about.cells[name] = Cell(cell.typed, covered=True) if kept else Cell()

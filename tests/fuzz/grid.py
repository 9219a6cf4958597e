"""A filed sheet as a grid whose cells remember where they stood: the fuzz's own idea of meaning.

khoxa is not asked here. A row means what its (unmoved or moved) label cell said in the original,
a column what its header cell said, a cell its content as typed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import NamedTuple

import xlsxwriter
from openpyxl import load_workbook

At = tuple[int, int]


class Cell(NamedTuple):
    """Content of a cell, and where the original has it; None for a cell that the fuzz wrote."""

    value: object = None
    origin: At | None = None
    is_percent: bool = False


@dataclass
class Grid:
    """One sheet: `rows[r][c]`, 0-based; merged ranges as (top, left, bottom, right)."""

    name: str
    rows: list[list[Cell]]
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: bool = False

    def copy(self) -> Grid:
        return replace(self, rows=[list(row) for row in self.rows], merged=list(self.merged))

    def swap(self, one: At, other: At) -> None:
        """Two cells change places; two of one content are as they were."""
        first, second = self.rows[one[0]][one[1]], self.rows[other[0]][other[1]]
        if first.value != second.value:
            self.rows[one[0]][one[1]], self.rows[other[0]][other[1]] = second, first

    def delete_row(self, r: int) -> None:
        del self.rows[r]
        self._shift(0, r, -1)

    def insert_row(self, r: int, row: list[Cell]) -> None:
        self.rows.insert(r, row)
        self._shift(0, r, 1)

    def column(self, c: int) -> list[Cell]:
        return [row[c] if c < len(row) else Cell() for row in self.rows]

    def delete_column(self, c: int) -> None:
        for row in self.rows:
            del row[c : c + 1]
        self._shift(1, c, -1)

    def insert_column(self, c: int, column: list[Cell]) -> None:
        for row, cell in zip(self.rows, column, strict=True):
            row.extend([Cell()] * (c - len(row)))
            row.insert(c, cell)
        self._shift(1, c, 1)

    def _shift(self, axis: int, at: int, by: int) -> None:
        """Move merged ranges behind a line that went or came; one that it cuts is unmerged."""
        kept = []
        for merged in self.merged:
            first, last = merged[axis], merged[axis + 2]
            if last < at:
                kept.append(merged)
            elif first > at or (by > 0 and first == at):
                moved = list(merged)
                moved[axis], moved[axis + 2] = first + by, last + by
                kept.append((moved[0], moved[1], moved[2], moved[3]))
        self.merged = kept

    def places(self) -> Iterator[tuple[int, int, Cell]]:
        """Every cell that holds something."""
        for r, row in enumerate(self.rows):
            for c, cell in enumerate(row):
                if cell.value is not None:
                    yield r, c, cell


def load(data: bytes) -> list[Grid]:
    """The sheets of an xlsx as openpyxl sees them, every cell at its origin."""
    book = load_workbook(BytesIO(data), data_only=True)
    grids = []
    for sheet in book.worksheets:
        rows = [
            [Cell(x.value, (r, c), "%" in x.number_format) for c, x in enumerate(row)]
            for r, row in enumerate(sheet.iter_rows())
        ]
        merged = [
            (m.min_row - 1, m.min_col - 1, m.max_row - 1, m.max_col - 1)
            for m in sheet.merged_cells.ranges
        ]
        grids.append(Grid(sheet.title, rows, merged, sheet.sheet_state != "visible"))
    return grids


def save(grids: list[Grid]) -> bytes:
    """The grids as an xlsx."""
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False}) as book:
        merge = book.add_format()
        for grid in grids:
            sheet = book.add_worksheet(grid.name)
            if grid.hidden:
                sheet.hide()
            for top, left, bottom, right in grid.merged:
                sheet.merge_range(top, left, bottom, right, "", merge)
            for r, c, cell in grid.places():
                _write(book, sheet, r, c, cell.value)
    return target.getvalue()


def _write(book: xlsxwriter.Workbook, sheet: object, r: int, c: int, value: object) -> None:
    write = sheet  # type: ignore[assignment]
    if isinstance(value, bool):
        write.write_boolean(r, c, value)
    elif isinstance(value, int | float):
        write.write_number(r, c, value)
    elif isinstance(value, str) and value.startswith("#"):
        write.write_formula(r, c, "=1/0", None, value)
    elif isinstance(value, str):
        write.write_string(r, c, value)
    else:
        write.write_datetime(r, c, value, book.add_format({"num_format": "dd/mm/yyyy"}))

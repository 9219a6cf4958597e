"""The tables of a Word file as grids of cells, merged ones included (ECMA-376 part 1, 17.4)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from etl.read.docx.text import OBJECT, Piece, Reader
from etl.read.docx.xml import child, children, is_on, name_of, value
from etl.read.refusal import MAX_COLUMNS, MAX_ROWS, Refused

_SLIVER = 120  # twentieths of a point: columns narrower than 2 mm are edges that do not meet
_AROUND = ("sdt", "sdtContent", "customXml", "ins", "moveTo")


@dataclass(slots=True)
class Cell:
    """One cell: the columns from `first` up to `end` (0-based), what is seen in it.

    `goes_on`: it belongs to the cell above. `nested`: the tables inside it. `place`: which row of
    its table, and which cell of that row, it is.
    """

    first: int
    end: int
    text: str
    piece: Piece
    goes_on: bool = False
    behind: str = "ffffff"
    nested: list[Element] = field(default_factory=list)
    place: tuple[int, int] = (0, 0)


@dataclass(slots=True)
class Grid:
    """The rows of a table, and which of them are hidden."""

    table: Element
    rows: list[list[Cell]]
    hidden: set[int]
    tracked: int = 0

    @property
    def width(self) -> int:
        """How many columns it has."""
        return max((cell.end for row in self.rows for cell in row), default=0)

    def cells(self) -> Iterator[tuple[int, Cell]]:
        """Each cell with its row."""
        return ((r, cell) for r, row in enumerate(self.rows) for cell in row)


def grid_of(table: Element, reader: Reader) -> Grid:
    """A table as it is seen. Raises Refused (file-too-wide)."""
    grid = Grid(table, [], set())
    for number, row in enumerate(_inside(table, "tr")):
        properties = child(row, "trPr")
        if child(properties, "del") is not None:
            grid.tracked += 1
            reader.leave(row)
            continue
        grid.tracked += child(properties, "ins") is not None
        if is_on(child(properties, "hidden")):
            grid.hidden.add(len(grid.rows))
        grid.rows.append(_row(row, properties, reader))
        for cell in grid.rows[-1]:
            cell.place = number, cell.place[1]
        width = max((cell.end for cell in grid.rows[-1]), default=0)
        if len(grid.rows) > MAX_ROWS or width > MAX_COLUMNS:
            raise Refused("file-too-wide", cell=f"hàng {len(grid.rows)}")
    _snap(table, grid)
    return grid


def _row(row: Element, properties: Element | None, reader: Reader) -> list[Cell]:
    at = int(value(child(properties, "gridBefore"), "0"))
    cells: list[Cell] = []
    for number, tc in enumerate(_inside(row, "tc")):
        about = child(tc, "tcPr")
        span = max(1, int(value(child(about, "gridSpan"), "1")))
        cell = Cell(at, at + span, "", Piece(), place=(0, number))
        merged, beside = child(about, "vMerge"), child(about, "hMerge")
        cell.goes_on = merged is not None and value(merged, "continue") == "continue"
        fill = value(child(about, "shd"), name="fill").lower()
        cell.behind = fill if fill not in ("", "auto") else "ffffff"
        _fill(cell, tc, reader)
        at += span
        if beside is not None and value(beside, "continue") == "continue" and cells:
            cells[-1].end = cell.end
        else:
            cells.append(cell)
    return cells


def _fill(cell: Cell, tc: Element, reader: Reader) -> None:
    """What is seen in a cell: the lines of its paragraphs."""
    lines: list[str] = []
    for each in _inside(tc, "p", "tbl"):
        if name_of(each) == "tbl":
            cell.nested.append(each)
            lines.append(OBJECT)
            continue
        piece = reader.paragraph(each)
        if piece.text.strip():
            lines.append(piece.text.strip())
        cell.piece.add(piece)
    cell.text = "\n".join(lines)


def _inside(element: Element, *names: str) -> Iterator[Element]:
    """The children of some names, also those in content controls and insertions."""
    for each in element:
        name = name_of(each)
        if name in names:
            yield each
        elif name in _AROUND:
            yield from _inside(each, *names)


def _snap(table: Element, grid: Grid) -> None:
    """Take edges of columns that nearly meet for one: rows drawn by hand are seldom flush."""
    about = child(table, "tblGrid")
    widths = [value(col, "0", "w") for col in children(about, "gridCol")]
    if len(widths) < grid.width or not all(w.isdecimal() and int(w) for w in widths):
        return
    edges = [0]
    for width in widths:
        edges.append(edges[-1] + int(width))
    kept = [0]
    for edge in edges[1:]:
        if edge - kept[-1] >= _SLIVER:
            kept.append(edge)
    if len(kept) == len(edges):
        return
    column: Callable[[int], int] = lambda at: _nearest(kept, edges[at])  # noqa: E731
    placed = [[(column(cell.first), column(cell.end)) for cell in row] for row in grid.rows]
    if all(first < end for row in placed for first, end in row):
        for row, places in zip(grid.rows, placed, strict=True):
            for cell, (first, end) in zip(row, places, strict=True):
                cell.first, cell.end = first, end


def _nearest(kept: list[int], edge: int) -> int:
    at = bisect_left(kept, edge)
    near = [n for n in (at - 1, at) if 0 <= n < len(kept)]
    return min(near, key=lambda n: abs(kept[n] - edge))

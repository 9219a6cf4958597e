"""A sheet part: the styles of marked cells, and the hook of its comments."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from itertools import groupby

from etl.ground.addresses import address, place_of
from etl.publish.markup import Edits, Node, Unfit, outline

CellAt = tuple[int, int]  # row, column; from 1
Restyle = Callable[[int], int]
_TRUE = ("1", "true")
_LAST = (1_048_576, 16_384)
_BEHIND_LEGACY_DRAWING = (
    "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems",
    "tableParts", "extLst", "AlternateContent",
)  # fmt: skip


def cell_at(text: str) -> CellAt | None:
    """Row and column of an A1 address, None for what is no cell of a sheet."""
    row, column = place_of(text) or (-1, -1)
    return (row + 1, column + 1) if 0 <= row < _LAST[0] and column < _LAST[1] else None


def address_of(cell: CellAt) -> str:
    """The A1 address of a cell."""
    return address(cell[0] - 1, cell[1] - 1)


class SheetXml:
    """One worksheet's XML and the changes to it. Raises Unfit (see markup.outline)."""

    def __init__(self, xml: bytes) -> None:
        self._edits = Edits(xml)
        self._starts = array("Q")  # of the rows: a sheet may be formatted down to its last one
        self._numbers = array("Q")
        self._root = outline(xml, 3, "sheetData", self._add_row)

    def _add_row(self, at: int, attributes: dict[str, str]) -> None:
        last = self._numbers[-1] if self._numbers else 0
        number = int(attributes.get("r", last + 1))
        if number <= last:
            raise Unfit("rows out of order")
        self._numbers.append(number)
        self._starts.append(at)

    @property
    def xml(self) -> bytes:
        """The part with all changes made."""
        return self._edits.applied()

    def deselect(self) -> None:
        """Let the sheet not be among those that the user works on: typing would go into all."""
        for views in self._root.all("sheetViews"):
            for view in views.children:
                if view.attributes.get("tabSelected") in _TRUE:
                    self._edits.set(view, "tabSelected", 0)

    def anchors(self, cells: Iterable[CellAt]) -> dict[CellAt, CellAt]:
        """The cells that show what is written in `cells`: of a merged range, its first."""
        shown = {cell: cell for cell in cells}
        ordered = sorted(shown)
        for merged in (node for found in self._root.all("mergeCells") for node in found.children):
            first, _colon, last = merged.attributes.get("ref", "").partition(":")
            top, bottom = cell_at(first), cell_at(last)
            if top and bottom:
                rows = slice(bisect_left(ordered, top), bisect_right(ordered, bottom))
                inside = (c for c in ordered[rows] if top[1] <= c[1] <= bottom[1])
                shown.update(dict.fromkeys(inside, top))
        return shown

    @property
    def legacy_drawing(self) -> str:
        """Relationship id of the drawing that holds the boxes of comments; "" without one."""
        node = self._root.child("legacyDrawing")
        return node.relation if node else ""

    def hook(self, relation: str, namespace: str) -> None:
        """Name the drawing that holds the boxes of comments."""
        text = f'legacyDrawing xmlns:r="{namespace}" r:id="{relation}"/>'
        text = f"<{self._root.prefix}{text}"
        names = [node.name for node in self._root.children]
        for node in self._root.children[names.index("sheetData") :]:
            if node.name in _BEHIND_LEGACY_DRAWING:
                self._edits.before(node, text)
                return
        self._edits.append(self._root, text)

    def restyle(self, styles: dict[CellAt, Restyle]) -> None:
        """Give cells another style, got from the number of the one they have; to be called once.

        A cell that is not there is put in, empty, with the style of its row or column.
        """
        data = next(node for node in self._root.children if node.name == "sheetData")
        starts = self._starts
        for number, cells in groupby(sorted(styles), key=lambda cell: cell[0]):
            wanted = {column: styles[number, column] for _row, column in cells}
            at = bisect_left(self._numbers, number)
            if at < len(starts) and self._numbers[at] == number:
                end = starts[at + 1] if at + 1 < len(starts) else data.inside_end
                row = self._edits.xml[starts[at] : end]
                self._edits.replace(starts[at], end, self._restyled(row, number, wanted))
                continue
            empty = f'<{data.prefix}row r="{number}"/>'.encode()
            row_text = self._restyled(empty, number, wanted)
            if at < len(starts):
                self._edits.replace(starts[at], starts[at], row_text)
            else:
                self._edits.append(data, row_text)

    def _restyled(self, row: bytes, number: int, wanted: dict[int, Restyle]) -> str:
        edits, root = Edits(row), outline(row, depth=2)
        cells = _by_column(root.children)
        columns = [column for column, _node in cells]
        own = root.attributes.get("s", "") if root.attributes.get("customFormat") in _TRUE else ""
        for column, restyle in wanted.items():
            at = bisect_left(columns, column)
            if columns[at : at + 1] == [column]:
                node = cells[at][1]
                edits.set(node, "s", restyle(int(node.attributes.get("s", 0))))
                continue
            style = restyle(int(own or self._column_style(column)))
            text = f'<{root.prefix}c r="{address_of((number, column))}" s="{style}"/>'
            if at < len(cells):
                edits.before(cells[at][1], text)
            else:
                edits.append(root, text)
        return edits.applied().decode()

    def _column_style(self, column: int) -> int:
        for columns in self._root.all("cols"):
            for about in (node.attributes for node in columns.children):
                if int(about.get("min", 0)) <= column <= int(about.get("max", 0)):
                    return int(about.get("style", 0))
        return 0


def _by_column(cells: list[Node]) -> list[tuple[int, Node]]:
    """Cells with their column; one that does not say its own follows the last."""
    placed: list[tuple[int, Node]] = []
    last = 0
    for node in cells:
        cell = cell_at(node.attributes.get("r", address_of((1, last + 1))))
        if cell is None or cell[1] <= last:
            raise Unfit("cells out of order")
        last = cell[1]
        placed.append((last, node))
    return placed

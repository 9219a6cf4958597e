"""The body of a Word file in its order: lines of text, and tables of figures.

A table that only places text (a letterhead, signatures, a frame around other tables) is the lines
in it. Numbers and figures stand in the other ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from etl.read.docx.table import Cell, Grid, grid_of
from etl.read.docx.text import Piece, Reader
from etl.read.docx.xml import child, name_of, value

OURS = "khoxa"  # the tag of what an earlier round put into the file, and who comments there
# no year, no code: "Năm | 2025", "Mã đơn vị | 02146" say whose and when, in a table of their own
_FIGURE = re.compile(r"(?!20\d\d$|0\d{2,4}$)[\d\s.,%()+–-]*\d[\d\s.,%()+–-]*")
_WIDEST_FRAME, _LONGEST_FRAME = 3, 12  # columns and rows of a table without figures


@dataclass(slots=True)
class Body:
    """`blocks`: lines (their parts between tabs) and tables. `rest`: what is seen beside cells."""

    blocks: list[list[str] | Grid] = field(default_factory=list)
    rest: Piece = field(default_factory=Piece)
    tracked: int = 0

    def lines(self, text: str) -> None:
        """Add the lines of a text that are not empty."""
        for line in text.split("\n"):
            if parts := [part.strip() for part in line.split("\t") if part.strip()]:
                self.blocks.append(parts)


def body_of(elements: Iterable[Element], reader: Reader, body: Body | None = None) -> Body:
    """The content of a body, or of a cell that frames other tables."""
    body = body or Body()
    for each in elements:
        name = name_of(each)
        if name == "p":
            piece = reader.paragraph(each)
            body.rest.add(piece)
            body.lines(piece.text)
        elif name == "tbl":
            _table(each, reader, body)
        elif name == "sdt":
            if value(child(each, "sdtPr", "tag")) == OURS:
                reader.leave(each)
            else:
                body_of(each, reader, body)
        elif name in ("sdtContent", "customXml", "ins", "moveTo", "Choice"):
            body_of(each, reader, body)
        elif name == "AlternateContent":
            body_of((choice for choice in each if name_of(choice) == "Choice"), reader, body)
            for fallback in (other for other in each if name_of(other) != "Choice"):
                reader.leave(fallback)
        elif name in ("altChunk", "subDoc"):
            body.rest.objects += 1
    return body


def _table(table: Element, reader: Reader, body: Body) -> None:
    grid = grid_of(table, reader)
    cells = [cell for _r, cell in grid.cells()]
    nested = [each for cell in cells for each in cell.nested]
    if nested and not any(_is_figure(cell) for cell in cells if not cell.nested):
        for row in grid.rows:
            for cell in row:
                _framed(cell, reader, body)
    elif is_frame(grid):
        for row in grid.rows:
            _side_by_side(row, body)
        for cell in cells:
            body.rest.add(cell.piece)
    else:
        body.blocks.append(grid)
    body.tracked += grid.tracked


def _framed(cell: Cell, reader: Reader, body: Body) -> None:
    """The tables of a cell, with its own lines before them."""
    body.rest.add(cell.piece)
    body.lines(cell.text.replace("\ufffc", ""))
    for table in cell.nested:
        _table(table, reader, body)


def is_frame(grid: Grid) -> bool:
    """Whether a table only places text."""
    small = grid.width <= _WIDEST_FRAME and len(grid.rows) <= _LONGEST_FRAME
    return small and not any(_is_figure(cell) for _r, cell in grid.cells())


def _is_figure(cell: Cell) -> bool:
    return bool(_FIGURE.fullmatch(cell.text))


def _side_by_side(row: list[Cell], body: Body) -> None:
    """The lines of a row's cells, the first ones beside each other and so on."""
    columns = [cell.text.split("\n") for cell in row if not cell.goes_on]
    for at in range(max(map(len, columns), default=0)):
        parts = [lines[at].strip() for lines in columns if at < len(lines) and lines[at].strip()]
        if parts:
            body.blocks.append(parts)


def texts_of(root: Element | None, reader: Reader) -> Iterator[str]:
    """The lines of a page header, a footer or a note."""
    for p in root.iter() if root is not None else ():
        if name_of(p) == "p":
            piece = reader.paragraph(p)
            yield from filter(None, (piece.text.strip(), *piece.boxes))

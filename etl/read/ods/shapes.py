"""Shapes of an ods sheet that are anchored to a cell, and the cells that they lie over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree

from etl.ground.addresses import column_number
from etl.ground.drawn import Drawn
from etl.read.ods.text import lines_of
from etl.read.refusal import MAX_COLUMNS

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_CELL = re.compile(r".*\.\$?([A-Z]{1,3})\$?(\d{1,7})")
_NOTHING = re.compile(r"0(?:\.0\d*)?\D*")  # less than a tenth of an inch, centimetre or millimetre


def drawn_in(row: ElementTree.Element, at: int) -> Iterator[Drawn]:
    """The shapes that begin in a row, which is the sheet's row `at`."""
    column = 0
    for cell in row:
        for shape in _outermost(cell):
            yield Drawn(at, column, *_end(shape, at, column), "\n".join(lines_of(shape)))
        repeat = cell.get(f"{_TABLE}number-columns-repeated", "1")
        column += int(repeat) if repeat.isdecimal() else 1
        if column > MAX_COLUMNS:
            return


def _outermost(element: ElementTree.Element) -> Iterator[ElementTree.Element]:
    for child in element:
        if child.tag.startswith(_DRAW):
            yield child
        else:
            yield from _outermost(child)


def _end(shape: ElementTree.Element, row: int, column: int) -> tuple[int, int]:
    """The last row and column; its own cell where it does not say."""
    end = _CELL.fullmatch(shape.get(f"{_TABLE}end-cell-address", ""))
    if not end:
        return row, column
    touched = (shape.get(f"{_TABLE}{name}", "1") for name in ("end-y", "end-x"))
    less = [bool(_NOTHING.fullmatch(each)) for each in touched]
    return max(row, int(end[2]) - 1 - less[0]), max(column, column_number(end[1]) - less[1])

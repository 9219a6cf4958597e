"""Whether the XML of a workbook's cells and texts is whole, and what a first look at it shows."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple
from xml.parsers import expat

from etl.read.refusal import Extent, Refused
from etl.read.xlsx import cells as xlsx
from etl.read.xlsx import plain_rows

_SMALL = 20_000  # bytes that are worth remembering
_NO_RESULT = re.compile(rb"(?:</f>|<f[^<>]*/>)(?:<v></v>)?</c>")


class SheetFacts(NamedTuple):
    """Of a sheet: whether a cell holds an error or a formula without a result; whether any holds a
    formula."""

    is_unreadable: bool
    has_formulas: bool


def check_sheet(name: str, xml: bytes, run: plain_rows.Run) -> SheetFacts:
    """Refuse a sheet that is not well formed or reaches too far; else its facts.

    Raises Refused (file-damaged, file-too-wide).
    """
    start, end = run
    check_form(name, xml, run)
    if plain_rows.holds_nothing_else(xml, run):
        has_formulas = xml.find(b"<f", start, end) >= 0  # no other element of theirs
        lacks = has_formulas and _NO_RESULT.search(xml, start, end)
        return SheetFacts(bool(lacks) or xml.find(b't="e"', start, end) >= 0, has_formulas)
    extent = Extent()
    unreadable = has_formulas = False
    for cell in xlsx.iter_cells(xlsx.without_empty(xml)):
        if cell.text or cell.formula is not None:
            extent.add(cell.row, cell.column)
        unreadable |= cell.type == "e" or cell.lacks_result
        has_formulas |= cell.formula is not None
    return SheetFacts(unreadable, has_formulas)


def check_form(name: str, xml: bytes, run: plain_rows.Run) -> None:
    """Refuse XML that is not well formed: the fast reader would pass over what it cannot read.
    Raises Refused (file-damaged).

    A run of plain rows or texts is whole by itself, and cannot end a comment or the like. An empty
    element stands for it, which is refused wherever a run would be, as in an attribute.
    """
    start, end = run
    fault = _again if start + len(xml) - end < _SMALL else _fault
    if what := fault(xml[:start], b"<run/>" if start < end else b"", xml[end:]):
        raise Refused("file-damaged", detail=f"{name[:80]}: {what}")


def _fault(head: bytes, run: bytes, tail: bytes) -> str:
    """What is wrong with XML in three pieces; "" where it is well formed."""
    parser = expat.ParserCreate()
    try:
        for piece in (head, run):
            parser.Parse(piece)
        parser.Parse(tail, True)
    except (expat.ExpatError, LookupError, ValueError) as error:  # the latter of its encoding
        return str(error).partition(":")[0]  # its line and column are those of what was left
    return ""


_again = lru_cache(maxsize=1024)(_fault)  # what is around the cells is alike in many workbooks

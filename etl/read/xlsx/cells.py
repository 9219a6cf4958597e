"""The XML of an xlsx workbook, read cell by cell where the fast reader does not show enough."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from xml.etree import ElementTree

from etl.ground.addresses import column_number
from etl.read.refusal import Refused
from etl.read.xlsx import plain_rows

_RELATIONSHIP = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATIONSHIP = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_REFERENCE = re.compile(r"([A-Za-z]{1,7})([0-9]{1,9})")
_CHUNK = 65536
_LARGE = 1_000_000  # bytes that are worth looking through
_UNNAMED = re.compile(rb"<(?:c|row)(?! r=)[\s/>]")  # a cell or row that may say no number
_EMPTY_CELL = re.compile(rb'<c r="[A-Z]{1,3}[0-9]{1,7}"(?: s="[0-9]+")?/>')
_EMPTY_ROW = re.compile(rb'<row r="[0-9]{1,7}"(?:/>|></row>)')


class Formula(NamedTuple):
    """A formula: its text, without "="; `shared` numbers the cells that share one, only the first
    of which has the text. `is_array`: one formula gives several cells their results.
    """

    text: str
    shared: str = ""
    is_array: bool = False


class XlsxCell(NamedTuple):
    """One `<c>`: 0-based position, type, style number, formula or None, stored text.

    `element` holds the pieces of an inline text while the cell is looked at; None where it has
    none.
    """

    row: int
    column: int
    type: str
    style: int
    formula: Formula | None
    text: str
    element: ElementTree.Element | None = None

    @property
    def lacks_result(self) -> bool:
        """Whether it is a formula that was never computed (an empty text is a result)."""
        return self.formula is not None and not self.text and self.type != "str"


def elements(
    xml: bytes, *, ends: frozenset[str], starts: frozenset[str] = frozenset()
) -> Iterator[tuple[str, str, ElementTree.Element]]:
    """(event, local name, element) of the named elements, in document order, one pass.

    Raises Refused (file-damaged) where the XML is not well formed.
    """
    parser: Any = ElementTree.XMLPullParser(("start", "end"))
    try:
        for first in range(0, len(xml), _CHUNK):
            parser.feed(xml[first : first + _CHUNK])
            for event, element in parser.read_events():
                name = element.tag.rpartition("}")[2]
                if name in (starts if event == "start" else ends):
                    yield event, name, element
        parser.close()
    except (ElementTree.ParseError, LookupError, ValueError) as error:  # also of its encoding
        raise Refused("file-damaged", detail=str(error)) from None


def without_empty(xml: bytes) -> bytes:
    """A sheet part without the cells that only have a format, and the rows of nothing else: a
    million of them, where somebody formatted whole columns, take a second instead of twenty.

    As it is where it is small, or where a cell or row is counted from the one before.
    """
    if len(xml) < _LARGE or b"<![CDATA[" in xml:
        return xml
    if _UNNAMED.search(xml):
        return xml
    return _EMPTY_ROW.sub(b"", _EMPTY_CELL.sub(b"", xml))


def iter_cells(xml: bytes) -> Iterator[XlsxCell]:
    """Every `<c>` of a sheet part. Raises Refused (file-damaged)."""
    run = plain_rows.rows_run(xml)
    if plain_rows.holds_nothing_else(xml, run):
        yield from map(_plain_cell, plain_rows.cells(xml, run))
        return
    row = column = -1
    data: ElementTree.Element | None = None
    found = elements(xml, ends=frozenset({"c", "row"}), starts=frozenset({"row", "sheetData"}))
    for event, name, element in found:
        if name == "sheetData":
            data = element
        elif name == "c":
            row, column = _position(element.get("r"), row, column + 1)
            yield _cell(element, row, column)
        elif event == "start":
            row, column = _number(element.get("r"), row + 2) - 1, -1
        elif data is not None:
            data.clear()


def _plain_cell(cell: plain_rows.PlainCell) -> XlsxCell:
    formula = None if cell.formula is None else _formula(cell.formula, cell.formula_text)
    column = column_number(cell.letters)
    return XlsxCell(cell.number - 1, column, cell.type, cell.style, formula, cell.text)


def _formula(attributes: Mapping[str, str], text: str) -> Formula:
    kind = attributes.get("t")
    shared = attributes.get("si", "") if kind == "shared" else ""
    return Formula(text.strip(), shared, kind in ("array", "dataTable"))


def _number(text: str | None, otherwise: int = 0) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else otherwise


def _position(reference: str | None, row: int, column: int) -> tuple[int, int]:
    if reference is None:
        return row, column
    found = _REFERENCE.fullmatch(reference)
    if not found:
        raise Refused("file-damaged", detail=f"cell reference {reference[:20]!r}")
    return int(found[2]) - 1, column_number(found[1])


def _cell(element: ElementTree.Element, row: int, column: int) -> XlsxCell:
    formula, text = None, ""
    for child in element:
        name = child.tag.rpartition("}")[2]
        if name == "f":
            formula = _formula(child.attrib, child.text or "")
        elif name == "v":
            text = child.text or ""
        elif name == "is":
            text = plain_text(child)
    kind, style = element.get("t", "n"), _number(element.get("s"))
    return XlsxCell(row, column, kind, style, formula, text, element)


def plain_text(text: ElementTree.Element) -> str:
    """What a shared or inline text says, without its phonetic hints."""
    return "".join(
        t.text or ""
        for part in (text, *(r for r in text if r.tag.rpartition("}")[2] == "r"))
        for t in part
        if t.tag.rpartition("}")[2] == "t"
    )


def sheet_parts(workbook: bytes, relationships: bytes) -> list[str]:
    """Names of the sheets' parts in the order of the workbook, lower case; "" where unknown.

    Raises Refused (file-damaged).
    """
    wanted = frozenset({"sheet", "Relationship"})
    targets = {
        element.get("Id"): element.get("Target", "").replace("\\", "/").lower()
        for _event, _name, element in elements(relationships, ends=wanted)
    }
    parts = []
    for _event, _name, element in elements(workbook, ends=wanted):
        key = element.get(_RELATIONSHIP) or element.get(_STRICT_RELATIONSHIP)
        target = targets.get(key, "").lstrip("/")
        parts.append(target if target.startswith("xl/") or not target else f"xl/{target}")
    return parts

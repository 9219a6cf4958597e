"""Rows of an xlsx sheet as office programs write them, found and read without an XML parser.

Every cell says where it is, not beyond column ZZ or row 9 999, and holds nothing but a formula and
a value or a text. Whatever else is in a sheet is left to the parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

Run = tuple[int, int]  # where a run of plain rows or texts begins and ends
_ATTRIBUTES = rb"""(?: [A-Za-z][\w:]*+="[ !#-%'-;=?-~]*+")*+"""
# a row that is hidden, or too flat to be seen, is not plain
_SEEN = rb"""(?: (?!hidden="(?:1|true)"|ht="[0-2]?[."])[A-Za-z][\w:]*+="[ !#-%'-;=?-~]*+")*+"""
# text without tags; entities are few, and _xHHHH_ stands for a character
_LETTERS = rb"[ -%'-;=?-^`-~\x80-\xff]*+"
_VALUE = _LETTERS + rb"(?:(?:&(?:amp|lt|gt|quot|apos);|_(?!x[0-9A-Fa-f]{4}_))" + _LETTERS + rb")*+"
_FORMULA = rb"(?:<f" + _ATTRIBUTES + rb"(?:/>|>" + _VALUE + rb"</f>))?+"
_INLINE = rb'(?:<is><t(?: xml:space="preserve")?+>' + _VALUE + rb"</t></is>)?+"
_STORED = rb"(?:<v>(?! )" + _VALUE + rb"(?<! )</v>)?+"
_CONTENT = rb"(?:/>|>" + _FORMULA + _STORED + _INLINE + rb"</c>)"
_CELLS = rb'(?:<c r="[A-Z]{1,2}+\d{1,4}+"(?: s="\d++")?+(?: t="[A-Za-z]++")?+' + _CONTENT + rb")*+"
_PLAIN_ROWS = re.compile(rb"(?:<row" + _SEEN + rb"(?:/>|>" + _CELLS + rb"</row>))++")
_TEXT = rb"[^<>&_]*+(?:_(?!x[0-9A-Fa-f]{4}_)[^<>&_]*+)*+"
_PLAIN_TEXTS = re.compile(rb'(?:<si><t(?: xml:space="preserve")?+>' + _TEXT + rb"</t></si>)++")
_CELL = re.compile(
    r'<c r="([A-Z]+)(\d+)"(?: s="(\d+)")?(?: t="([A-Za-z]+)")?'
    r"(?:/>|>(?:<f([^<>]*)(?:/>|>([^<]*)</f>))?(?:<v>([^<]*)</v>)?"
    r"(?:<is><t[^<>]*>([^<]*)</t></is>)?</c>)"
)
_ATTRIBUTE = re.compile(r'([\w:]+)="([^"]*)"')
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&amp;": "&"}
_ENTITY = re.compile("|".join(_ENTITIES))


class PlainCell(NamedTuple):
    """A cell as written: letters and number of its place, style, type, the attributes of its
    formula (None: no formula) and its text, stored value or text."""

    letters: str
    number: int
    style: int
    type: str
    formula: dict[str, str] | None
    formula_text: str
    text: str


def rows_run(xml: bytes) -> Run:
    """Where the first run of plain rows begins and ends; at the end of all where there is none."""
    return _run(_PLAIN_ROWS, b"<row", xml)


def texts_run(xml: bytes) -> Run:
    """The same of plain shared texts."""
    return _run(_PLAIN_TEXTS, b"<si>", xml)


def holds_nothing_else(xml: bytes, run: Run) -> bool:
    """Whether all rows of a sheet are in the run."""
    start, end = run
    begins, ends = xml.endswith(b"<sheetData>", 0, start), xml.startswith(b"</sheetData>", end)
    others = xml.count(b"sheetData", 0, start) + xml.count(b"sheetData", end)
    return start < end and begins and ends and others == 2


def cells(xml: bytes, run: Run) -> Iterator[PlainCell]:
    """The cells of a run of plain rows."""
    start, end = run
    for found in _CELL.finditer(xml[start:end].decode()):
        letters, number, style, kind, formula, formula_text, value, inline = found.groups()
        yield PlainCell(
            letters,
            int(number),
            int(style or 0),
            kind or "n",
            None if formula is None else dict(_ATTRIBUTE.findall(formula)),
            _said(formula_text or ""),
            _said(value if inline is None else inline) if value or inline else "",
        )


def _said(text: str) -> str:
    return _ENTITY.sub(lambda found: _ENTITIES[found[0]], text) if "&" in text else text


def _run(plain: re.Pattern[bytes], first: bytes, xml: bytes) -> Run:
    start = xml.find(first)
    found = plain.match(xml, start) if start >= 0 else None
    if found is None:
        return len(xml), len(xml)
    if not found[0].isascii():
        try:
            found[0].decode()
        except UnicodeDecodeError:
            return len(xml), len(xml)
    return found.span()

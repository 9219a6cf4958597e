"""Rows of an xlsx sheet as office programs write them, found and read without an XML parser.

Every cell says where it is, not beyond column ZZ or row 9 999, and holds nothing but a formula and
a value or a text. Whatever else is in a sheet is left to the parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

Run = tuple[int, int]  # where a run of plain rows or texts begins and ends


def _atomic(body: bytes, times: bytes) -> bytes:
    """A repeat that gives nothing back. A possessive one would be shorter, but Python before 3.11.5
    takes part of the turn that fails along (its gh-106052)."""
    return b"(?>(?:" + body + b")" + times + b")"


_ATTRIBUTES = _atomic(rb""" [A-Za-z][\w:]*+="[ !#-%'-;=?-~]*+["]""", b"*")
# a row that is hidden, or too flat to be seen, is not plain
_SEEN = _atomic(
    rb""" (?!hidden="(?:1|true)"|ht="[0-2]?[."])[A-Za-z][\w:]*+="[ !#-%'-;=?-~]*+["]""", b"*"
)
# text without tags; entities are few, and _xHHHH_ stands for a character
_LETTERS = rb"[ -%'-;=?-^`-~\x80-\xff]*+"
_VALUE = _LETTERS + _atomic(
    rb"(?:&(?:amp|lt|gt|quot|apos);|_(?!x[0-9A-Fa-f]{4}_))" + _LETTERS, b"*"
)
_PRESERVED = _atomic(rb' xml:space="preserve"', b"?")
_FORMULA = _atomic(rb"<f" + _ATTRIBUTES + rb"(?:/>|>" + _VALUE + rb"</f>)", b"?")
_INLINE = _atomic(rb"<is><t" + _PRESERVED + b">" + _VALUE + rb"</t></is>", b"?")
_STORED = _atomic(rb"<v>(?! )" + _VALUE + rb"(?<! )</v>", b"?")
_CONTENT = rb"(?:/>|>" + _FORMULA + _STORED + _INLINE + rb"</c>)"
_CELL_SAID = _atomic(rb' s="\d++"', b"?") + _atomic(rb' t="[A-Za-z]++"', b"?")
_CELLS = _atomic(rb'<c r="[A-Z]{1,2}+\d{1,4}+"' + _CELL_SAID + _CONTENT, b"*")
# so many at once, for a repeat that could give back remembers every turn
_PLAIN_ROWS = re.compile(
    _atomic(rb"<row" + _SEEN + rb"(?:/>|>" + _CELLS + rb"</row>)", b"{1,1000}")
)
_TEXT = rb"[^<>&_]*+" + _atomic(rb"_(?!x[0-9A-Fa-f]{4}_)[^<>&_]*+", b"*")
_PLAIN_TEXTS = re.compile(
    _atomic(rb"<si><t" + _PRESERVED + b">" + _TEXT + rb"</t></si>", b"{1,1000}")
)
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
            _unescaped(formula_text or ""),
            _unescaped(value if inline is None else inline) if value or inline else "",
        )


def _unescaped(text: str) -> str:
    return _ENTITY.sub(lambda found: _ENTITIES[found[0]], text) if "&" in text else text


def _run(plain: re.Pattern[bytes], first: bytes, xml: bytes) -> Run:
    start = end = max(xml.find(first), 0)
    while found := plain.match(xml, end):
        end = found.end()
    run = xml[start:end]
    if run and not run.isascii():
        try:
            run.decode()
        except UnicodeDecodeError:
            run = b""
    return (start, end) if run else (len(xml), len(xml))

"""The content.xml of an ods workbook, read cell by cell where the fast reader shows too little."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.etree import ElementTree

from etl.ground.addresses import address, column_number
from etl.ground.drawn import Drawn
from etl.read.ods.panes import out_of_reach
from etl.read.ods.shapes import drawn_in
from etl.read.ods.styles import OdsStyles
from etl.read.ods.text import NO_TEXT, TEXT, lines_of, pieces_of, said_in
from etl.read.refusal import MAX_COLUMNS, MAX_ROWS, Extent, Refused
from etl.read.xlsx.cells import elements
from etl.read.xlsx.conditions import Condition
from etl.read.xlsx.page import Page, comment_text, prompt_texts

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_NOTE = f"{_OFFICE}annotation"
_CALCEXT = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_ENDS = frozenset({"table-cell", "covered-table-cell", "table-row"})
_STARTS = frozenset({"table", "table-row"})
_NUMERIC = frozenset({"float", "percentage", "currency"})
_ERROR = re.compile(r"#[A-Z]|Err:\d")  # what older programs store of a number that is none
_FIRST_CELL = re.compile(r"\$?'?(?P<sheet>.*?)'?\.\$?(?P<column>[A-Z]{1,3})\$?(?P<row>\d{1,7})")
Prompt = tuple[int, int, str]  # row and column, 0-based, and text


class OdsCell(NamedTuple):
    """A run of equal cells: sheet number, first and last row and column (0-based), content.

    `style` is the name of its own style, "" where it takes its column's; `span` how many rows and
    columns it is merged over; `pieces` (style name, text) of a text with styles of its own;
    `is_mixed`: a text with shapes, notes or the like beside it, which are no part of it.
    """

    sheet: int
    row: int
    column: int
    last_row: int
    last_column: int
    type: str
    error: bool
    formula: str | None
    text: str
    style: str
    span: tuple[int, int] = (1, 1)
    pieces: tuple[tuple[str, str], ...] = ()
    is_mixed: bool = False
    comment: str = ""

    @property
    def filled(self) -> bool:
        """Whether it holds anything but a format."""
        return bool(self.type or self.error or self.formula is not None or self.text)

    def covers(self, at: tuple[int, int]) -> bool:
        """Whether a 0-based (row, column) belongs to the run."""
        row, column = at
        return self.row <= row <= self.last_row and self.column <= column <= self.last_column


def iter_cells(content: bytes) -> Iterator[OdsCell]:
    """Every cell of every sheet, repeated ones once. Raises Refused (file-damaged)."""
    sheet = -1
    row = next_row = column = 0
    inherited = ""
    for event, name, element in elements(content, ends=_ENDS, starts=_STARTS):
        if name == "table":
            sheet, next_row = sheet + 1, 0
        elif name != "table-row":
            repeat = _repeat(element, "columns")
            cell = _cell(element, sheet, (row, column), (next_row - 1, column + repeat - 1))
            yield cell if cell.style else cell._replace(style=inherited)
            column += repeat
        elif event == "start":
            row, column = next_row, 0
            inherited = element.get(f"{_TABLE}default-cell-style-name", "")
            next_row += _repeat(element, "rows")
        else:
            element.clear()


@dataclass(slots=True)
class Content:
    """What a first pass over content.xml tells.

    has_unreadable: errors and formulas without a result. has_formulas: any formula; lines: texts
    that the fast reader reads otherwise (several paragraphs, a shape beside it), by sheet number
    and 0-based place; merged: ranges, by sheet number.
    styles: names of those of filled cells; pieces: of pieces of texts; comments: as in Page.
    """

    has_unreadable: bool = False
    has_percentages: bool = False
    has_formulas: bool = False
    lines: dict[int, dict[tuple[int, int], str]] = field(default_factory=dict)
    merged: dict[int, list[tuple[tuple[int, int], tuple[int, int]]]] = field(default_factory=dict)
    styles: set[str] = field(default_factory=set)
    pieces: set[str] = field(default_factory=set)
    comments: dict[int, list[tuple[int, int, str]]] = field(default_factory=dict)


def inspect(content: bytes) -> Content:
    """One pass that refuses sheets that reach too far. Raises Refused (file-too-wide,
    file-damaged)."""
    extents: dict[int, Extent] = {}
    found = Content()
    for cell in iter_cells(content):
        at = cell.row, cell.column
        if cell.span != (1, 1):
            end = (cell.row + cell.span[0] - 1, cell.column + cell.span[1] - 1)
            found.merged.setdefault(cell.sheet, []).append((at, end))
        if cell.comment:
            found.comments.setdefault(cell.sheet, []).append((*at, cell.comment))
        if not cell.filled:
            continue
        extents.setdefault(cell.sheet, Extent()).add(cell.last_row, cell.last_column)
        found.has_unreadable |= cell.error or (cell.formula is not None and not cell.type)
        found.has_percentages |= cell.type == "percentage"
        found.has_formulas |= cell.formula is not None
        found.styles.add(cell.style)
        found.pieces.update(style for style, _text in cell.pieces)
        has_lines = "\n" in cell.text or "\t" in cell.text
        if (has_lines or cell.is_mixed) and cell.type in ("string", ""):
            for row in range(cell.row, cell.last_row + 1):
                for column in range(cell.column, cell.last_column + 1):
                    found.lines.setdefault(cell.sheet, {})[row, column] = cell.text
    return found


def column_styles(content: bytes, sheet: int | None = None) -> list[tuple[int, str]]:
    """(last column, default cell style) of the runs of columns, of one sheet or of all.

    Raises Refused (file-damaged).
    """
    runs: list[tuple[int, str]] = []
    number, last = -1, -1
    found = elements(content, ends=frozenset({"table-column"}), starts=frozenset({"table"}))
    for event, _name, element in found:
        if event == "start":
            number, last = number + 1, -1
        elif sheet in (number, None):
            last += _repeat(element, "columns")
            runs.append((last, element.get(f"{_TABLE}default-cell-style-name", "")))
    return runs


def _repeat(element: ElementTree.Element, what: str) -> int:
    text = element.get(f"{_TABLE}number-{what}-repeated", "1")
    if not text.isdecimal() or len(text) > 9:
        raise Refused("file-damaged", detail=f"number-{what}-repeated {text[:20]!r}")
    return int(text)


def _cell(
    element: ElementTree.Element, sheet: int, first: tuple[int, int], last: tuple[int, int]
) -> OdsCell:
    paragraphs = [child for child in element if child.tag == f"{TEXT}p"]
    kind = element.get(f"{_OFFICE}value-type", "")
    spans = (element.get(f"{_TABLE}number-{what}-spanned", "1") for what in ("rows", "columns"))
    rows, columns = (int(s) if s.isdecimal() and len(s) < 8 else 1 for s in spans)
    text = "\n".join(said_in(p) for p in paragraphs)
    is_error = element.get(f"{_CALCEXT}value-type") == "error"
    formula = element.get(f"{_TABLE}formula")
    stored = element.get(f"{_OFFICE}string-value", text if kind else "")
    is_text = kind == "string" or not (kind or formula)  # Excel shows nothing without a kind
    if is_text and not is_error and stored.split() != text.split() and text:
        raise Refused("file-two-texts", cell=address(*first), stored=stored, shown=text)
    pieces = tuple(piece for p in paragraphs for piece in pieces_of(p, "") if piece[1])
    return OdsCell(
        *(sheet, *first, *last, kind),
        is_error or (kind in _NUMERIC and bool(_ERROR.match(text))),
        formula,
        text,
        element.get(f"{_TABLE}style-name", ""),
        (rows, columns),
        pieces if any(style for style, _text in pieces) else (),
        kind == "string" and _is_mixed(element, paragraphs),
        comment_text("\n".join(t for a in element.iter(_NOTE) for t in lines_of(a))),
    )


def _is_mixed(element: ElementTree.Element, paragraphs: list[ElementTree.Element]) -> bool:
    if element.get(f"{_OFFICE}string-value") is not None:  # which is what is shown
        return False
    within = (child for p in paragraphs if len(p) for child in p.iter())
    notes = sum(child.tag == _NOTE for child in element)
    has_others = len(element) > len(paragraphs) + notes
    return has_others or any(e.tag.rpartition("}")[2] in NO_TEXT for e in within)


def pages(content: bytes, styles: bytes, settings: bytes, looks: OdsStyles) -> dict[int, Page]:
    """Of each sheet what it hides, and the texts of its shapes and of the page headers.

    content, styles, settings: the parts of these names, b"" where there is none. Raises Refused.
    """
    hidden: dict[int, tuple[set[int], set[int], list[str], list[Condition], list[Drawn]]] = {}
    prompts = _prompts_of(content) if b"content-validation" in content else {}
    unreached = out_of_reach(settings) if settings else {}
    number, next_row, next_column = -1, 0, 0
    has_shapes = b"<draw:" in content
    ends = frozenset({"table-row", "table-column", "shapes", "conditional-format"})
    for event, name, element in elements(content, ends=ends, starts=frozenset({"table"})):
        if event == "start":
            number, next_row, next_column = number + 1, 0, 0
            above, left = unreached.get(element.get(f"{_TABLE}name", ""), (0, 0))
            hidden[number] = set(range(above)), set(range(left)), [], [], []
        elif name == "conditional-format":
            hidden[number][3].extend(looks.conditions_of(element))
        elif name == "shapes":
            hidden[number][2].extend(lines_of(element))
        elif name == "table-column":
            found = range(next_column, next_column + _repeat(element, "columns"))
            next_column = found.stop
            hidden[number][1].update(found[:MAX_COLUMNS] if _is_hidden(element) else ())
        else:
            found = range(next_row, next_row + _repeat(element, "rows"))
            next_row = found.stop
            hidden[number][0].update(found[:MAX_ROWS] if _is_hidden(element) else ())
            hidden[number][4].extend(drawn_in(element, found.start) if has_shapes else ())
            element.clear()
    printed = _around(styles) if styles else []
    return {
        number: Page(
            *(frozenset(rows), frozenset(columns), _texts(said + printed, drawn)),
            conditions=tuple(conditions),
            prompts=tuple(prompts.get(number, ())),
            drawn=tuple(drawn),
        )
        for number, (rows, columns, said, conditions, drawn) in hidden.items()
    }


def _texts(said: list[str], drawn: list[Drawn]) -> tuple[str, ...]:
    """The texts around the cells of a sheet and of its shapes, each once."""
    return tuple(dict.fromkeys([*said, *(t for d in drawn for t in d.text.splitlines())]))


def _around(styles: bytes) -> list[str]:
    """The texts of page headers and footers."""
    edges = frozenset({"header", "footer", "header-left", "footer-left"})
    found = elements(styles, ends=edges)
    return [text for _event, _name, element in found for text in lines_of(element)]


def _prompts_of(content: bytes) -> dict[int, list[Prompt]]:
    """What cells ask for, by the number of the sheet; it stands before all sheets."""
    asked: dict[str, list[Prompt]] = {}
    found: dict[int, list[Prompt]] = {}
    ends = frozenset({"content-validation"})
    for event, _name, element in elements(content, ends=ends, starts=frozenset({"table"})):
        if event == "start":
            found[len(found)] = asked.get(element.get(f"{_TABLE}name", ""), [])
            continue
        for sheet, prompt in _prompts(element):
            asked.setdefault(sheet, []).append(prompt)
    return found


def _prompts(validation: ElementTree.Element) -> Iterator[tuple[str, Prompt]]:
    """What the first of some cells asks for when it is entered, and the name of its sheet."""
    at = _FIRST_CELL.fullmatch(validation.get(f"{_TABLE}base-cell-address", ""))
    for asks in validation.iter(f"{_TABLE}help-message") if at else ():
        if at and asks.get(f"{_TABLE}display") == "true":
            place = int(at["row"]) - 1, column_number(at["column"])
            said = prompt_texts(asks.get(f"{_TABLE}title", ""), "\n".join(lines_of(asks)))
            yield from ((at["sheet"].replace("''", "'"), (*place, text)) for text in said)


def _is_hidden(element: ElementTree.Element) -> bool:
    return element.get(f"{_TABLE}visibility", "visible") in ("collapse", "filter")

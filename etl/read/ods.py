"""The content.xml of an ods workbook, read cell by cell where the fast reader shows too little."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple
from xml.etree import ElementTree

from etl.read.refusal import Extent, Refused
from etl.read.xlsx import elements

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_FONT_FAMILY = (
    "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}font-family",
    "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}font-family",
)
_CALCEXT = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_ENDS = frozenset({"table-cell", "covered-table-cell", "table-row"})
_STARTS = frozenset({"table", "table-row"})
_MAX_PARENTS = 20


class OdsCell(NamedTuple):
    """A run of equal cells: sheet number, first and last row and column (0-based), content.

    `style` is the name of its own style, "" where it takes its column's.
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
    for event, name, element in elements(content, ends=_ENDS, starts=_STARTS):
        if name == "table":
            sheet, next_row = sheet + 1, 0
        elif name != "table-row":
            repeat = _repeat(element, "columns")
            yield _cell(element, sheet, (row, column), (next_row - 1, column + repeat - 1))
            column += repeat
        elif event == "start":
            row, column = next_row, 0
            next_row += _repeat(element, "rows")
        else:
            element.clear()


def check_extents(content: bytes) -> tuple[bool, bool]:
    """Refuse sheets that reach too far; else (has errors or empty formulas, has percentages).

    Raises Refused (file-too-wide, file-damaged).
    """
    extents: dict[int, Extent] = {}
    unreadable = percent = False
    for cell in iter_cells(content):
        if cell.filled:
            extents.setdefault(cell.sheet, Extent()).add(cell.last_row, cell.last_column)
            unreadable |= cell.error or (cell.formula is not None and not cell.type)
            percent |= cell.type == "percentage"
    return unreadable, percent


def column_styles(content: bytes, sheet: int) -> list[tuple[int, str]]:
    """(last column, default cell style) of the runs of columns. Raises Refused (file-damaged)."""
    runs: list[tuple[int, str]] = []
    number, last = -1, -1
    found = elements(content, ends=frozenset({"table-column"}), starts=frozenset({"table"}))
    for event, _name, element in found:
        if event == "start":
            number += 1
        elif number == sheet:
            last += _repeat(element, "columns")
            runs.append((last, element.get(f"{_TABLE}default-cell-style-name", "")))
    return runs


class StyleFonts:
    """The fonts of cell styles, from content.xml and styles.xml. Raises Refused (file-damaged)."""

    def __init__(self, parts: Iterable[bytes]) -> None:
        self._families: dict[str, str] = {}
        self._parents: dict[str, str] = {}
        self._fonts: dict[str, str] = {}
        wanted = frozenset({"font-face", "style", "default-style"})
        for xml in parts:
            for _event, name, element in elements(xml, ends=wanted, starts=frozenset()):
                if name == "font-face":
                    self._families[element.get(f"{_STYLE}name", "")] = _family(element)
                elif element.get(f"{_STYLE}family") == "table-cell":
                    self._add(element)

    def _add(self, element: ElementTree.Element) -> None:
        style = element.get(f"{_STYLE}name", "")  # the default style has none
        self._parents[style] = element.get(f"{_STYLE}parent-style-name", "")
        for properties in element.iter(f"{_STYLE}text-properties"):
            face = properties.get(f"{_STYLE}font-name", "")
            self._fonts[style] = self._families.get(face) or face or _family(properties)

    def font_of(self, style: str) -> str:
        """The font of a style, its own or that of a style it stands on; "" if none names one."""
        for _ in range(_MAX_PARENTS):
            if font := self._fonts.get(style):
                return font
            style = self._parents.get(style, "")
        return ""


def _family(element: ElementTree.Element) -> str:
    return next((e for e in map(element.get, _FONT_FAMILY) if e), "").strip("'")


def _repeat(element: ElementTree.Element, what: str) -> int:
    text = element.get(f"{_TABLE}number-{what}-repeated", "1")
    if not text.isdecimal() or len(text) > 9:
        raise Refused("file-damaged", detail=f"number-{what}-repeated {text[:20]!r}")
    return int(text)


def _cell(
    element: ElementTree.Element, sheet: int, first: tuple[int, int], last: tuple[int, int]
) -> OdsCell:
    text = "\n".join("".join(p.itertext()) for p in element if p.tag == f"{_TEXT}p")
    kind = element.get(f"{_OFFICE}value-type", "")
    error = element.get(f"{_CALCEXT}value-type") == "error"
    formula = element.get(f"{_TABLE}formula")
    style = element.get(f"{_TABLE}style-name", "")
    return OdsCell(sheet, *first, *last, kind, error, formula, text, style)

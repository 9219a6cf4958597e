"""The fonts of a sheet's Vietnamese text, from the file itself: what tells TCVN3 and VNI apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

from etl.ground.legacy import goes_beyond_ascii
from etl.ground.records import Sheet
from etl.read import ods, xlsx
from etl.read.compound import Compound
from etl.read.container import unpack
from etl.read.refusal import Refused
from etl.read.xls import XlsBook

Places = set[tuple[int, int]]
_WORKBOOK, _RELATIONSHIPS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_STYLES, _STRINGS = "xl/styles.xml", "xl/sharedstrings.xml"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_FONT_FAMILY = (
    "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}font-family",
    "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}font-family",
)
_MAX_PARENTS = 20


@dataclass(frozen=True, slots=True)
class FontLooker:
    """A workbook's `fonts`: looks into its bytes when it is called, not before."""

    data: bytes
    kind: str
    sheets: list[Sheet]
    numbers: dict[str, int]

    def __call__(self, sheet: str) -> frozenset[str]:
        """Names of the fonts in which a sheet's text beyond ASCII is set; "" for an unknown one.

        None at all where the file does not say. Raises KeyError for a sheet that is not there.
        """
        number = self.numbers[sheet]
        rows = next(s.rows for s in self.sheets if s.name == sheet)
        places = {
            (r, c)
            for r, row in enumerate(rows)
            for c, cell in enumerate(row)
            if type(cell) is str and goes_beyond_ascii(cell)
        }
        try:
            return frozenset(_READERS[self.kind](self.data, number, places))
        except Refused:
            return frozenset()


def _xlsx_fonts(data: bytes, number: int, places: Places) -> Iterator[str]:
    parts = unpack(data, frozenset({_WORKBOOK, _RELATIONSHIPS, _STYLES, _STRINGS}))
    names = xlsx.sheet_parts(parts[_WORKBOOK], parts.get(_RELATIONSHIPS, b""))
    xml = b"".join(unpack(data, frozenset(names[number : number + 1])).values())
    styles = xlsx.style_fonts(parts[_STYLES]) if _STYLES in parts else {}
    strings = xlsx.string_fonts(parts[_STRINGS]) if _STRINGS in parts else {}
    for cell in xlsx.iter_cells(xml):
        if (cell.row, cell.column) in places:
            runs = strings.get(cell.text) if cell.type == "s" else None
            for font in runs or {""}:
                yield font or styles.get(cell.style, "")


def _xls_fonts(data: bytes, number: int, places: Places) -> Iterator[str]:
    book = XlsBook(Compound(data))
    styles = book.style_fonts()
    for cell in book.iter_cells(number):
        if (cell.row, cell.column) in places:
            yield styles.get(cell.style, "")


class StyleFonts:
    """The fonts of cell styles, from content.xml and styles.xml. Raises Refused (file-damaged)."""

    def __init__(self, parts: Iterable[bytes]) -> None:
        self._families: dict[str, str] = {}
        self._parents: dict[str, str] = {}
        self._fonts: dict[str, str] = {}
        wanted = frozenset({"font-face", "style", "default-style"})
        for xml in parts:
            for _event, name, element in xlsx.elements(xml, ends=wanted, starts=frozenset()):
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


def _ods_fonts(data: bytes, number: int, places: Places) -> Iterator[str]:
    parts = unpack(data, frozenset({"content.xml", "styles.xml"}))
    content = parts["content.xml"]
    styles = StyleFonts(parts.values())
    columns = ods.column_styles(content, number)
    for cell in ods.iter_cells(content):
        if cell.sheet == number and (cell.row, cell.column) in places:
            inherited = next((name for last, name in columns if cell.column <= last), "")
            yield styles.font_of(cell.style or inherited)


_READERS: dict[str, Callable[[bytes, int, Places], Iterator[str]]] = {
    "xlsx": _xlsx_fonts,
    "xls": _xls_fonts,
    "ods": _ods_fonts,
}

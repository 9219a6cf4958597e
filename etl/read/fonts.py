"""The fonts of a sheet's Vietnamese text, from the file itself: what tells TCVN3 and VNI apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

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


def _ods_fonts(data: bytes, number: int, places: Places) -> Iterator[str]:
    parts = unpack(data, frozenset({"content.xml", "styles.xml"}))
    content = parts["content.xml"]
    styles = ods.StyleFonts(parts.values())
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

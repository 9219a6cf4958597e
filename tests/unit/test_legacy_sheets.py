"""Sheets in the fonts from before Unicode; good text is left alone."""

import csv
import struct
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from io import BytesIO
from itertools import zip_longest
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style, TextProperties
from odf.table import Table, TableCell, TableColumn, TableRow
from odf.text import P
from openpyxl.styles import Font

from etl.catalogue import lexicon
from etl.ground.legacy import FontEncoding
from etl.ground.records import Finding, ReceivedFile, Sheet, Workbook
from etl.normalise.texts.legacy import unicode_sheet
from etl.read.xls import XlsBook
from tests.helpers.legacy_text import (
    ENCODERS,
    FONTS,
    NAMES,
    ROOT,
    Opened,
    Rows,
    register,
    report,
    small,
    to_vni,
)


def as_xlsx(rows: Rows, font: str) -> bytes:
    book = openpyxl.Workbook()
    book.active.title = "Khác"
    book.active.append(["ĐVT"])
    sheet = book.create_sheet("Biểu 1")
    for r, row in enumerate(rows, start=1):
        for c, value in enumerate(row, start=1):
            cell = sheet.cell(r, c, value)
            if isinstance(value, str) and not value.isascii():
                cell.font = Font(name=font, bold=r == 2)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def as_xls(rows: Rows, font: str) -> bytes:
    book, target = xlwt.Workbook(), BytesIO()
    book.add_sheet("Khác").write(0, 0, "ĐVT")
    sheet = book.add_sheet("Biểu 1")
    styles = [xlwt.easyxf(f"font: name {font}, bold {bold}") for bold in ("off", "on")]
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            is_old = isinstance(value, str) and not value.isascii()
            sheet.write(r, c, value, styles[r == 1] if is_old else xlwt.easyxf())
    book.save(target)
    return target.getvalue()


def as_ods(rows: Rows, font: str) -> bytes:
    """The last column has its font from the column, the others from their style's parent."""
    book, target = OpenDocumentSpreadsheet(), BytesIO()
    old = Style(name="old", family="table-cell")
    old.addElement(TextProperties(attributes={"fontfamily": f"'{font}'"}))
    new = Style(name="new", family="table-cell")
    new.addElement(TextProperties(attributes={"fontfamily": "Arial"}))
    cell = Style(name="cell", family="table-cell", parentstylename=old)
    for style in (old, new, cell):
        book.automaticstyles.addElement(style)
    other, table = Table(name="Khác"), Table(name="Biểu 1")
    other.addElement(TableColumn())
    other.addElement(_ods_row(["ĐVT"], [new]))
    table.addElement(TableColumn(numbercolumnsrepeated=len(rows[0]) - 1))
    table.addElement(TableColumn(defaultcellstylename=old))
    for row in rows:
        table.addElement(_ods_row(row, [cell] * (len(row) - 1)))
    for each in (other, table):
        book.spreadsheet.addElement(each)
    book.save(target)
    return target.getvalue()


def _ods_row(values: Sequence[str | float], styles: Sequence[Style]) -> TableRow:
    row = TableRow()
    for value, style in zip_longest(values, styles):
        named = {"stylename": style} if style else {}
        if isinstance(value, float):
            row.addElement(TableCell(valuetype="float", value=value, **named))
        else:
            row.addElement(TableCell(valuetype="string", **named))
            row.lastChild.addElement(P(text=value))
    return row


BUILDERS: dict[str, Callable[[Rows, str], bytes]] = {"xlsx": as_xlsx, "xls": as_xls, "ods": as_ods}


def typed(rows: Iterable[Iterable[str]], encoding: FontEncoding) -> list[list[str | float]]:
    """The rows in an old encoding, with a number at the end of each."""
    return [[*map(ENCODERS[encoding], row), 8.08] for row in rows]


@pytest.mark.parametrize("kind", BUILDERS)
@pytest.mark.parametrize("encoding", FONTS)
def test_a_sheet_in_old_fonts(opened: Opened, kind: str, encoding: FontEncoding) -> None:
    rows = typed(register(), encoding)
    book = opened(f"bieu.{kind}", BUILDERS[kind](rows, FONTS[encoding]))
    assert (book.refused, book.notes) == (None, [])
    other, sheet = book.sheets
    assert book.fonts is not None
    assert book.fonts("Biểu 1") == {FONTS[encoding]}
    assert book.fonts("Khác").isdisjoint(FONTS.values())
    found = unicode_sheet(book, sheet)
    assert isinstance(found, tuple)
    converted, note = found
    assert note == Finding(7, "text-legacy", "Biểu 1", seen=NAMES[encoding])
    expected = [[*row, 8.08] for row in register()]
    if encoding == "tcvn3":  # in the title capitals without a tone stay capitals
        assert str(converted.rows[0][0]).upper() == expected[0][0]
        assert converted.rows[1:] == expected[1:]
    else:
        assert converted.rows == expected
    assert (converted.name, converted.merged) == (sheet.name, sheet.merged)
    assert sheet.rows == rows
    assert unicode_sheet(book, other) is None
    assert unicode_sheet(book, converted) is None


def test_a_font_that_only_the_column_has(opened: Opened) -> None:
    rows = [["STT", to_vni(cell)] for row in report() for cell in row[1:2]]
    book = opened("bieu.ods", as_ods(rows, "VNI-Times"))
    assert book.fonts is not None
    assert book.fonts("Biểu 1") == {"VNI-Times"}


def test_fonts_of_a_text_set_piecemeal(opened: Opened) -> None:
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as workbook:
        old = workbook.add_format({"font_name": ".VnTime"})
        other = workbook.add_format({"font_name": ".VnArialH"})
        plain = workbook.add_format({"font_name": "Times New Roman"})
        sheet = workbook.add_worksheet("Biểu 1")
        sheet.write_rich_string(0, 0, old, "§¬n vÞ", plain, " (UBND) ", other, "tØnh")
        sheet.write_string(1, 0, "STT", plain)
        sheet.write_number(2, 0, 415, workbook.add_format({"font_name": "Symbol"}))
    book = opened("bieu.xlsx", target.getvalue())
    assert book.fonts is not None
    assert book.fonts("Biểu 1") == {".VnTime", ".VnArialH"}
    with pytest.raises(KeyError):
        book.fonts("Khác")


class Records:
    """The workbook stream of an xls file, made of (type, content) records."""

    names = frozenset({"book"})

    def __init__(self, *records: tuple[int, bytes]) -> None:
        self._stream = b"".join(struct.pack("<HH", t, len(c)) + c for t, c in records)

    def stream(self, _name: str) -> bytes:
        return self._stream


@pytest.mark.parametrize("version", [0x500, 0x600])
def test_font_records_of_xls(version: int) -> None:
    """Fonts are numbered 0-3, 5, 6 ...; names are bytes in Excel 95, then marked as such."""
    mark = b"\0" if version == 0x600 else b""
    names = [b"Arial", b"Arial", b"Arial", b"Arial", b".VnTime", b"VNI-Times"]
    fonts = [(0x31, bytes(14) + bytes([len(name)]) + mark + name) for name in names]
    if version == 0x600:
        wide = ".VnĐô".encode("utf-16-le")
        fonts.append((0x31, bytes(14) + b"\5\1" + wide))
    styles = [(0xE0, struct.pack("<HH", font, 0)) for font in (0, 5, 6, 7)]
    end = (0x0A, b"")
    book = XlsBook(Records((0x809, struct.pack("<HH", version, 5)), *fonts, *styles, end))  # type: ignore[arg-type]
    expected = ["Arial", ".VnTime", "VNI-Times", ".VnĐô" if version == 0x600 else ""]
    assert [book.style(number).font for number in range(4)] == expected


def test_fonts_cost_nothing_unless_called(opened: Opened) -> None:
    book = opened("bieu.xlsx", as_xlsx(register(), "Times New Roman"))
    Path(book.received.path).unlink()
    assert unicode_sheet(book, book.sheets[1]) is None


# A sheet as a whole


def book_of(rows: Rows, fonts: Iterable[str] | None) -> tuple[Workbook, Sheet]:
    sheet = Sheet("Biểu 1", True, [list(row) for row in rows], None)
    names = None if fonts is None else frozenset(fonts)
    book = Workbook(ReceivedFile(7, "bieu.xlsx", ""), [sheet])
    book.fonts = None if names is None else lambda _sheet: names
    return book, sheet


@pytest.mark.parametrize("fonts", [{".VnTimeH", ".vnarial narrow"}, {".VnTime"}])
def test_all_fonts_of_one_encoding_agree(fonts: set[str]) -> None:
    book, sheet = book_of(typed(report(), "tcvn3"), fonts)
    found = unicode_sheet(book, sheet)
    assert isinstance(found, tuple)
    assert found[0].rows == [[*row, 8.08] for row in report()]


@pytest.mark.parametrize(
    "fonts",
    [
        None,
        set(),
        {"Times New Roman"},
        {"VNI-Times"},
        {".VnTime", "VNI-Times"},
        {".VnTime", "Arial"},
    ],
)
def test_old_text_whose_fonts_do_not_say_so_is_refused(fonts: set[str] | None) -> None:
    book, sheet = book_of(typed(report(), "tcvn3"), fonts)
    found = unicode_sheet(book, sheet)
    assert found == Finding(7, "text-legacy-unclear", "Biểu 1", "B1", "ChØ tiªu")


@pytest.mark.parametrize("encoding", FONTS)
def test_a_sheet_that_mixes_old_text_with_unicode_is_refused(encoding: FontEncoding) -> None:
    mixed = [*register(), *typed(report(), encoding)]
    book, sheet = book_of(mixed, {FONTS[encoding]})
    found = unicode_sheet(book, sheet)
    assert isinstance(found, Finding)
    assert (found.rule, found.cell) == ("text-legacy-unclear", f"B{len(register()) + 1}")


def test_old_fonts_on_text_that_no_table_makes_vietnamese_are_refused() -> None:
    book, sheet = book_of([["Größe"], ["Mäuse süß"], ["hübsch Öl ïñþ"]], {".VnTime"})
    found = unicode_sheet(book, sheet)
    assert isinstance(found, Finding)
    assert found.rule == "text-legacy-unclear"
    assert unicode_sheet(*book_of(sheet.rows, {"Arial"})) is None  # type: ignore[arg-type]


# Good text is left alone

AMBIGUOUS = [
    ["Huyện", "Na Rì"],
    ["xã", "Xã Ba Tơ", "Xã Ba Tô", "4=3×100/1", "m²", "½", "µ", "Ðơn vị"],
]
LATIN_1 = [["Na Rì", "xã", "thành", "là", "cán"], ["nghèo", "không", "thôn", "4=3×100", "m²"]]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("font", ["Times New Roman", ".VnTime", "VNI-Times"])
@pytest.mark.parametrize("rows", [register(), report(), AMBIGUOUS, LATIN_1])
def test_good_unicode_is_left_alone(rows: Rows, font: str, form: str) -> None:
    rows = [[unicodedata.normalize(form, str(cell)) for cell in row] for row in rows]
    assert unicode_sheet(*book_of(rows, {font})) is None


@cache
def unit_names() -> list[str]:
    with (ROOT / "sql/seeds/commune.csv").open(encoding="utf-8") as file:
        return [f"{row['unit_type']} {row['name']}" for row in csv.DictReader(file)]


names = st.lists(st.sampled_from(unit_names()), min_size=1, max_size=40)
symbols = st.lists(
    st.sampled_from(["×", "m²", "½", "µ", "±5", "«cũ»", "Ø10", "°C", "–"]), max_size=4
)
slow_first_draw = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)


@slow_first_draw
@given(names, symbols, st.sampled_from(["NFC", "NFD"]), st.sampled_from([*FONTS.values(), "Arial"]))
def test_no_unicode_sheet_is_ever_converted(
    cells: list[str], signs: list[str], form: str, font: str
) -> None:
    rows = [[unicodedata.normalize(form, cell)] for cell in [*cells, *signs]]
    found = unicode_sheet(*book_of(rows, {font}))
    assert found is None or (isinstance(found, Finding) and font != "Arial")


@slow_first_draw
@given(st.lists(st.sampled_from(unit_names()), min_size=8, unique=True), st.sampled_from([*FONTS]))
def test_names_come_back_from_their_fonts(cells: list[str], encoding: FontEncoding) -> None:
    written = [[ENCODERS[encoding](cell)] for cell in cells]
    found = unicode_sheet(*book_of(written, {FONTS[encoding]}))
    if isinstance(found, tuple):
        assert small(found[0].rows) == small([[cell] for cell in cells])  # type: ignore[arg-type]
    else:  # too few syllables of these names are beyond ASCII
        assert lexicon.read(cells).known < lexicon.ENOUGH

"""An annex that can be sent: in Vietnamese alone, laid out as Nghị định 30/2020/NĐ-CP (Phụ lục I)
lays out official papers and their annexes.

Who sends it fills in number, day and name: khoxa knows none of them.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from etl.ground.text import without_accents
from etl.ground.whole_file import whole_file
from etl.reports.asked import Asked
from etl.reports.illustrative import SENTENCE
from etl.reports.sheet import Annex, body, font, header, on_paper
from etl.reports.words import Both
from etl.units.words import committee

_TITLE, _TABLE, _SMALL = 13, 12, 11  # of type: 13–14 of the text, 11–12 of "Nơi nhận"
_WIDER = 1.1  # a column drawn for type of 11 points


def in_vietnamese(annex: Annex) -> Annex:
    """The annex without its English: every text that is in both languages, and columns that are in
    English alone."""
    kept = [n for n, column in enumerate(annex.columns) if not column.is_english]
    columns = [
        replace(column, header=column.header.partition("\n")[0], group=_vi(column.group),
                width=column.width * _WIDER)
        for column in (annex.columns[n] for n in kept)
    ]  # fmt: skip
    return replace(
        annex,
        head=[line.partition(" / ")[0] for line in annex.head],
        measured_in=_vi(annex.measured_in),
        columns=columns,
        rows=[[_vi(cells[n]) for n in kept] for cells in annex.rows],
        notes=[_vi(line) for line in annex.notes],
    )


def official_name(annex: Annex, asked: Asked) -> str:
    """The name of its file, with the unit's name: muc_tieu_huyen_na_ri_066_2025.xlsx."""
    unit = without_accents(asked.unit_name).replace("đ", "d").replace(" ", "_")
    plain = "".join(c for c in unit if c.isalnum() or c == "_")
    return annex.file.replace(f"_{asked.unit}_", f"_{plain}_{asked.unit}_", 1)


def write_official(annex: Annex, asked: Asked, folder: Path, made_on: datetime) -> Path:
    """Write the workbook, whole or not at all; the same annex gives the same bytes."""
    path = folder / official_name(annex, asked)
    mine = in_vietnamese(annex)
    with whole_file(path) as part, Workbook(str(part)) as book:
        book.set_properties({"title": mine.title[0], "created": made_on})
        sheet = book.add_worksheet(mine.sheet)
        top = _opening(book, sheet, mine, asked)
        first = header(book, sheet, mine.columns, top, _TABLE)
        body(book, sheet, replace(mine, notes=[]), first, _TABLE, is_bilingual=False)
        last = _closing(book, sheet, mine, asked, first + max(len(mine.rows), 1))
        on_paper(sheet, mine.columns, _TABLE)
        sheet.set_margins(left=0.79, right=0.59, top=0.79, bottom=0.79)  # 20, 15, 20, 20 mm
        sheet.repeat_rows(top, first - 1)
        sheet.print_area(0, 0, last, len(mine.columns) - 1)
        number = f'&C&"Times New Roman,Regular"&{_TITLE}&P'
        sheet.set_header(number, {"scale_with_doc": False})
    return path


def _opening(book: Workbook, sheet: Worksheet, annex: Annex, asked: Asked) -> int:
    """Who issues it and the country's name side by side, then the title; the row of the header."""
    centre = {"align": "center"}
    bold = font(book, bold=True, font_size=_TITLE, **centre)
    italic = font(book, italic=True, font_size=_TITLE, **centre)
    last = len(annex.columns) - 1
    middle = _middle(annex)
    right = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
    for row, (mine, country) in enumerate(zip(annex.head, right, strict=False)):
        _across(sheet, row, 0, middle, mine, bold)
        _across(sheet, row, middle + 1, last, country, bold)
    day = f"{_place(asked)}, ngày … tháng … năm …"
    _across(sheet, 2, middle + 1, last, day, italic)
    issuer = committee(asked.unit_name)
    basis = f"Căn cứ: {asked.programme.name_vi}" + (
        f", {asked.programme.legal_basis}" if asked.programme.legal_basis else ""
    )
    lines = (
        ("PHỤ LỤC", bold),
        (annex.title[0], bold),
        (f"(Kèm theo Công văn số … /… ngày … tháng … năm … của {issuer})", italic),
        (basis, italic),
        (annex.about[0], italic),
    )
    for row, (line, style) in enumerate(lines, start=4):
        _across(sheet, row, 0, last, line, style)
    unit = font(book, italic=True, font_size=_TABLE, align="right")
    _across(sheet, 9, 0, last, f"Đơn vị tính: {annex.measured_in}", unit)
    return 10


def _closing(book: Workbook, sheet: Worksheet, annex: Annex, asked: Asked, row: int) -> int:
    """Notes, to whom it goes, and who signs; the last row."""
    note = font(book, italic=True, font_size=_TABLE)
    notes = [*annex.notes, *([SENTENCE[0]] if len(annex.below()) > len(annex.notes) else [])]
    for line in notes:
        sheet.write_string(row, 0, line, note)
        row += 1
    middle, last = _middle(annex), len(annex.columns) - 1
    bold = font(book, bold=True, font_size=_TITLE, align="center")
    small = font(book, font_size=_SMALL)
    sheet.write_string(
        row + 1, 0, "Nơi nhận:", font(book, bold=True, italic=True, font_size=_TABLE)
    )
    for number, line in enumerate(("- Như trên;", "- Lưu: VT.")):
        sheet.write_string(row + 2 + number, 0, line, small)
    signs = ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH") if asked.is_in_force else ("NGƯỜI LẬP BIỂU", "")
    for number, line in enumerate(signs):
        _across(sheet, row + 1 + number, middle + 1, last, line, bold)
    signed = font(book, italic=True, font_size=_TABLE, align="center")
    _across(sheet, row + 3, middle + 1, last, "(Chữ ký, họ và tên, đóng dấu)", signed)
    return row + 7


def _middle(annex: Annex) -> int:
    """The last column of the left half of the page."""
    whole, so_far = sum(column.width for column in annex.columns), 0.0
    for number, column in enumerate(annex.columns[:-1]):
        so_far += column.width
        if so_far >= whole / 2:
            return number
    return max(len(annex.columns) - 2, 0)


def _place(asked: Asked) -> str:
    """Where it is made: the name of the unit without what kind of unit it is."""
    kind = asked.unit_name.partition(" ")[0]
    words = 2 if kind in ("Thành", "Thị", "Đặc") else 1  # Thành phố, Thị xã, Thị trấn, Đặc khu
    return " ".join(asked.unit_name.split(" ")[words:]) or asked.unit_name


def _across(sheet: Worksheet, row: int, first: int, last: int, text: str, style: object) -> None:
    if last > first:
        sheet.merge_range(row, first, row, last, "", style)
    sheet.write_string(row, first, text, style)


def _vi(value: Any) -> Any:
    return value.vi if isinstance(value, Both) else value

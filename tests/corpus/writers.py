"""Drawn sheets as bytes of a file; the same bytes every time. `WRITERS` by the name of a format.

A csv holds what Excel shows: numbers in their format, in the notation of the machine's locale.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from tests.corpus import legacy
from tests.corpus.model import Cell, Drawn, Error, Formula, Sheet

CREATED = datetime(2025, 2, 13)
EMPTY_RESULT = "\ue000"  # stands for the empty text that a formula gave, until the file is packed
STYLES = {
    "title": {"bold": True, "align": "center"},
    "header": {"bold": True, "align": "center", "border": 1, "text_wrap": True},
    "body": {"border": 1},
    "loose": {},
}
Writer = Callable[[Sequence[Drawn], str], bytes]


def lettered(sheet: Sheet, text: str) -> tuple[str, str]:
    """A text as the sheet's encoding holds it, and the font that shows it."""
    font = ""
    if sheet.encoding == "tcvn3":
        text, capitals = legacy.tcvn3(text)
        font = ".VnTimeH" if capitals else ".VnTime"
    elif sheet.encoding == "vni":
        text, font = legacy.vni(text), "VNI-Times"
    return text, sheet.encoded_font or font or sheet.font


def write_xlsx(pages: Sequence[Drawn], name: str) -> bytes:
    """An Excel workbook; `name` is kept as its title, so that no two cases are one file."""
    target = BytesIO()
    workbook = xlsxwriter.Workbook(target, {"in_memory": True})
    workbook.set_properties({"created": CREATED, "title": name})
    formats: dict[tuple[str, str, str], Format] = {}

    def style(kind: str, font: str, number_format: str) -> Format:
        known = (kind, font, number_format)
        if known not in formats:
            properties = {**STYLES[kind], "font_name": font}
            if number_format:
                properties["num_format"] = number_format
            formats[known] = workbook.add_format(properties)
        return formats[known]

    for page in pages:
        sheet = workbook.add_worksheet(page.sheet.name)
        if page.sheet.hidden:
            sheet.hide()
        _fill_xlsx(sheet, page, style)
    if pages[0].sheet.hidden:
        cover = workbook.add_worksheet("Bìa")
        cover.write_string(0, 0, "Trang bìa")
        cover.activate()
        cover.set_first_sheet()
    workbook.close()
    return _without_marks(target.getvalue())


def _fill_xlsx(sheet: Worksheet, page: Drawn, style: Callable[[str, str, str], Format]) -> None:
    hidden = {
        (row, column)
        for top, left, bottom, right in page.merges
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
        if (row, column) != (top, left)
    }
    for top, left, bottom, right in page.merges:
        sheet.merge_range(top, left, bottom, right, "")
    for (row, column), (cell, kind) in page.cells.items():
        if (row, column) not in hidden:
            text, font = lettered_cell(page.sheet, cell)
            how = style(kind, font, cell.number_format)
            _write_xlsx(sheet, row, column, cell, text, how)
    last = page.sheet.formatted_to
    for row in range(page.height, min(last, page.height + 200)):
        sheet.write_blank(row, 0, None, style("body", page.sheet.font, ""))
    if last:
        sheet.write_blank(last - 1, 0, None, style("body", page.sheet.font, ""))


def lettered_cell(sheet: Sheet, cell: Cell) -> tuple[str, str]:
    """A cell's text, "" for what is none, and its font."""
    if isinstance(cell.typed, str):
        return lettered(sheet, cell.typed)
    return "", sheet.number_font or lettered(sheet, "")[1]


def _write_xlsx(
    sheet: Worksheet, row: int, column: int, cell: Cell, text: str, how: Format
) -> None:
    typed = cell.typed
    if isinstance(typed, str):
        sheet.write_string(row, column, text, how)
    elif isinstance(typed, date):
        sheet.write_datetime(row, column, datetime(typed.year, typed.month, typed.day), how)
    elif isinstance(typed, Error):
        sheet.write_formula(row, column, f"={typed.text}", how, typed.text)
    elif isinstance(typed, Formula):
        result = EMPTY_RESULT if typed.result == "" else typed.result
        value = float(result) if isinstance(result, Decimal) else result or ""
        sheet.write_formula(row, column, typed.text, how, value)
    elif typed is None:
        sheet.write_blank(row, column, None, how)
    else:
        sheet.write_number(row, column, float(typed), how)


def _without_marks(data: bytes) -> bytes:
    """The workbook with every EMPTY_RESULT made the empty text that it stands for."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        for info in old.infolist():
            part = old.read(info).replace(EMPTY_RESULT.encode(), b"")
            new.writestr(info, part, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def displayed(cell: Cell, *, vietnamese: bool) -> str:
    """What a cell shows: "1.337", "41,89", "8,08%"; without a Vietnamese locale "1337", "41.89".

    Raises TypeError for an error or a formula: a csv has neither.
    """
    typed = cell.typed
    if typed is None:
        return ""
    if isinstance(typed, str):
        return typed
    if isinstance(typed, date):
        return f"{typed:%d/%m/%Y}"
    if not isinstance(typed, (int, Decimal)):
        raise TypeError(cell)
    if cell.number_format.endswith("%"):
        text = f"{typed * 100:.2f}%"
    elif cell.number_format and vietnamese:
        text = f"{typed:,.2f}" if "0.00" in cell.number_format else f"{typed:,}"
    else:
        text = str(typed)
    return text.translate(str.maketrans(",.", ".,")) if vietnamese else text


def write_csv(encode: Callable[[str], bytes], delimiter: str, *, vietnamese: bool = True) -> Writer:
    """A writer of delimited text; of a workbook's sheets only the first can be one."""

    def write(pages: Sequence[Drawn], name: str) -> bytes:
        (page,) = pages
        lines = [["" for _ in range(page.width)] for _ in range(page.height)]
        for (row, column), (cell, _style) in page.cells.items():
            lines[row][column] = displayed(cell, vietnamese=vietnamese)
        target = io.StringIO(newline="")
        csv.writer(target, delimiter=delimiter, lineterminator="\r\n").writerows(lines)
        return encode(target.getvalue())

    return write


def _tcvn3_bytes(text: str) -> bytes:
    lines = (legacy.tcvn3(line)[0] for line in text.split("\r\n"))
    return "\r\n".join(lines).encode("latin-1")


CSV_WRITERS: dict[str, Writer] = {
    "csv-utf-8-bom": write_csv(lambda text: text.encode("utf-8-sig"), ";"),
    "csv-utf-8-english": write_csv(lambda text: text.encode(), ",", vietnamese=False),
    "csv-utf-16": write_csv(lambda text: text.encode("utf-16"), "\t"),
    "csv-cp1258": write_csv(legacy.cp1258, ";"),
    "csv-tcvn3": write_csv(_tcvn3_bytes, ";"),
}

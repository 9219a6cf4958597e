"""Drawn sheets as an Excel workbook, as Excel itself would have saved it: every formula computed.

XlsxWriter asks Excel to compute all formulas when the file is opened, which a workbook saved by
Excel does not; that mark is taken away unless a trait wants it.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from tests.corpus.dress import dress
from tests.corpus.model import Cell, Drawn, Error, Formula, Look
from tests.corpus.writers import lettered_cell

CREATED = datetime(2025, 2, 13)
EMPTY_RESULT = "\ue000"  # stands for the empty text that a formula gave, until the file is packed
STYLES: dict[str, Look] = {
    "title": {"bold": True, "align": "center"},
    "header": {"bold": True, "align": "center", "border": 1, "text_wrap": True},
    "body": {"border": 1},
    "loose": {},
}
Styler = Callable[[str, str, str, Look], Format]


def write_xlsx(pages: Sequence[Drawn], name: str) -> bytes:
    """An Excel workbook; `name` is kept as its title, so that no two cases are one file."""
    target = BytesIO()
    workbook = xlsxwriter.Workbook(target, {"in_memory": True})
    workbook.set_properties({"created": CREATED, "title": name})
    formats: dict[tuple[object, ...], Format] = {}

    def style(kind: str, font: str, number_format: str, look: Look) -> Format:
        known = (kind, font, number_format, *look.items())
        if known not in formats:
            properties = {**STYLES[kind], "font_name": font, **look}
            if number_format:
                properties["num_format"] = number_format
            formats[known] = workbook.add_format(properties)
        return formats[known]

    for page in pages:
        sheet = workbook.add_worksheet(page.sheet.name)
        if page.sheet.hidden:
            sheet.hide()
        _fill(sheet, page, style)
        dress(workbook, sheet, page)
    if pages[0].sheet.hidden:
        cover = workbook.add_worksheet("Bìa")
        cover.write_string(0, 0, "Trang bìa")
        cover.activate()
        cover.set_first_sheet()
    workbook.close()
    return _saved_by_excel(target.getvalue())


def _fill(sheet: Worksheet, page: Drawn, style: Styler) -> None:
    covered = {
        (row, column)
        for top, left, bottom, right in page.merges
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
        if (row, column) != (top, left)
    }
    for top, left, bottom, right in page.merges:
        sheet.merge_range(top, left, bottom, right, "")
    for (row, column), (cell, kind) in page.cells.items():
        if (row, column) not in covered or cell.covered:
            text, font = lettered_cell(page.sheet, cell)
            how = style(kind, font, cell.number_format, cell.look)
            if cell.runs:
                _write_runs(
                    sheet, (row, column), cell, how, lambda x, f=font: style("loose", f, "", x)
                )
            else:
                _write(sheet, row, column, cell, text, how)
    last = page.sheet.formatted_to
    blank = style("body", page.sheet.font, "", {})
    for row in range(page.height, min(last, page.height + 200)):
        sheet.write_blank(row, 0, None, blank)
    if last:
        sheet.write_blank(last - 1, 0, None, blank)


def _write_runs(
    sheet: Worksheet, at: tuple[int, int], cell: Cell, how: Format, of: Callable[[Look], Format]
) -> None:
    """XlsxWriter asks for two runs at least; an empty one would be refused by Excel."""
    pieces: list[Any] = [part for text, look in cell.runs for part in (of(look), text)]
    if sheet.write_rich_string(*at, *pieces, how):
        raise ValueError(cell.runs)


def _write(sheet: Worksheet, row: int, column: int, cell: Cell, text: str, how: Format) -> None:
    typed = cell.typed
    if isinstance(typed, bool):
        sheet.write_boolean(row, column, typed, how)
    elif isinstance(typed, str):
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


def _saved_by_excel(data: bytes) -> bytes:
    """The workbook with no formula left to compute, and with every EMPTY_RESULT empty."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        for info in old.infolist():
            part = old.read(info).replace(EMPTY_RESULT.encode(), b"")
            part = part.replace(b' calcId="124519" fullCalcOnLoad="1"', b' calcId="191029"')
            part = part.replace(b"<AppVersion>12.0000<", b"<AppVersion>16.0300<")
            new.writestr(info, part, zipfile.ZIP_DEFLATED)
    return target.getvalue()

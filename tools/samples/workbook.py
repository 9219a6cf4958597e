"""What every drawn workbook shares: reproducible bytes, a few formats, titles, headers, rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

Target = Path | BytesIO
Cell = str | int | Decimal | None
Column = tuple[str, tuple[str, ...]]  # a header and the sub-headers it is merged over

CREATED = datetime(2025, 2, 13)
ILLUSTRATIVE = "(Số liệu minh hoạ)"


@dataclass(frozen=True, slots=True)
class Styles:
    """The formats of one workbook: `title`, `header`, and table cells by kind of content."""

    title: Format
    header: Format
    text: Format
    count: Format
    amount: Format


def open_workbook(target: Target) -> tuple[Workbook, Styles]:
    """A workbook whose bytes depend only on what is written to it; the caller closes it."""
    workbook = Workbook(str(target) if isinstance(target, Path) else target, {"in_memory": True})
    workbook.set_properties({"created": CREATED})
    title = {"bold": True, "align": "center", "valign": "vcenter"}
    styles = Styles(
        title=workbook.add_format(title),
        header=workbook.add_format(title | {"border": 1, "text_wrap": True}),
        text=workbook.add_format({"border": 1}),
        count=workbook.add_format({"border": 1, "num_format": "#,##0"}),
        amount=workbook.add_format({"border": 1, "num_format": "#,##0.00"}),
    )
    return workbook, styles


def write_letterhead(sheet: Worksheet, styles: Styles, left: Sequence[str], last: int) -> None:
    """The office's name left, the state's name and motto right, from the first row on."""
    for row, text in enumerate(left):
        sheet.merge_range(row, 0, row, 1, text, styles.title)
    motto = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
    for row, text in enumerate(motto):
        sheet.merge_range(row, 3, row, last, text, styles.title)


def write_titles(
    sheet: Worksheet, styles: Styles, row: int, titles: Iterable[str], last: int
) -> None:
    """Title lines, each merged over the table's width (columns 0 to `last`)."""
    for offset, text in enumerate(titles):
        sheet.merge_range(row + offset, 0, row + offset, last, text, styles.title)


def write_header(sheet: Worksheet, styles: Styles, row: int, columns: Iterable[Column]) -> None:
    """A header of two rows: plain columns merged downwards, groups merged over sub-headers."""
    first = 0
    for header, below in columns:
        if below:
            sheet.merge_range(row, first, row, first + len(below) - 1, header, styles.header)
            write_header_row(sheet, styles, row + 1, below, first)
        else:
            sheet.merge_range(row, first, row + 1, first, header, styles.header)
        first += max(1, len(below))


def write_header_row(
    sheet: Worksheet, styles: Styles, row: int, texts: Iterable[str], first: int = 0
) -> None:
    """One row of header cells from column `first` on; also the row of column numbers."""
    for column, text in enumerate(texts, start=first):
        sheet.write_string(row, column, text, styles.header)


def write_rows(sheet: Worksheet, styles: Styles, row: int, rows: Iterable[Sequence[Cell]]) -> int:
    """Table rows from `row` on; text stays text, None is an empty cell. Returns the next row."""
    for cells in rows:
        for column, cell in enumerate(cells):
            if cell is None:
                sheet.write_blank(row, column, None, styles.text)
            elif isinstance(cell, str):
                sheet.write_string(row, column, cell, styles.text)
            elif isinstance(cell, Decimal):
                sheet.write_number(row, column, float(cell), styles.amount)
            else:
                sheet.write_number(row, column, cell, styles.count)
        row += 1
    return row


def write_signature(sheet: Worksheet, styles: Styles, row: int, last: int) -> None:
    """The footer two rows below the table, with the office and no name."""
    for offset, text in enumerate(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")):
        sheet.merge_range(row + 1 + offset, last - 2, row + 1 + offset, last, text, styles.title)


def as_text(value: Decimal) -> str:
    """A figure as Vietnamese text with two decimals: 1234.5 gives "1.234,50"."""
    return f"{value:,.2f}".translate(str.maketrans(",.", ".,"))

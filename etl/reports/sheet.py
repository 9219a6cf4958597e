"""One annex as one workbook: a title block, a table, and how it prints."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from etl.ground.whole_file import whole_file
from etl.ground.yaml_file import read_yaml
from etl.reports.illustrative import SENTENCE, Marked
from etl.reports.words import Both

Kind = Literal["text", "centre", "number", "money", "date", "time"]
_A4, _A3 = 9, 8
_ACROSS_A4 = 140  # characters of the width that columns are measured in
_SMALLEST = 8  # points of type that are read on paper
_HEADER_HEIGHT = 32
_LINE = 15  # points
# [$-42A] is Vietnamese: 1.337 and 8,08 wherever the program lets a format say so
_NUMBER = ("[$-42A]#,##0", "[$-42A]#,##0.0", "[$-42A]#,##0.00")
_DAY, _TIME = "dd/mm/yyyy", "dd/mm/yyyy hh:mm"
_BOX = {"border": 1, "valign": "vcenter", "text_wrap": True}


@dataclass(frozen=True)
class Column:
    """A column: its header, the header above a group of them, width in characters; `is_english`
    where another column says the same in Vietnamese."""

    header: str
    width: float
    kind: Kind = "text"
    group: str = ""
    is_english: bool = False


@lru_cache(maxsize=8)
def layout(annex: str) -> list[Column]:
    """The columns of an annex, as annexes.yaml lays it out."""
    listed = read_yaml(Path(__file__).with_name("annexes.yaml"))[annex]
    return [Column(**{**each, "group": Both(*each.get("group", ()))}) for each in listed]


@dataclass(frozen=True)
class Annex:
    """What is printed: words, columns, rows. A row's cells are in the order of the columns.

    Attributes:
        head: who issues it, line by line; empty where it is of no single unit.
        measured_in: the unit of measure, without "Đơn vị tính".
        about: on which map, as of which filing, on how many communes; a line a language.
        strong: indexes of the rows set in bold.
        notes: lines below the table.
    """

    file: str
    sheet: str
    head: Sequence[str]
    title: tuple[str, str]
    about: tuple[str, str]
    measured_in: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]
    strong: frozenset[int] = field(default_factory=frozenset)
    notes: Sequence[str] = ()

    def below(self) -> tuple[str, ...]:
        """All lines below the table."""
        is_marked = any(isinstance(cell, Marked) for cells in self.rows for cell in cells)
        return (*self.notes, *(SENTENCE if is_marked else ()))


def write(annex: Annex, folder: Path, made_on: datetime, behind: Annex | None = None) -> Path:
    """Write the workbook, whole or not at all; the same annex gives the same bytes. `behind` is a
    second sheet of it.

    `made_on` stands in its properties: a time of the data, never of the clock.
    """
    path = folder / annex.file
    with whole_file(path) as part, Workbook(str(part)) as book:
        book.set_properties({"title": annex.title[0], "created": made_on})
        for each in (annex, behind) if behind else (annex,):
            sheet = book.add_worksheet(each.sheet)
            top = _title_block(book, sheet, each)
            first = header(book, sheet, each.columns, top)
            body(book, sheet, each, first)
            _print_setup(sheet, each, top, first)
    return path


def font(book: Workbook, **props: object) -> Format:
    """A format in the type of official papers."""
    return book.add_format({"font_name": "Times New Roman", "font_size": 11, **props})


def _title_block(book: Workbook, sheet: Worksheet, annex: Annex) -> int:
    """Returns the row that the header starts at."""
    last = len(annex.columns) - 1
    bold, plain = font(book, bold=True), font(book, italic=True, align="center")
    for row, line in enumerate(annex.head):
        sheet.write_string(row, 0, line, bold)
    top = len(annex.head) + 1
    titles = (font(book, bold=True, font_size=14, align="center"), plain, plain, plain)
    for style, line in zip(titles, (*annex.title, *annex.about), strict=True):
        sheet.merge_range(top, 0, top, last, "", style)
        sheet.write_string(top, 0, line, style)
        top += 1
    right = font(book, italic=True, align="right")
    sheet.write_string(top, last, f"Đơn vị tính: {annex.measured_in}", right)
    return top + 1


def header(
    book: Workbook, sheet: Worksheet, columns: Sequence[Column], top: int, size: int = 11
) -> int:
    """Two rows, so that groups have one above their columns; returns the first row of the body."""
    style = font(book, **_BOX, bold=True, align="center", font_size=size)
    groups: dict[str, list[int]] = {}
    for number, column in enumerate(columns):
        sheet.set_column(number, number, column.width)
        if column.group:
            groups.setdefault(column.group, []).append(number)
            sheet.write_string(top + 1, number, column.header, style)
        else:
            sheet.merge_range(top, number, top + 1, number, "", style)
            sheet.write_string(top, number, column.header, style)
    for group, numbers in groups.items():
        sheet.merge_range(top, numbers[0], top, numbers[-1], "", style)
        sheet.write_string(top, numbers[0], group, style)
    below = [column for column in columns if column.group]
    lines = _lines(below, [column.header for column in below])
    sheet.set_row(top, _HEADER_HEIGHT)
    sheet.set_row(top + 1, max(_HEADER_HEIGHT, _LINE * size / 11 * lines))
    return top + 2


def body(
    book: Workbook,
    sheet: Worksheet,
    annex: Annex,
    first: int,
    size: int = 11,
    is_bilingual: bool = True,
) -> None:
    """The rows of the table, and the lines below it."""
    formats: dict[tuple[str, bool, str], Format] = {}
    for row, cells in enumerate(annex.rows):
        sheet.set_row(first + row, _LINE * size / 11 * _lines(annex.columns, cells))
        for number, (column, cell) in enumerate(zip(annex.columns, cells, strict=True)):
            value = cell.shown() if isinstance(cell, Marked) else cell
            shown = _number_format(column.kind, value)
            shown += '"*"' if isinstance(cell, Marked) else ""
            key = (column.kind, row in annex.strong, shown)
            if key not in formats:
                align = {"centre": "center", "date": "center", "time": "center"}.get(column.kind)
                props = {"bold": key[1], **({"align": align} if align else {})}
                formats[key] = font(book, **_BOX, **props, num_format=shown, font_size=size)
            _cell(sheet, first + row, number, value, formats[key])
    for row, line in enumerate(
        annex.below() if is_bilingual else (), start=first + max(len(annex.rows), 1)
    ):
        sheet.write_string(row, 0, line, font(book, italic=True, font_size=size))
    if not annex.rows:
        words = "Không có số liệu / no figures" if is_bilingual else "Không có số liệu"
        sheet.write_string(first, 0, words, font(book, italic=True))


def _lines(columns: Sequence[Column], cells: Sequence[Any]) -> int:
    """Lines that the fullest cell of a row needs: not every program fits a row to its text."""
    texts = ((c.width, v) for c, v in zip(columns, cells, strict=True) if isinstance(v, str))
    needed = (
        sum(math.ceil(1.1 * len(line) / width) for line in text.split("\n"))
        for width, text in texts
    )
    return max(needed, default=1) or 1


def _number_format(kind: Kind, value: object) -> str:
    if kind == "date":
        return _DAY
    if kind == "time":
        return _TIME
    if kind == "money":
        return _NUMBER[2]
    if isinstance(value, Decimal):
        return _NUMBER[-min(max(int(value.as_tuple().exponent), -2), 0)]
    return "General"


def _cell(sheet: Worksheet, row: int, column: int, value: object, style: Format) -> None:
    """Words are written as words, so that "=…" in a filing's text is never a formula."""
    if value is None or value == "":
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, str):
        sheet.write_string(row, column, value, style)
    elif isinstance(value, (datetime, date)):
        sheet.write_datetime(row, column, value, style)
    else:
        sheet.write_number(row, column, value, style)


def on_paper(sheet: Worksheet, columns: Sequence[Column], size: int = 11) -> None:
    """Landscape, all columns across one page: of A4, or of A3 where A4 would need small type."""
    printed = size * _ACROSS_A4 / sum(column.width for column in columns)
    sheet.set_landscape()
    sheet.set_paper(_A4 if printed >= _SMALLEST else _A3)
    sheet.fit_to_pages(1, 0)


def _print_setup(sheet: Worksheet, annex: Annex, top: int, first: int) -> None:
    sheet.freeze_panes(first, 2)
    on_paper(sheet, annex.columns)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.repeat_rows(top, first - 1)
    last = first + max(len(annex.rows), 1) - 1 + len(annex.below())
    sheet.print_area(0, 0, last, len(annex.columns) - 1)
    sheet.set_footer("&C&P/&N")

"""so_lieu.xlsx: the marts for those who have only Excel, and two sheets for its pivot tables."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import Connection
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from etl.catalogue.indicators import sources
from etl.ground import database
from etl.ground.whole_file import whole_file
from etl.ground.yaml_file import words_beside

WORKBOOK = "so_lieu.xlsx"
_PIVOTS = {"Số liệu": "export/pivot_counts", "Kinh phí": "export/pivot_funds"}
_LAST = 1_048_575  # rows of a sheet below its header
_MADE = datetime(2000, 1, 1)  # no time of writing: the same figures give the same bytes
_FIRST = "Đọc trước"
_READ: dict[str, Callable[[str], object]] = {
    **dict.fromkeys(("smallint", "integer", "bigint", "numeric"), float),
    "boolean": lambda cell: cell == "t",
    "date": date.fromisoformat,
}


def write_workbook(
    connection: Connection, marts: Sequence[Mapping[str, Any]], files: Sequence[Path], folder: Path
) -> Path:
    """Write the workbook from the csv files of the marts. A table longer than a sheet is cut, and
    the first sheet says so."""
    path = folder / WORKBOOK
    with whole_file(path) as part, _book(part) as book:
        first = book.add_worksheet(_FIRST)
        listed = []
        for name, query in _PIVOTS.items():
            with database.ask(connection, query, sources=[*sources()]) as rows:
                listed.append((name, _fill(book, name, list(rows.keys()), rows), ""))
        for mart, file in zip(marts, files, strict=True):
            columns = [column["name"] for column in mart["columns"]]
            length = _fill(book, file.stem, columns, _rows(mart, file))
            listed.append((file.stem, length, mart["is"]["vi"]))
        _contents(first, listed)
    return path


def _rows(mart: Mapping[str, Any], path: Path) -> Iterator[list[object]]:
    read = [_READ.get(column["type"], str) for column in mart["columns"]]
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        for row in rows:
            yield [as_(cell) if cell else None for as_, cell in zip(read, row, strict=True)]


def _book(path: Path) -> Workbook:
    book = Workbook(str(path), {"constant_memory": True, "default_date_format": "dd/mm/yyyy"})
    book.set_properties({"title": "Số liệu kho xã", "created": _MADE})
    return book


def _fill(
    book: Workbook, name: str, columns: Sequence[str], rows: Iterable[Iterable[object]]
) -> int:
    """Write rows to a new sheet; returns how many there are."""
    sheet, bold = book.add_worksheet(name), book.add_format({"bold": True})
    for at, column in enumerate(columns):
        sheet.write_string(0, at, column, bold)
    length = 0
    for length, row in enumerate(rows, start=1):
        if length <= _LAST:
            _write_row(sheet, length, row)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(1, min(length, _LAST)), len(columns) - 1)
    return length


def _write_row(sheet: Worksheet, at: int, row: Iterable[object]) -> None:
    for column, value in enumerate(row):
        match value:
            case None:
                pass
            case bool():
                sheet.write_string(at, column, "có" if value else "không")
            case int() | float() | Decimal():
                sheet.write_number(at, column, value)
            case date():
                sheet.write_datetime(at, column, value)
            case _:
                sheet.write_string(at, column, str(value))


def _contents(sheet: Worksheet, listed: Sequence[tuple[str, int, str]]) -> None:
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 12)
    words = words_beside(__file__)["read_first"]
    for at, line in enumerate(words):
        sheet.write_string(at, 0, line)
    for at, (name, rows, said) in enumerate(listed, start=len(words) + 1):
        sheet.write_string(at, 0, name)
        sheet.write_number(at, 1, rows)
        cut = f"chỉ {_LAST} dòng đầu ở đây, đủ trong tệp csv, parquet. " if rows > _LAST else ""
        sheet.write_string(at, 2, cut + said)

"""The cells of a file that cannot be edited in place, copied by value into a plain workbook."""

from __future__ import annotations

import re
from io import BytesIO

from openpyxl import Workbook as Book
from openpyxl.cell import Cell, MergedCell

from etl.ground.records import Workbook
from etl.publish.markup import clean

_MOST = (50, 5000, 300)  # sheets, rows, columns
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")


def copied_by_value(workbook: Workbook) -> tuple[BytesIO, dict[str, str]]:
    """An xlsx file with the sheets' values, and each sheet's name in it by its name as filed."""
    book = Book()
    book.remove(book.worksheets[0])
    names = {}
    for sheet in workbook.sheets[: _MOST[0]]:
        target = book.create_sheet(_NOT_IN_NAMES.sub("_", sheet.name)[:31])
        names[sheet.name] = target.title
        for r, row in enumerate(sheet.rows[: _MOST[1]], start=1):
            for c, value in enumerate(row[: _MOST[2]], start=1):
                if value != "":
                    _set(target.cell(r, c), value)
    file = BytesIO()
    book.save(file)
    return file, names


def _set(cell: Cell | MergedCell, value: object) -> None:
    """Write a value; a text that Excel would run (= + - @) stays a text."""
    cell.value = value if not isinstance(value, str) else clean(value)  # type: ignore[assignment]
    if isinstance(value, str):
        cell.data_type = "s"
        if value.lstrip()[:1] in ("=", "+", "-", "@"):
            cell.quotePrefix = True

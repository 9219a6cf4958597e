"""What an Excel sheet has besides its cells: hidden lines, filters, panes, words on the page.

`Sheet.page` names it: header, footer (of a printed page), textbox, comment, prompt, freeze, first
(the first cell that is seen), zoom, hide_zero, filter, outline (labels of grouped rows),
outline_columns, conditional ([{cells, type, criteria, value, look}]), zero_height, default_width.
"""

from __future__ import annotations

from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_cell_to_rowcol
from xlsxwriter.worksheet import Worksheet

from tests.corpus.model import Drawn


def dress(workbook: xlsxwriter.Workbook, sheet: Worksheet, page: Drawn) -> None:
    """Put it all on a filled sheet."""
    for at, row in page.rows.items():
        if row.hidden or row.height is not None:
            sheet.set_row(at, row.height, None, {"hidden": True} if row.hidden else {})
    for number, column in enumerate(page.sheet.columns, start=page.sheet.left):
        if column.hidden or column.width is not None:
            options = {"hidden": True} if column.hidden else {}
            sheet.set_column(number, number, column.width, None, options)
    wanted = dict(page.sheet.page)
    for name, value in wanted.items():
        _DRESS[name](workbook, sheet, page, value)


def _outline(book: Any, sheet: Worksheet, page: Drawn, labels: list[str]) -> None:
    for at, row in page.rows.items():
        if row.label in labels:
            sheet.set_row(at, row.height, None, {"level": 1, "hidden": row.hidden})


def _outline_columns(book: Any, sheet: Worksheet, page: Drawn, names: list[str]) -> None:
    for number, column in enumerate(page.sheet.columns, start=page.sheet.left):
        if column.name in names:
            sheet.set_column(number, number, None, None, {"level": 1})


def _filter(book: Any, sheet: Worksheet, page: Drawn, value: Any) -> None:
    """A filter over the table, its buttons on the last header row."""
    first = min(page.rows) - 1
    sheet.autofilter(first, page.sheet.left, max(page.rows), page.width - 1)


def _conditional(book: Any, sheet: Worksheet, page: Drawn, rules: list[dict[str, Any]]) -> None:
    for rule in rules:
        about = {name: value for name, value in rule.items() if name not in ("cells", "look")}
        sheet.conditional_format(rule["cells"], about | {"format": book.add_format(rule["look"])})


def _textbox(book: Any, sheet: Worksheet, page: Drawn, text: str) -> None:
    sheet.insert_textbox(1, page.width + 1, text)


def _freeze(book: Any, sheet: Worksheet, page: Drawn, cell: str) -> None:
    sheet.freeze_panes(*xl_cell_to_rowcol(cell))


_DRESS: dict[str, Any] = {
    "header": lambda book, sheet, page, text: sheet.set_header(text),
    "footer": lambda book, sheet, page, text: sheet.set_footer(text),
    "textbox": _textbox,
    "comment": lambda book, sheet, page, notes: [
        sheet.write_comment(c, t) for c, t in notes.items()
    ],
    "prompt": lambda book, sheet, page, asked: [
        sheet.data_validation(c, {"validate": "any", "input_title": t, "input_message": text})
        for c, (t, text) in asked.items()
    ],
    "freeze": _freeze,
    "first": lambda book, sheet, page, cell: sheet.set_top_left_cell(cell),
    "hide_zero": lambda book, sheet, page, value: sheet.hide_zero(),
    "filter": _filter,
    "outline": _outline,
    "outline_columns": _outline_columns,
    "conditional": _conditional,
    "zero_height": lambda book, sheet, page, value: sheet.set_default_row(hide_unused_rows=True),
    "protect": lambda book, sheet, page, value: sheet.protect(),
    "validation": lambda book, sheet, page, about: sheet.data_validation(about["cells"], {
        "validate": "integer", "criteria": ">=", "value": 0}),
}  # fmt: skip

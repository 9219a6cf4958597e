"""How a function becomes a trait."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.corpus.model import Book, Sheet

TRAITS: dict[str, Callable[..., None]] = {}


def of_book(*names: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register a change of a whole workbook under these names."""

    def register(change: Callable[..., None]) -> Callable[..., None]:
        TRAITS.update(dict.fromkeys(names, change))
        return change

    return register


def of_sheet(*names: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register a change of one sheet under these names."""

    def register(change: Callable[..., None]) -> Callable[..., None]:
        def on_sheet(book: Book, *, sheet: int = 0, **params: Any) -> None:
            change(book.sheets[sheet], **params)

        TRAITS.update(dict.fromkeys(names, on_sheet))
        return change

    return register


def each_text(sheet: Sheet, change: Callable[[str], str]) -> None:
    """Change every text of a sheet: titles, headers, labels, words below the table."""
    sheet.title = [[(a, b, change(text)) for a, b, text in line] for line in sheet.title]
    for column in sheet.columns:
        column.path = [change(text) for text in column.path]
    for row in sheet.rows:
        for cell in row.cells.values():
            if isinstance(cell.typed, str):
                cell.typed = change(cell.typed)
    for line in sheet.loose:
        line.update({at: change(text) for at, text in line.items() if isinstance(text, str)})

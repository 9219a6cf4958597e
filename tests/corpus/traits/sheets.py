"""The workbook around the table: title blocks, names of sheets, several forms, years."""

from __future__ import annotations

from tests.corpus.further_bases import ALL_BASES
from tests.corpus.model import Book, Sheet
from tests.corpus.traits.registry import of_book, of_sheet


@of_sheet("title-height")
def pad_title(sheet: Sheet, *, lines: int, at: int = 0, words: str = "") -> None:
    """`lines` more rows in the title block, empty or with words."""
    line = [(0, -1, words)] if words else []
    sheet.title[at:at] = [list(line) for _ in range(lines)]


@of_sheet("title-bare")
def strip_title(sheet: Sheet, *, lines: list[str]) -> None:
    """Nothing above the header but these lines, and no empty row below them."""
    sheet.title = [[(0, -1, text)] for text in lines]


@of_sheet("title-says", "form-version", "money-unit", "filer-named")
def reword_title(sheet: Sheet, **changed: str) -> None:
    """Words of the title block and the header replaced: {old: new}."""

    def change(text: str) -> str:
        for old, new in changed.items():
            text = text.replace(old, new)
        return text

    sheet.title = [[(a, b, change(text)) for a, b, text in line] for line in sheet.title]
    for column in sheet.columns:
        column.path = [change(text) for text in column.path]


@of_sheet("sheet-renamed")
def rename_sheet(sheet: Sheet, *, to: str) -> None:
    """Another name on the tab."""
    sheet.name = to


@of_sheet("hidden-sheet")
def hide(sheet: Sheet) -> None:
    """A sheet that is not shown."""
    sheet.hidden = True


@of_book("several-forms")
def add_forms(book: Book, *, bases: list[str]) -> None:
    """Sheets of other bases after the first ones."""
    for name in bases:
        other = ALL_BASES[name]()
        taken = {sheet.name for sheet in book.sheets}
        for sheet in other.sheets:
            sheet.name += " (2)" if sheet.name in taken else ""
        book.sheets += other.sheets
        book.filings += [filing for filing in other.filings if filing not in book.filings]


@of_book("sheets-ordered")
def order_sheets(book: Book, *, order: list[int]) -> None:
    """The sheets in another order."""
    book.sheets = [book.sheets[number] for number in order]


@of_book("sheet-missing")
def drop_sheet(book: Book, *, sheet: int) -> None:
    """A sheet of the form that is not there."""
    del book.sheets[sheet]

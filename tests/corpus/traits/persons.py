"""Lists of persons, recognised by what their headers say and by what stands below."""

from __future__ import annotations

from tests.corpus.model import Book, Cell, Column, Sheet, Typed
from tests.corpus.traits.registry import of_book, of_sheet

NUMBERS = ("012345678901", "012345678902", "012345678903")


@of_book("persons-sheet")
def list_on_a_sheet(
    book: Book, *, headers: list[str], title: str = "DANH SÁCH KÈM THEO", name: str = "Danh sách",
    above: list[str | None] | None = None, hidden: bool = False,
    rows: list[list[Typed]] | None = None,
) -> None:  # fmt: skip
    """A list on a sheet of its own: placeholders for names, twelve digits for numbers."""
    lines: list[list[Typed]] = [[title], []]
    lines += [list(above)] if above else []
    lines.append(list(headers))
    lines += rows or [[n, *(_content(header, n) for header in headers[1:])] for n in range(1, 4)]
    loose = [{n: t for n, t in enumerate(line) if t is not None} for line in lines]
    book.sheets.append(Sheet("", "", name, [], [], [], "", loose=loose, hidden=hidden))


def _content(header: str, n: int) -> Typed:
    text = header.lower()
    if any(word in text for word in ("số", "cccd", "cmnd", "cmtnd", "cc", "mã", "định danh")):
        return NUMBERS[n - 1]
    if any(word in text for word in ("năm sinh", "ngày")):
        return 1960 + n
    return f"(họ tên {n})"


@of_sheet("persons-beside")
def list_beside(sheet: Sheet, *, header: list[str], right: int, twelve: bool = True) -> None:
    """A column of numbers of persons somewhere in the rows of the table or far right of it."""
    for n in range(right - 1):
        sheet.columns.append(Column(f"gap {n}", [""]))
    sheet.columns.append(Column("persons", list(header)))
    for n, row in enumerate(sheet.rows_of("data")):
        number = f"0123456789{n:02d}" if twelve else f"12345678{n}"
        row.cells["persons"] = Cell(number)

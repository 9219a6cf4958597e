"""A filing as a person changes it, and what a careful person sees of it afterwards.

The fuzz of people's mutations: a workbook of the corpus, changed as people and programs change
workbooks; each change says what it does to what is seen. khoxa is not asked here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random
from typing import NamedTuple

from openpyxl.utils import get_column_letter

from tests.corpus.model import Book, Cell, Drawn, Expected, Filing, Meaning, Row, Sheet

_WORDS = ("ordinal", "indicator", "item", "unit", "label", "note", "project", "line", "operator",
          "text_as_printed", "section")  # fmt: skip


class Place(NamedTuple):
    """A cell of a row, in the column of a name."""

    sheet: Sheet
    row: Row
    name: str
    cell: Cell


@dataclass
class Filed:
    """A workbook that is being changed.

    A cell's own figure is what is seen in it; None: no figure is right. `marks` are the places of
    which something must be said, even where the figure is right: (row, column), a row, a column.
    `refused`: no figure may be taken; `fair`: nothing is odd about it, so it must be accepted.
    """

    book: Book
    random: Random
    marks: list[tuple[int, Row | None, str]] = field(default_factory=list)
    refused: bool = False
    fair: bool = True
    looks_changed: bool = False
    shapes: int = 0
    how: list[str] = field(default_factory=list)
    writers: tuple[str, ...] = ("xlsx", "xlsx", "xlsx", "xls", "ods")

    def sheets(self) -> Iterator[tuple[int, Sheet]]:
        """The sheets that hold tables, with their numbers."""
        yield from ((n, sheet) for n, sheet in enumerate(self.book.sheets) if sheet.rows)

    def numbers(self, *, money: bool | None = None) -> list[tuple[int, Row, str]]:
        """Places of figures that are numbers, in rows of data, and that nothing has befallen."""
        marked = {(id(row), name) for _n, row, name in self.marks}
        return [
            (n, row, name)
            for n, sheet in self.sheets()
            for row in sheet.rows_of("data")
            for name, cell in row.cells.items()
            if name not in _WORDS and name in _shown(sheet) and is_plain(cell)
            and (id(row), name) not in marked
            and row.cells[name].typed and (money is None or money == is_money(sheet, name))
        ]  # fmt: skip

    def pick(self, *, money: bool | None = None) -> Place | None:
        """Any figure's cell that is as it was drawn."""
        found = self.numbers(money=money)
        if not found:
            return None
        number, row, name = self.random.choice(found)
        return Place(self.book.sheets[number], row, name, row.cells[name])

    def only(self, *writers: str) -> None:
        """These formats alone can say it."""
        self.writers = tuple(name for name in self.writers if name in writers) or writers[:1]

    def say(self, sheet: Sheet, row: Row | None = None, column: str = "") -> None:
        """Something must be said of this place."""
        number = next(n for n, each in enumerate(self.book.sheets) if each is sheet)
        self.marks.append((number, row, column))

    def without_totals(self) -> None:
        """No total that would give a figure away."""
        for _n, sheet in self.sheets():
            sheet.rows = [row for row in sheet.rows if row.kind != "total"]


class Promise(NamedTuple):
    """What is seen of the finished workbook: figures by meaning, places to be told of."""

    how: str
    format: str
    figures: dict[Meaning, Expected]
    filings: frozenset[Filing]
    places: tuple[str, ...]
    refused: bool
    fair: bool


def promise(filed: Filed, pages: list[Drawn], format: str) -> Promise:
    """What must come of it; `pages` are its sheets as drawn."""
    is_csv = format.startswith("csv")
    figures = {
        meaning: expected._replace(sheet="CSV") if is_csv else expected
        for page in pages
        for meaning, expected in page.figures.items()
        if meaning.key.partition("/")[0] != "total"
    }
    places = tuple(_place(pages, mark, is_csv) for mark in filed.marks)
    return Promise(
        *(" + ".join(filed.how), format, figures, frozenset(filed.book.filings), places),
        *(filed.refused, filed.fair),
    )


def _place(pages: list[Drawn], mark: tuple[int, Row | None, str], is_csv: bool) -> str:
    """A row may have come on another sheet since."""
    number, row, column = mark
    holding = (page for page in pages if any(each is row for each in page.rows.values()))
    page = next(holding, pages[number])
    names = [each.name for each in page.sheet.columns]
    letter = get_column_letter(page.sheet.left + names.index(column) + 1) if column else ""
    digits = next((str(at + 1) for at, each in page.rows.items() if each is row), "")
    sheet = "CSV" if is_csv else page.sheet.name.replace(" ", "_")
    return f"{sheet}!{letter}{digits}"


def is_plain(cell: Cell) -> bool:
    """Whether a cell is as it was drawn: a number that is its own figure."""
    if isinstance(cell.typed, bool) or not isinstance(cell.typed, int | Decimal):
        return False
    untouched = not (cell.look or cell.runs or cell.covered)
    return untouched and cell.figure is not None and cell.figure == str(cell.typed)


def is_money(sheet: Sheet, name: str) -> bool:
    """Whether a column holds amounts."""
    return sheet.table in ("funds", "needs") and not name.endswith("pct")


def is_rate(name: str) -> bool:
    """Whether a column holds rates."""
    return name.endswith(("_pct", "_pp"))


def is_count(sheet: Sheet, cell: Cell) -> bool:
    """Whether a cell holds a count, to which alone a word for units fits."""
    return isinstance(cell.typed, int) and sheet.table not in ("funds", "needs", "targets")


def _shown(sheet: Sheet) -> set[str]:
    return {column.name for column in sheet.columns}

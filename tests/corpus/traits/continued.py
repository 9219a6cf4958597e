"""Tables in two parts, tables without rows, and rows and cells that are easily dropped."""

from __future__ import annotations

from copy import deepcopy

from tests.corpus.model import Book, Cell, Column, Row, Sheet, Typed
from tests.corpus.traits.registry import of_book, of_sheet


@of_book("table-on-two-sheets")
def split(book: Book, *, before: str, name: str, how: str = "titled", sheet: int = 0) -> None:
    """The rows from one on stand on a sheet of their own: titled, with a header alone, bare.

    A figure keeps its meaning; the sheets' names differ.
    """
    first = book.sheets[sheet]
    at = first.rows.index(first.row(before))
    second = deepcopy(first)
    second.name, first.rows, second.rows = name, first.rows[:at], second.rows[at:]
    if how != "titled":
        second.title = []
    if how == "bare":
        for column in second.columns:
            column.path = []
    book.sheets.insert(sheet + 1, second)


@of_book("sheet-of-words")
def add_sheet(
    book: Book, *, name: str, lines: list[list[Typed]], hidden: bool = False, first: bool = False
) -> None:
    """A sheet that holds no table of a form: notes, a cover, a calculation, a list."""
    loose = [{n: typed for n, typed in enumerate(line) if typed is not None} for line in lines]
    added = Sheet("", "", name, [], [], [], "", loose=loose, hidden=hidden)
    book.sheets.insert(0 if first else len(book.sheets), added)


@of_sheet("rows-none")
def empty(
    sheet: Sheet, *, blank: int = 0, ordinals: bool = False, keep: list[str] | None = None
) -> None:
    """Nothing below the header, or rows with numbers and nothing else, or without their figures."""
    if keep is not None:
        for row in sheet.rows:
            row.cells = {name: cell for name, cell in row.cells.items() if name in keep}
            for cell in row.cells.values():
                cell.figure = None
        return
    first = sheet.columns[0].name
    sheet.rows = [
        Row("other", cells={first: Cell(n) if ordinals else Cell()}) for n in range(1, blank + 1)
    ]


@of_sheet("row-added")
def add_row(
    sheet: Sheet, *, before: str = "", cells: dict[str, Typed], label: str = "", blank: int = 0
) -> None:
    """A row of whatever: {column: content}, before another, or after the last and some blanks."""
    row = Row("other", label, cells={name: Cell(typed) for name, typed in cells.items()})
    if before:
        sheet.rows.insert(sheet.rows.index(sheet.row(before)), row)
    else:
        sheet.rows += [Row("other")] * blank + [row]


@of_sheet("cluster-sums")
def add_cluster(
    sheet: Sheet, *, label: str, before: str, to: str, column: str = "", wrong: int = 0
) -> None:
    """Above some rows the name of their cluster, with the sums of its counts, without a number."""
    first, last = (sheet.rows.index(sheet.row(name)) for name in (before, to))
    cells = {sheet.columns[0].name: Cell(), sheet.key_column: Cell(label)}
    for each in sheet.columns:
        figures = [row.cells[each.name].figure for row in sheet.rows[first : last + 1]
                   if each.name in row.cells and row.kind == "data"]  # fmt: skip
        whole = [int(f) for f in figures if f and f.isdigit()]
        if whole and len(whole) == len(figures) and each.name != sheet.columns[0].name:
            cells[each.name] = Cell(sum(whole) + wrong, None, "#,##0")
    sheet.rows.insert(first, Row("other", label, cells=cells))


@of_sheet("words-beside")
def write_beside(sheet: Sheet, *, cells: dict[str, dict[int, Typed]]) -> None:
    """Cells right of the table, in rows of it: {row: {columns right of the last: content}}."""
    width = max(n for line in cells.values() for n in line)
    for n in range(width):
        sheet.columns.append(Column(f"beside {n + 1}", [""]))
    for label, line in cells.items():
        for n, typed in line.items():
            sheet.row(label).cells[f"beside {n}"] = Cell(typed)


@of_sheet("words-below")
def write_below(sheet: Sheet, *, line: dict[int, Typed]) -> None:
    """A line below everything: {column: content}."""
    sheet.loose.append(dict(line))

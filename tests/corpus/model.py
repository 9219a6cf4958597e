"""A filing before it is drawn: titles, columns by header path, rows by key; then sheets of cells.

A cell carries what it means beside what is typed into it, so wherever traits move it, the sheet
says which figure is expected at which address. Nothing here knows how etl reads a sheet.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from openpyxl.utils import get_column_letter


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula; `result` is what the file stores of it, None: nothing was ever computed."""

    text: str
    result: Decimal | str | None = None


@dataclass(frozen=True, slots=True)
class Error:
    """An Excel error: "#REF!"."""

    text: str


Typed = str | int | Decimal | date | Formula | Error | None


Look = dict[str, object]  # as XlsxWriter names it: font_strikeout, font_script, font_color, ...


@dataclass(slots=True)
class Cell:
    """What is typed, and the figure meant by it: a decimal text, a code, "-", or None.

    A figure may name several readings that are right ("8.08|8.0778"). `runs` are the pieces of a
    text that do not look alike; `covered` is what a merged cell still holds below the one shown.
    """

    typed: Typed = None
    figure: str | None = None
    number_format: str = ""
    look: Look = field(default_factory=dict)
    runs: list[tuple[str, Look]] = field(default_factory=list)
    covered: bool = False


@dataclass(slots=True)
class Column:
    """A column and the header texts above it, from the top. width: of characters, None: usual."""

    name: str
    path: list[str]
    hidden: bool = False
    width: float | None = None


@dataclass(slots=True)
class Row:
    """A row below the header. kind: data, total, header (repeated), numbering, other.

    `label` is the name by which traits find it, `key` what its figures are about (a unit's or a
    project's code, an indicator).
    """

    kind: str
    label: str = ""
    key: str = ""
    cells: dict[str, Cell] = field(default_factory=dict)
    merged_down: dict[str, int] = field(default_factory=dict)
    merged_right: dict[str, str] = field(default_factory=dict)
    hidden: bool = False
    height: float | None = None


Span = tuple[int, int, str]  # first column, last column (-1: the table's last), text


@dataclass(slots=True)
class Sheet:
    """One table on one sheet, or none. `loose` holds lines below it: {column number: content}.

    `page` is what a sheet has besides cells: a page header, a text box, frozen panes, a filter,
    conditional formats, comments (dress.py names them).
    """

    form: str
    table: str
    name: str
    title: list[list[Span]]
    columns: list[Column]
    rows: list[Row]
    key_column: str
    loose: list[dict[int, Typed]] = field(default_factory=list)
    left: int = 0
    hidden: bool = False
    encoding: str = ""
    encoded_font: str = ""
    number_font: str = ""
    font: str = "Times New Roman"
    formatted_to: int = 0
    page: dict[str, Any] = field(default_factory=dict)

    def row(self, label: str) -> Row:
        """The row that a trait names."""
        return next(row for row in self.rows if row.label == label)

    def column(self, name: str) -> Column:
        """The column that a trait names."""
        return next(column for column in self.columns if column.name == name)

    def rows_of(self, *kinds: str) -> list[Row]:
        """The rows of some kinds, in their order."""
        return [row for row in self.rows if row.kind in kinds]


class Filing(NamedTuple):
    """What the workbook says it is."""

    form: str
    level: str
    unit: str
    year: int
    period: str


class Edit(NamedTuple):
    """A change of the finished package: in parts that match, a pattern replaced.

    `new` None takes the part away. Raises ValueError where there is nothing to change.
    """

    part: str
    old: str
    new: str | None


@dataclass(slots=True)
class Book:
    """A workbook: its sheets, the filings that they make, and changes of the finished package."""

    sheets: list[Sheet]
    filings: list[Filing]
    edits: list[Edit] = field(default_factory=list)


@dataclass(slots=True)
class Drawn:
    """A sheet as cells: 0-based (row, column) → (cell, style); merges; figures by address."""

    sheet: Sheet
    cells: dict[tuple[int, int], tuple[Cell, str]] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    figures: dict[Meaning, Expected] = field(default_factory=dict)
    rows: dict[int, Row] = field(default_factory=dict)

    @property
    def height(self) -> int:
        """Rows up to the last cell."""
        return max(row for row, _column in self.cells) + 1

    @property
    def width(self) -> int:
        """Columns up to the last cell."""
        return max(column for _row, column in self.cells) + 1


class Meaning(NamedTuple):
    """Which figure: of a total row `key` is "total", or "total/" and its line."""

    form: str
    table: str
    key: str
    column: str


class Expected(NamedTuple):
    """Where the figure stands, and what it is."""

    sheet: str
    cell: str
    figure: str


def draw(sheet: Sheet) -> Drawn:
    """Place every cell of the sheet."""
    drawn = Drawn(sheet)
    last = sheet.left + len(sheet.columns) - 1
    for at, line in enumerate(sheet.title):
        for first, end, text in line:
            right = last if end < 0 else sheet.left + end
            _place(drawn, at, sheet.left + first, Cell(text), "title", (at, right))
    at = _draw_header(drawn, len(sheet.title))
    for row in sheet.rows:
        drawn.rows[at] = row
        at = _draw_header(drawn, at) if row.kind == "header" else _draw_row(drawn, at, row)
    _resolve_formulas(drawn)
    for line in sheet.loose:
        for place, typed in line.items():
            _place(drawn, at, sheet.left + place, Cell(typed), "loose")
        at += 1
    return drawn


def _place(
    drawn: Drawn, row: int, column: int, cell: Cell, style: str, to: tuple[int, int] | None = None
) -> None:
    drawn.cells[row, column] = (cell, style)
    if to and to != (row, column):
        drawn.merges.append((row, column, *to))


def _draw_header(drawn: Drawn, top: int) -> int:
    """The header from row `top` on: groups merged over their columns, leaves merged down."""
    columns, left = drawn.sheet.columns, drawn.sheet.left
    depth = max((len(column.path) for column in columns), default=0)
    for level in range(depth):
        for first, last in _runs(columns, level):
            path = columns[first].path
            bottom = depth - 1 if level == len(path) - 1 else level
            spot = (top + bottom, left + last)
            _place(drawn, top + level, left + first, Cell(path[level]), "header", spot)
    return top + depth


def _runs(columns: list[Column], level: int) -> Iterator[tuple[int, int]]:
    """First and last column of each header cell of a level; leaves stand alone."""
    first = 0
    while first < len(columns):
        path, last = columns[first].path, first
        if level < len(path) - 1:
            while (
                last + 1 < len(columns)
                and columns[last + 1].path[: level + 1] == (path[: level + 1])
            ):
                last += 1
        if level < len(path):
            yield first, last
        first = last + 1


def _draw_row(drawn: Drawn, at: int, row: Row) -> int:
    sheet = drawn.sheet
    places = {column.name: sheet.left + n for n, column in enumerate(sheet.columns)}
    for name, place in places.items():
        cell = row.cells.get(name, Cell())
        to = (at + row.merged_down.get(name, 0), places.get(row.merged_right.get(name, ""), place))
        if row.cells:
            _place(drawn, at, place, cell, "body", to)
        if cell.figure is not None:
            key = f"total{row.key}" if row.kind == "total" else row.key
            address = f"{get_column_letter(place + 1)}{at + 1}"
            expected = Expected(sheet.name, address, cell.figure)
            drawn.figures[Meaning(sheet.form, sheet.table, key, name)] = expected
    return at + 1


def _resolve_formulas(drawn: Drawn) -> None:
    """ "{households}" in a formula is that cell of its row, "{households:}" those of all data rows,
    "{Xã Kim Hỷ!households}" that of another row."""
    sheet = drawn.sheet
    letters = {c.name: get_column_letter(sheet.left + n + 1) for n, c in enumerate(sheet.columns)}
    data = [at + 1 for at, row in drawn.rows.items() if row.kind == "data"]
    numbers = {row.label: at + 1 for at, row in drawn.rows.items() if row.label}
    for (row, column), (cell, style) in drawn.cells.items():
        if isinstance(cell.typed, Formula) and "{" in cell.typed.text:
            text = cell.typed.text
            for name, letter in letters.items():
                text = text.replace(f"{{{name}}}", f"{letter}{row + 1}")
                if data:
                    whole = f"{letter}{data[0]}:{letter}{data[-1]}"
                    text = text.replace(f"{{{name}:}}", whole)
                for label, number in numbers.items():
                    text = text.replace(f"{{{label}!{name}}}", f"{letter}{number}")
            resolved = Formula(text, cell.typed.result)
            drawn.cells[row, column] = (replace(cell, typed=resolved), style)

"""Figures: the same number typed in other ways, and cells that hold none or two.

`row` and `column` name one cell, `column` alone a whole column of data and total rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

from tests.corpus.model import Cell, Error, Formula, Sheet, Typed
from tests.corpus.traits.registry import of_sheet

FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def _vietnamese(number: Decimal) -> str:
    return f"{number:,f}".translate(str.maketrans(",.", ".,"))


def _spaced(number: Decimal, space: str) -> str:
    return _vietnamese(number).replace(".", space)


WRITTEN: dict[str, Callable[[Decimal], str]] = {
    "number-dot-thousands": _vietnamese,
    "number-dots-and-comma": lambda n: _vietnamese(n.quantize(Decimal("0.01"))),
    "number-dot-decimal-percent": lambda n: f"{n:f} %",
    "number-comma-percent": lambda n: f"{n:f}%".replace(".", ","),
    "number-leading-zero": lambda n: f"{n:f}".replace(".", ",").zfill(2),
    "number-space-thousands": lambda n: " " + _spaced(n, " "),
    "number-nbsp": lambda n: _spaced(n, "\u00a0") + "\u00a0",
    "number-full-width": lambda n: _vietnamese(n).translate(FULL_WIDTH),
    "number-as-text": lambda n: f"{n:f}".replace(".", ","),
    "number-with-decimals": lambda n: _vietnamese(n.quantize(Decimal("0.01"))),
}


def cells_of(sheet: Sheet, row: str | None, column: str) -> Iterator[Cell]:
    """The cells that a trait means."""
    rows = sheet.rows_of("data", "total") if row is None else [sheet.row(row)]
    for each in rows:
        cell = each.cells.setdefault(column, Cell())
        if row is not None or cell.figure is not None:
            yield cell


def _register_written(name: str, written: Callable[[Decimal], str]) -> None:
    @of_sheet(name)
    def write(
        sheet: Sheet, *, row: str | None = None, column: str = "", columns: tuple[str, ...] = ()
    ) -> None:
        for each in columns or (column,):
            for cell in cells_of(sheet, row, each):
                assert cell.figure is not None
                cell.typed, cell.number_format = written(Decimal(cell.figure)), ""


for _name, _written in WRITTEN.items():
    _register_written(_name, _written)


@of_sheet("number-percent-format")
def as_share(sheet: Sheet, *, column: str, row: str | None = None) -> None:
    """0.0808 in a cell formatted 0.00%."""
    for cell in cells_of(sheet, row, column):
        assert cell.figure is not None
        cell.typed, cell.number_format = Decimal(cell.figure) / 100, "0.00%"


@of_sheet("number-dash")
def dash(sheet: Sheet, *, row: str, column: str, typed: str = "- ") -> None:
    """Not applicable, said so."""
    _put(sheet, row, column, typed, "-")


@of_sheet("number-blank")
def blank(sheet: Sheet, *, row: str, column: str) -> None:
    """Nothing typed."""
    _put(sheet, row, column, None, None)


@of_sheet("number-zero")
def zero(sheet: Sheet, *, row: str, column: str) -> None:
    """Zero, which is a figure."""
    _put(sheet, row, column, 0, "0")


@of_sheet("number-error")
def error(sheet: Sheet, *, row: str, column: str, typed: str = "#REF!") -> None:
    """A formula that broke."""
    _put(sheet, row, column, Error(typed), None)


@of_sheet("number-formula-uncached")
def uncached(sheet: Sheet, *, row: str, column: str, formula: str = "=1+1") -> None:
    """A formula without a stored result."""
    _put(sheet, row, column, Formula(formula), None)


@of_sheet("number-formula-cached")
def cached(sheet: Sheet, *, column: str, formula: str, row: str | None = None) -> None:
    """The figure as a formula's stored result."""
    for cell in cells_of(sheet, row, column):
        cell.typed = Formula(formula, Decimal(cell.figure) if cell.figure else "")


@of_sheet("number-excel-date")
def excel_date(sheet: Sheet, *, row: str, column: str, day: str = "2025-02-01") -> None:
    """A date that Excel made of "1.2" (or, in a column of no figures, of an ordinal)."""
    _put(sheet, row, column, date.fromisoformat(day), None)
    sheet.row(row).cells[column].number_format = "d-mmm"


@of_sheet("number-ambiguous", "number-negative-brackets", "number-words", "figure-wrong")
def put(sheet: Sheet, *, row: str, column: str, typed: Typed, number_format: str = "") -> None:
    """A cell that is no figure, or not the one meant: nothing is to be read from it."""
    _put(sheet, row, column, typed, None)
    sheet.row(row).cells[column].number_format = number_format


@of_sheet("number-text-as-number")
def text_as_number(
    sheet: Sheet, *, row: str, column: str, typed: float, figure: str | None = None,
    number_format: str = "",
) -> None:  # fmt: skip
    """A number cell where text was typed: Excel changed "1.1", "2.10", "09" on entry."""
    _put(sheet, row, column, Decimal(str(typed)), figure)
    sheet.row(row).cells[column].number_format = number_format


@of_sheet("figure-other")
def other_figure(sheet: Sheet, *, row: str, column: str, figure: str) -> None:
    """Another figure, meant so."""
    _put(sheet, row, column, Decimal(figure), figure)


def _put(sheet: Sheet, row: str, column: str, typed: Typed, figure: str | None) -> None:
    cell = sheet.row(row).cells.setdefault(column, Cell())
    cell.typed, cell.figure = typed, figure


@of_sheet("figure-meant")
def mean(sheet: Sheet, *, row: str, column: str, figure: str) -> None:
    """What a careful person sees in a cell whatever it holds."""
    sheet.row(row).cells[column].figure = figure

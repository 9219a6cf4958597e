"""The formulas of a blank form: a sum, a rate, a repeated figure, each with its result.

Each shows nothing until there is something to compute: a blank stays a blank and never turns
into a zero.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import NamedTuple

from xlsxwriter.utility import quote_sheetname, xl_range, xl_rowcol_to_cell

_CENT = Decimal("0.01")


class Place(NamedTuple):
    """A cell; row and column 0-based."""

    sheet: str
    row: int
    column: int

    @property
    def address(self) -> str:
        """As Excel writes it: "C12"."""
        return str(xl_rowcol_to_cell(self.row, self.column))


ValueAt = Callable[[Place], Decimal | None]


class Formula(NamedTuple):
    """A formula's text, with its leading "=", and its result from the values of other cells."""

    text: str
    result: Callable[[ValueAt], Decimal | None]


def total(cells: list[Place]) -> Formula:
    """The sum of cells of one sheet; empty while all of them are."""

    def result(value_at: ValueAt) -> Decimal | None:
        values = [value for value in map(value_at, cells) if value is not None]
        return sum(values, Decimal(0)) if values else None

    listed = ",".join(_ranges(cells))
    return Formula(f'=IF(COUNT({listed})=0,"",SUM({listed}))', result)


def rate(
    numerator: Place, denominator: Place, plus: Place | None = None, minus: Place | None = None
) -> Formula:
    """100 x (numerator + plus - minus) / denominator to two decimals, half away from zero; empty
    while a count is missing or the denominator is 0.
    """
    signed = [(sign, place) for sign, place in ((1, plus), (-1, minus)) if place]
    counts = [denominator, numerator, *(place for _sign, place in signed)]

    def result(value_at: ValueAt) -> Decimal | None:
        values = [value for value in map(value_at, counts) if value is not None]
        if len(values) < len(counts) or not values[0]:
            return None
        below, above, *more = values
        whole = above + sum(sign * value for (sign, _), value in zip(signed, more, strict=True))
        return (100 * whole / below).quantize(_CENT, ROUND_HALF_UP)

    below, above = denominator.address, numerator.address
    listed = ",".join(place.address for place in counts)
    said = "".join(f"{'+' if sign > 0 else '-'}{place.address}" for sign, place in signed)
    upper = f"({above}{said})" if said else above
    guarded = f'IF({below}=0,"",ROUND(100*{upper}/{below},2))'
    return Formula(f'=IF(COUNT({listed})<{len(counts)},"",{guarded})', result)


def same(first: Place, sheet: str) -> Formula:
    """What another cell says; `sheet` is the one that the formula stands on."""
    where = "" if first.sheet == sheet else f"{quote_sheetname(first.sheet)}!"
    cell = f"{where}{first.address}"
    return Formula(f'=IF({cell}="","",{cell})', lambda value_at: value_at(first))


def _ranges(cells: list[Place]) -> list[str]:
    """Addresses, with cells one below the other as a range."""
    runs = [[cells[0]]]
    for before, cell in pairwise(cells):
        if (cell.row - before.row, cell.column - before.column) == (1, 0):
            runs[-1].append(cell)
        else:
            runs.append([cell])
    return [
        xl_range(run[0].row, run[0].column, run[-1].row, run[-1].column)
        if len(run) > 1
        else run[0].address
        for run in runs
    ]

"""Rows that sum up others: the table's total, subtotals of districts, blocks and segments.

None of them is data. A subtotal's figures carry the sheet rows that they sum as their subject
("11:15", 1-based, both included), so that the check room can add these up.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from etl.ground.records import Figure

Kind = Literal["total", "segment", "district", "block"]
_DEPTH: dict[Kind, int] = {"district": 1, "block": 2}


@dataclass(slots=True)
class _Sum:
    kind: Kind
    first_row: int
    last_row: int
    figures: list[tuple[list[Figure], int]] = field(default_factory=list)


class Sums:
    """Collects the sums of one table in the order of its rows, by their numbers (from 1)."""

    def __init__(self) -> None:
        self._sums: list[_Sum] = []

    def add(
        self, kind: Kind, row_no: int, figures: list[Figure], added: range, *, goes_on: bool
    ) -> None:
        """A row of the sum, whose figures are those `added` to its page's; `goes_on` where it is a
        further line of the sum above it."""
        if goes_on:
            self._sums[-1].last_row = row_no
        else:
            self._sums.append(_Sum(kind, row_no, row_no))
        self._sums[-1].figures.extend((figures, at) for at in added)

    @property
    def spans(self) -> list[tuple[int, int]]:
        """The first and last row of each sum."""
        return [(each.first_row, each.last_row) for each in self._sums]

    def settle(self, data_rows: list[int], as_group: dict[int, int]) -> None:
        """Give every subtotal its rows, in place.

        Of several totals the last one that has rows above it, or the only one, is the table's;
        the others sum the rows since the sum before them. `as_group` maps the slot of a total to
        that of a subtotal.
        """
        totals = [s for s in self._sums if s.kind == "total"]
        whole = {id(totals[-1])} if totals else set()
        whole |= {id(s) for s in totals if not data_rows or s.first_row < data_rows[0]}
        for number, each in enumerate(self._sums):
            if id(each) in whole:
                continue
            span = self._span(number, data_rows)
            for figures, at in each.figures:
                slot_id = as_group.get(figures[at].slot_id, figures[at].slot_id)
                figures[at] = figures[at]._replace(slot_id=slot_id, subject=span)

    def _span(self, number: int, data_rows: list[int]) -> str:
        each = self._sums[number]
        if each.kind in _DEPTH:
            depth = _DEPTH[each.kind]
            after = self._sums[number + 1 :]
            ends = (s.first_row for s in after if _DEPTH.get(s.kind, depth + 1) <= depth)
            return f"{each.last_row + 1}:{next(ends, max([*data_rows, each.last_row]) + 1) - 1}"
        before = max((s.last_row for s in self._sums[:number]), default=0)
        return f"{before + 1}:{each.first_row - 1}"

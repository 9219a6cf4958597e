"""What a figure should be, from the other figures of its filing; the frames that rules judge.

Rules: a rate is the sum of its numerators over that of its denominators, and per column of a form
its `total`, `parts` and `ratio`.
A blank adds nothing to a sum. Where a figure that counts is unknown (unreadable, or blank but
required) or a denominator is zero, nothing is recomputed: NaN.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from etl.catalogue.forms import Ratio
from etl.catalogue.frame_columns import CELLS, COVERAGE, EARLIER, FILING, OF_CELLS
from etl.catalogue.rules import Rule
from etl.catalogue.slots import TEXT_KINDS, TOTAL_KINDS, Slot
from etl.catalogue.units_of_measure import of_kind
from etl.check.by_code import with_indicators
from etl.check.earlier import beside, coverage_frame
from etl.check.frames import (
    NOWHERE,
    ROW_LIMIT,
    Floats,
    FormBatch,
    Frame,
    Grid,
    Positions,
    item_index,
)
from etl.check.printed import unprinted
from etl.ground.errors import BrokenRule

TOLERANCE = 0.01
_FLOAT_NOISE = 1e-6


@dataclass(frozen=True, slots=True)
class Recomputed:
    """Per figure position: what it should be (NaN: not comparable), and the tolerance."""

    value: Floats
    tolerance: Floats

    @classmethod
    def empty(cls, size: int) -> Recomputed:
        """Nothing recomputed yet."""
        return cls(np.full(size, np.nan), np.full(size, TOLERANCE))

    def put(self, at: Positions, values: Floats, tolerance: float | Floats = TOLERANCE) -> None:
        """Enter values for the figures at these positions (NOWHERE is skipped)."""
        there = at != NOWHERE
        self.value[at[there]] = values[there]
        self.tolerance[at[there]] = np.broadcast_to(tolerance, at.shape)[there]

    def beyond(self, printed: Floats) -> Floats:
        """How far the printed figures lie outside the tolerance; above 0 is wrong."""
        gap: Floats = np.abs(printed - self.value) - self.tolerance - _FLOAT_NOISE
        return gap


def frame_of(batch: FormBatch, rule: Rule) -> Frame:
    """The frame that the rule judges. Raises BrokenRule where the form has none of that name."""
    if rule.frame == CELLS:
        return with_indicators(batch, CELLS, cells_frame(batch))
    if rule.frame == FILING:
        return with_indicators(batch, FILING, batch.filing_frame())
    if rule.frame == COVERAGE:
        return coverage_frame(batch)
    if rule.frame in batch.grids:
        return with_indicators(batch, rule.frame, batch.table_frame(rule.frame))
    raise BrokenRule(rule.file, rule.rule, f"{batch.form.form} has no frame {rule.frame!r}")


def cells_frame(batch: FormBatch) -> Frame:
    """One row per figure cell, with what it should be (see expectations/common.yaml)."""
    first, first_at = repeats(batch)
    found = {"total": totals(batch), "parts": parts(batch), "ratio": ratios(batch), "first": first}
    sources: dict[str, NDArray[np.object_]] = {}
    for role in EARLIER if len(batch.earlier) else ():
        earlier = beside(batch, role)
        found[role] = Recomputed.empty(len(batch.value))
        found[role].put(earlier.at, earlier.value, earlier.allowed)
        sources[role] = np.full(len(batch.value), "", object)
        sources[role][earlier.at] = earlier.source
    at = np.flatnonzero(batch.per_figure(lambda slot: slot.kind not in TEXT_KINDS))
    # of one year: a form about several has its own bound
    is_money = batch.per_figure(lambda slot: slot.unit_of_measure in of_kind("money"))
    data: dict[str, object] = {
        "row_id": np.arange(len(at)),
        "filing_id": batch.filing_ids[batch.filing[at]],
        "value": batch.value[at],
        "share": np.where(batch.per_figure(_is_share(batch)), batch.value, np.nan)[at],
        "money": np.where(is_money & (batch.form.span is None), batch.value, np.nan)[at],
    }
    missing = unprinted(batch)
    if not np.isnan(missing).all():
        data["unprinted"] = missing[at]
    for kind, recomputed in found.items():
        if not np.isnan(recomputed.value).all():
            data[kind] = recomputed.value[at]
            data[f"beyond_{kind}"] = recomputed.beyond(batch.value)[at]
            if kind in sources:
                data[f"{kind}_from"] = sources[kind][at]
    return Frame(pd.DataFrame(data), {"value": at, "first": first_at[at]}, OF_CELLS)


def _is_share(batch: FormBatch) -> Callable[[Slot], bool]:
    """Whether a slot holds a rate of counts. Money is left out: more than was allocated this
    year may be disbursed (funds carried over).
    """

    def is_share(slot: Slot) -> bool:
        columns = batch.form.tables[slot.table].columns
        ratio = columns[slot.column].ratio
        of_money = ratio is not None and columns[ratio.denominator].unit in of_kind("money")
        return slot.unit_of_measure == "pct" and not of_money

    return is_share


def parts(batch: FormBatch) -> Recomputed:
    """Columns with `parts`: the sum of those columns in the same row."""
    found = Recomputed.empty(len(batch.value))
    for grid in batch.grids.values():
        for name, column in grid.table.columns.items():
            if column.parts:
                terms = [_addend(batch, grid.column(part)) for part in column.parts]
                found.put(grid.column(name), np.sum(terms, axis=0))
    return found


def ratios(batch: FormBatch) -> Recomputed:
    """Columns with `ratio`: 100 x (numerator + plus - minus) / denominator of the same row."""
    found = Recomputed.empty(len(batch.value))
    for grid in batch.grids.values():
        for name, column in grid.table.columns.items():
            if column.ratio:
                values = {n: batch.take(grid.column(n)) for n in column.ratio.counts}
                at = grid.column(name)
                found.put(at, _rate(column.ratio, values), _allowed(column.ratio, batch.take(at)))
    return found


def totals(batch: FormBatch) -> Recomputed:
    """Rows that sum up others: per column the sum of those rows, or the ratio of such sums.

    A total sums its table's rows of the filing, a subtotal of units the sheet rows that its
    subject names ("11:15"), one of items those of its group; each only the rows of its own line.
    """
    found = Recomputed.empty(len(batch.value))
    for slot in (slot for slot in batch.slots if slot.kind in TOTAL_KINDS):
        at = np.flatnonzero(batch.slot_id == slot.slot_id)
        column = batch.grids[slot.table].table.columns[slot.column]
        if len(at) == 0 or column.total is None:
            continue
        sums = _Sums(batch, batch.grids[slot.table], slot, at)
        if column.total == "sum":
            found.put(at, sums.of(slot.column))
        elif column.ratio:
            values = {name: sums.of(name) for name in column.ratio.counts}
            found.put(at, _rate(column.ratio, values), _allowed(column.ratio, batch.take(at)))
    return found


class _Sums:
    """Sums of columns over the rows that each figure of one slot sums up: of the grid rows from
    `first` to before `end` those that the slot takes in."""

    def __init__(self, batch: FormBatch, grid: Grid, slot: Slot, at: Positions) -> None:
        self._batch, self._grid = batch, grid
        self._taken_in = _summed(grid, slot)
        self._first, self._end = _spans(batch, grid, slot, at)

    def of(self, name: str) -> Floats:
        """The sum of a column: 0 over no rows; NaN over rows without any value, or where one
        that counts is unknown."""
        at = self._grid.column(name)
        addend = _addend(self._batch, at)
        has_value = self._add_up(~np.isnan(self._batch.take(at))) > 0
        has_unknown = self._add_up(np.isnan(addend)) > 0
        is_over_no_rows = self._first == self._end
        is_known = is_over_no_rows | (has_value & ~has_unknown)
        return np.where(is_known, self._add_up(np.nan_to_num(addend)), np.nan)

    def _add_up(self, values: NDArray[Any]) -> Floats:
        """Per figure, what the rows that it sums up add up to: a running sum over the grid, at the
        end of its rows less at their start."""
        running = np.cumsum(np.where(self._taken_in, values, 0), dtype=np.float64)
        until = np.concatenate([[0.0], running])
        added: Floats = until[self._end] - until[self._first]
        return added


def _summed(grid: Grid, slot: Slot) -> NDArray[np.bool_]:
    """Whether a sum takes in each row of its table: those of its line, or of its group of items."""
    table = grid.table
    if table.line_column:
        return np.asarray(grid.item == item_index(table, slot.item))
    if slot.kind == "group" and table.rows == "items":
        members = [item_index(table, item) for item in table.groups[slot.item or ""].items]
        return np.isin(grid.item, members)
    return np.ones(len(grid.item), np.bool_)


def _spans(batch: FormBatch, grid: Grid, slot: Slot, at: Positions) -> tuple[Positions, Positions]:
    """Per figure, the grid rows [first, end) that it sums up."""
    filing = batch.filing[at]
    if slot.kind == "total" or grid.table.rows == "items":
        return np.searchsorted(grid.filing, filing), np.searchsorted(grid.filing, filing, "right")
    subjects = batch.figures["subject"].to_numpy(object)[at]
    rows = np.array([str(s).split(":") for s in subjects], np.int64).reshape(-1, 2)
    key = grid.filing * ROW_LIMIT + grid.row_no
    first = np.searchsorted(key, filing * ROW_LIMIT + rows[:, 0])
    return first, np.searchsorted(key, filing * ROW_LIMIT + rows[:, 1], "right")


def repeats(batch: FormBatch) -> tuple[Recomputed, Positions]:
    """Figures that repeat another of the same filing: that other's value and position."""
    named, at = batch.by_filing
    found = Recomputed.empty(len(batch.value))
    first_at = np.full(len(batch.value), NOWHERE, np.int64)
    original = {_meaning(slot): c for c, slot in enumerate(named) if not slot.repeat}
    for c, slot in enumerate(named):
        if slot.repeat:
            first = at[:, original[_meaning(slot)]]
            found.put(at[:, c], batch.take(first))
            there = at[:, c] != NOWHERE
            first_at[at[there, c]] = first[there]
    return found, first_at


def _meaning(slot: Slot) -> tuple[object, ...]:
    return (slot.code, slot.measure, slot.period, slot.basis, slot.year_offset, slot.figures)


def _addend(batch: FormBatch, at: Positions) -> Floats:
    """Values to add up: a blank is 0, an unknown figure NaN."""
    unknown = np.append(batch.unknown, False)[at]
    addend: Floats = np.where(unknown, np.nan, np.nan_to_num(batch.take(at)))
    return addend


def _rate(ratio: Ratio, values: dict[str, Floats]) -> Floats:
    """100 x (numerator + plus - minus) / denominator; NaN where the denominator is 0 or unknown."""
    numerator, denominator = values[ratio.numerator], values[ratio.denominator]
    if ratio.plus:
        numerator = numerator + values[ratio.plus]
    if ratio.minus:
        numerator = numerator - values[ratio.minus]
    rate: Floats = 100 * numerator / np.where(denominator == 0, np.nan, denominator)
    return rate


def _allowed(ratio: Ratio, printed: Floats) -> Floats:
    """How far printed rates may lie from their counts: one of a decimal, or of none, by half of
    its last decimal. By value: no cell of a number tells 13,50 from 13,5."""
    allowed: Floats = np.where(printed.round(1) == printed, 0.05, 0)
    return np.maximum(allowed, ratio.tolerance)

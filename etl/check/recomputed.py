"""What a figure should be, from the other figures of its filing; the frames that rules judge.

Rules: DOMAIN "rate = sum / sum", and per column of a form its `total`, `parts` and `ratio`.
A blank adds nothing to a sum. Where a figure that counts is unknown (unreadable, or blank but
required) or a denominator is zero, nothing is recomputed: NaN.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from etl.check.frames import (
    CELLS,
    FILING,
    NOWHERE,
    Floats,
    FormBatch,
    Frame,
    Grid,
    Positions,
)
from etl.ground.errors import BrokenRule
from etl.ground.forms import TOTAL_ITEM, Column, Ratio, Slot
from etl.ground.rules import Rule

TOLERANCE = 0.01
_FLOAT_NOISE = 1e-6
_KINDS = ("total", "parts", "ratio", "first")


@dataclass(frozen=True, slots=True)
class Recomputed:
    """Per figure position: what it should be (NaN: not comparable), and the tolerance."""

    value: Floats
    tolerance: Floats

    @classmethod
    def empty(cls, size: int) -> Recomputed:
        """Nothing recomputed yet."""
        return cls(np.full(size, np.nan), np.full(size, TOLERANCE))

    def put(self, at: Positions, values: Floats, tolerance: float = TOLERANCE) -> None:
        """Enter values for the figures at these positions (NOWHERE is skipped)."""
        there = at != NOWHERE
        self.value[at[there]] = values[there]
        self.tolerance[at[there]] = tolerance

    def beyond(self, printed: Floats) -> Floats:
        """How far the printed figures lie outside the tolerance; above 0 is wrong."""
        gap: Floats = np.abs(printed - self.value) - self.tolerance - _FLOAT_NOISE
        return gap


def frame_of(batch: FormBatch, rule: Rule) -> Frame:
    """The frame that the rule judges. Raises BrokenRule where the form has none of that name."""
    if rule.frame == CELLS:
        return cells_frame(batch)
    if rule.frame == FILING:
        return batch.filing_frame()
    if rule.frame in batch.grids:
        return batch.table_frame(rule.frame)
    raise BrokenRule(rule.file, rule.rule, f"{batch.form.form} has no frame {rule.frame!r}")


def cells_frame(batch: FormBatch) -> Frame:
    """One row a figure cell, with what it should be (see expectations/common.yaml)."""
    first, first_at = repeats(batch)
    found = {"total": totals(batch), "parts": parts(batch), "ratio": ratios(batch), "first": first}
    at = np.flatnonzero(batch.per_figure(lambda slot: slot.kind != "attribute"))
    data: dict[str, object] = {
        "row_id": np.arange(len(at)),
        "filing_id": batch.filing_ids[batch.filing[at]],
        "value": batch.value[at],
        "share": np.where(batch.per_figure(_is_share(batch)), batch.value, np.nan)[at],
    }
    for kind, recomputed in found.items():
        if not np.isnan(recomputed.value).all():
            data[kind] = recomputed.value[at]
            data[f"beyond_{kind}"] = recomputed.beyond(batch.value)[at]
    known = {"value", "share", *_KINDS, *(f"beyond_{kind}" for kind in _KINDS)}
    return Frame(pd.DataFrame(data), {"value": at, "first": first_at[at]}, frozenset(known))


def _is_share(batch: FormBatch) -> Callable[[Slot], bool]:
    """Whether a slot holds a rate of counts. Money is left out: more than was allocated this
    year may be disbursed (funds carried over).
    """

    def is_share(slot: Slot) -> bool:
        columns = batch.form.tables[slot.table].columns
        ratio = columns[slot.column].ratio
        of_money = ratio is not None and columns[ratio.denominator].unit == "million_vnd"
        return slot.unit == "pct" and not of_money

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
    """Columns with `ratio`: 100 x (numerator - minus) / denominator of the same row."""
    found = Recomputed.empty(len(batch.value))
    for grid in batch.grids.values():
        for name, column in grid.table.columns.items():
            if column.ratio:
                values = {n: batch.take(grid.column(n)) for n in _counts(column.ratio)}
                rate = _rate(column.ratio, values)
                found.put(grid.column(name), rate, column.ratio.tolerance)
    return found


def totals(batch: FormBatch) -> Recomputed:
    """Total rows: per filing and column the sum of the rows, or the ratio of such sums."""
    found = Recomputed.empty(len(batch.value))
    sums = {table: _sums(batch, grid) for table, grid in batch.grids.items()}
    for slot, at in batch.slots_where(lambda slot: slot.item == TOTAL_ITEM):
        column = batch.grids[slot.table].table.columns[slot.column]
        values, tolerance = _total(column, slot.column, sums[slot.table])
        if values is not None:
            found.put(at, values[batch.filing[at]], tolerance)
    return found


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


def _meaning(slot: Slot) -> tuple[str | None, ...]:
    return (slot.code, slot.measure, slot.period, slot.basis)


def _addend(batch: FormBatch, at: Positions) -> Floats:
    """Values to add up: a blank is 0, an unknown figure NaN."""
    unknown = np.append(batch.unknown, False)[at]
    addend: Floats = np.where(unknown, np.nan, np.nan_to_num(batch.take(at)))
    return addend


def _sums(batch: FormBatch, grid: Grid) -> dict[str, Floats]:
    """Per figure column, its sum over the rows of each filing; NaN without any value."""
    sums = {}
    for name, column in grid.table.columns.items():
        if column.is_ == "figure":
            at = grid.column(name)
            addend = _addend(batch, at)
            total = np.bincount(grid.filing, addend, len(batch.filing_ids))
            filled = np.bincount(grid.filing, ~np.isnan(batch.take(at)), len(batch.filing_ids))
            sums[name] = np.where(filled > 0, total, np.nan)
    return sums


def _total(column: Column, name: str, sums: dict[str, Floats]) -> tuple[Floats | None, float]:
    if column.total == "sum":
        return sums[name], TOLERANCE
    if column.total == "ratio" and column.ratio:
        return _rate(column.ratio, sums), column.ratio.tolerance
    return None, TOLERANCE


def _counts(ratio: Ratio) -> list[str]:
    return [n for n in (ratio.numerator, ratio.minus, ratio.denominator) if n]


def _rate(ratio: Ratio, values: dict[str, Floats]) -> Floats:
    """100 x (numerator - minus) / denominator; NaN where the denominator is 0 or unknown."""
    numerator, denominator = values[ratio.numerator], values[ratio.denominator]
    if ratio.minus:
        numerator = numerator - values[ratio.minus]
    rate: Floats = 100 * numerator / np.where(denominator == 0, np.nan, denominator)
    return rate

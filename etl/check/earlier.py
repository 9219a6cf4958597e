"""Figures beside earlier ones: last year's closing, the same period a year before, the preliminary,
an earlier period of the same year, what is held of another year that the filing speaks of.

The bands are khoxa's own and no law: they say what deserves a second look. That of a yearly
change belongs to the indicator (sql/seeds/indicator.csv, jump_pct); a few households more or less
are never a jump. A closing is the opening of the next year, exactly; a count since 1 January may
rise within the year, and not fall. Where the poverty standard changes, what was counted for an
opening figure by the new one stands for the closing.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from etl.catalogue.frame_columns import OF_COVERAGE
from etl.check.frames import Floats, FormBatch, Frame, Positions

EXACTLY = 0.01
JUMP_AT_LEAST = 10  # in the figure's own unit
_EXACT = ("closing", "reviewed", "former_standard", "this_year", "held")
PRELIMINARY_PCT, PRELIMINARY_AT_LEAST = 2, 5


class Earlier(NamedTuple):
    """Positions of figures, the earlier figure of each (NaN: not comparable), how far the two may
    lie apart, and the file that the earlier one is from."""

    at: Positions
    value: Floats
    allowed: Floats
    source: NDArray[np.object_]


def beside(batch: FormBatch, role: str) -> Earlier:
    """The figures that have an earlier one in this role."""
    rows = batch.earlier[batch.earlier["role"] == role]
    value, at = rows["value"].to_numpy(np.float64), rows["at"].to_numpy(np.int64)
    if role in _EXACT:
        allowed = np.full(len(rows), EXACTLY)
        if role == "this_year":
            value = np.where(batch.take(at) < value, value, np.nan)
    elif role == "preliminary":
        allowed = np.maximum(value * PRELIMINARY_PCT / 100, PRELIMINARY_AT_LEAST)
    else:
        band = rows["jump_pct"].to_numpy(np.float64)
        value = np.where(np.isnan(band), np.nan, value)
        allowed = np.maximum(value * band / 100, JUMP_AT_LEAST)
    return Earlier(at, value, allowed, rows["source"].to_numpy(object))


def coverage_frame(batch: FormBatch) -> Frame:
    """One row per filing that had one before it: units covered now and then. No cell is marked."""
    data = batch.covered.assign(row_id=np.arange(len(batch.covered)))
    return Frame(data, {}, OF_COVERAGE)

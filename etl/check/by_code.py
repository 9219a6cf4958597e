"""Figures of rows that name their indicator by a code (forms.Table.by_code), and what each must
agree with: its unit, and figures of other rows, as sql/seeds/indicator.csv relates indicators.

Added to the frames that rules judge:
- cells: `indicator_name`, `indicator_unit` (a code) and `indicator_direction` of the figure's row;
  `opened`, the opening of the same indicator; `whole`, what it is a part of; `of_counts`,
  the rate of its counts; `fall`, the opening less the end of the level whose fall it is: figures of
  the same filing and column, NaN where one is not there; `communes`, in a number of communes: those
  of the filer's unit on its day, in an opening on 1 January.
- a table by code: `indicator_unit`, `indicator_measured` (its word), `same_code` (how many rows
  of the filing have this code).
- filing: one column per `indicator.column`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache, lru_cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from etl.catalogue.frame_columns import CELLS, FILING
from etl.catalogue.indicators import Indicator, indicators
from etl.catalogue.slots import Slot
from etl.check.frames import NOWHERE, Floats, FormBatch, Frame, Positions
from etl.units.index import load_units

_OF_COMMUNES = ("commune", "unit")


def with_indicators(batch: FormBatch, name: str, frame: Frame) -> Frame:
    """The frame with the columns above; as it is where the form has no rows by code."""
    tables = [table for table, grid in batch.grids.items() if grid.table.by_code]
    if not any(map(_is_by_code, batch.slots)) or name not in (CELLS, FILING, *tables):
        return frame
    if name == FILING:
        return _of_filings(batch, frame)
    more = _of_cells(batch, frame.at["value"]) if name == CELLS else _of_rows(batch, name)
    return Frame(frame.data.assign(**more), frame.at, frame.known | more.keys())


def _is_by_code(slot: Slot) -> bool:
    return slot.kind == "indicator" and slot.code is None


@cache
def _seed() -> pd.DataFrame:
    return pd.DataFrame(indicators(), columns=list(Indicator._fields)).set_index("code")


def _codes(batch: FormBatch, at: Positions) -> NDArray[np.object_]:
    """The codes at positions; "" where there is none."""
    codes = batch.texts("code", "")[at]
    codes[pd.isna(codes)] = ""
    return codes


class _Figures:
    """The figures of a form's rows by code: of an indicator that a filing has twice the first."""

    def __init__(self, batch: FormBatch) -> None:
        every = np.arange(len(batch.slot_id))
        at = np.flatnonzero(batch.per_figure(_is_by_code) & (_codes(batch, every) != ""))
        keys = [batch.filing[at], batch.slot_id[at], _codes(batch, at)]
        found = pd.Series(at, index=pd.MultiIndex.from_arrays(keys))
        self._batch = batch
        self._at = found[~found.index.duplicated()]

    def of(self, filing: Positions, slot_id: Any, codes: pd.Series[Any]) -> Floats:
        """The figure of each filing, slot and indicator; NaN where there is none."""
        keys = {"filing": filing, "slot_id": slot_id, "code": codes.to_numpy(object)}
        index = pd.MultiIndex.from_frame(pd.DataFrame(keys))
        return self._batch.take(self._at.reindex(index, fill_value=NOWHERE).to_numpy())

    def by_filing(self, keys: pd.MultiIndex) -> Positions:
        """Where the figures of slots and indicators stand: a row a filing, a column a key."""
        at = np.full((len(self._batch.filing_ids), len(keys)), NOWHERE, np.int64)
        filing, *key = map(self._at.index.get_level_values, range(3))
        column = keys.get_indexer(pd.MultiIndex.from_arrays(key))
        there = column != NOWHERE
        at[filing[there], column[there]] = self._at.to_numpy()[there]
        return at


def _of_cells(batch: FormBatch, at: Positions) -> dict[str, Any]:
    own = _seed().reindex(_codes(batch, at)).fillna("")
    figures, filing, slot_id = _Figures(batch), batch.filing[at], batch.slot_id[at]
    denominator = figures.of(filing, slot_id, own["denominator"])
    numerator = figures.of(filing, slot_id, own["numerator"])
    openings = (s.slot_id for s in batch.slots if _is_by_code(s) and s.period == "OPEN")
    opening = next(openings, NOWHERE)
    opened = figures.of(filing, opening, own["fall_of"])
    fall = opened - figures.of(filing, slot_id, own["fall_of"])
    is_fall = (own["kind"] == "count").to_numpy() & (slot_id != opening)
    communes = [each[filing] for each in _communes(batch)]
    return {
        "indicator_name": own["name"].to_numpy(object),
        "indicator_unit": own["unit_of_measure"].to_numpy(object),
        "indicator_direction": own["direction"].to_numpy(object),
        "opened": figures.of(filing, opening, pd.Series(_codes(batch, at))),
        "whole": figures.of(filing, slot_id, own["part_of"]),
        "of_counts": 100 * numerator / np.where(denominator == 0, np.nan, denominator),
        "fall": np.where(is_fall, fall, np.nan),
        "communes": np.where(
            own["unit_of_measure"].isin(_OF_COMMUNES),
            np.where(slot_id == opening, *communes),
            np.nan,
        ),
    }


def _communes(batch: FormBatch) -> Iterator[Floats]:
    """Communes in each filing's unit on 1 January of its year, and on its day."""
    ends = [pd.Timestamp(on).date() for on in batch.filings["units_on"]]
    for days in ([date(end.year, 1, 1) for end in ends], ends):
        named = zip(batch.filings["filer_level"], batch.filings["filer_code"], days, strict=True)
        yield np.array([_count(*each) for each in named])


@lru_cache(maxsize=1024)
def _count(level: str, code: str, on: date) -> float:
    return 1.0 if level == "commune" else float(len(load_units().inside("commune", code, on)))


def _of_rows(batch: FormBatch, name: str) -> dict[str, Any]:
    grid = batch.grids[name]
    codes = _codes(batch, grid.column(grid.table.key_column))
    units = _seed()["unit_of_measure"].reindex(codes).to_numpy(object)
    stated = grid.table.columns.get("unit")
    spelled = (stated.values or {}) if stated else {}
    rows = pd.DataFrame({"filing": grid.filing, "code": codes})
    same = rows.groupby(["filing", "code"])["code"].transform("size").to_numpy(np.float64)
    return {
        "indicator_unit": units,
        "indicator_measured": np.array([spelled.get(unit, ("",))[0] for unit in units], object),
        "same_code": np.where(codes == "", np.nan, same),
    }


def _of_filings(batch: FormBatch, frame: Frame) -> Frame:
    columns = {s.slot_id: s.column for s in batch.slots if _is_by_code(s)}
    keys = pd.MultiIndex.from_product([columns, [own.code for own in indicators()]])
    names = [f"{code}.{columns[slot_id]}" for slot_id, code in keys]
    at = _Figures(batch).by_filing(keys)
    more = pd.DataFrame(batch.take(at), columns=names)
    by_name = dict(zip(names, at.T, strict=True))
    data = pd.concat([frame.data, more], axis=1)
    return Frame(data, frame.at | by_name, frame.known | by_name.keys())

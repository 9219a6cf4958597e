"""A form's figures as frames that rules can judge; every value keeps its figure's position.

`FormBatch` holds all figures of one form version in a batch. Its frames: `cells` (one row per
figure cell, described in expectations/common.yaml), one per table under the table's name (one
row per row of a filing, one column per form column), and `filing` (one row per filing, one column
per `item.column` of any table of fixed items). Beside them `coverage`, one row per filing that had
one before it (etl.check.earlier).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from etl.catalogue.definitions import load_forms
from etl.catalogue.forms import Form, Table
from etl.catalogue.kept_cells import kept
from etl.catalogue.slots import TOTAL_KINDS, Slot, slots
from etl.ground.records import Batch, State

Positions = NDArray[np.int64]
Floats = NDArray[np.float64]
NOWHERE = -1
_FIGURE_KEY = ["filing_id", "slot_id", "row_no"]
ROW_LIMIT = 1 << 21


@dataclass(frozen=True, slots=True)
class Frame:
    """Rows to judge.

    data: `row_id` (0, 1, ...), `filing_id` and the judged columns.
    at: per column, the position of each row's figure among the form's figures, or NOWHERE.
    known: every column that a rule may name, also those that `data` lacks in this batch.
    """

    data: pd.DataFrame
    at: dict[str, Positions]
    known: frozenset[str]


@dataclass(frozen=True, slots=True)
class Grid:
    """One table's figures: `at[row, column]` is a figure's position or NOWHERE.

    `filing[row]` is the row's filing, as an index into FormBatch.filing_ids; `row_no[row]` its
    sheet row; `item[row]` its item or line, as an index into the table's items. Rows are in order
    of filing and row_no.
    """

    table: Table
    columns: dict[str, int]
    at: Positions
    filing: Positions
    row_no: Positions
    item: Positions

    def column(self, name: str) -> Positions:
        """Positions of one column's figures, row by row."""
        return self.at[:, self.columns[name]]


class FormBatch:
    """All figures of one form version; positions count rows of `figures` from 0."""

    def __init__(self, form: Form, figures: pd.DataFrame, batch: Batch) -> None:
        self.form = form
        self.corrected = batch.corrected
        self.figures = figures.reset_index(drop=True)
        self._batch = batch
        self.slots = [s for s in slots() if (s.form, s.form_version) == (form.form, form.version)]
        self.slot_id: Positions = self.figures["slot_id"].to_numpy(np.int64)
        codes, ids = pd.factorize(self.figures["filing_id"])
        self.filing: Positions = codes.astype(np.int64)
        self.filing_ids: Positions = np.asarray(ids, np.int64)
        self.value: Floats = self.figures["value"].to_numpy(np.float64)
        self.grids = {name: self._grid(name) for name in form.tables}

    @cached_property
    def earlier(self) -> pd.DataFrame:
        """Batch.earlier of this form's figures, with their positions `at`."""
        if self._batch.earlier is None:
            return pd.DataFrame(columns=["role", "at", "value", "jump_pct", "source"])
        positions = self.figures[_FIGURE_KEY].assign(at=np.arange(len(self.figures)))
        return positions.merge(self._batch.earlier, on=_FIGURE_KEY)

    @cached_property
    def covered(self) -> pd.DataFrame:
        """Batch.covered of this form's filings."""
        if self._batch.covered is None:
            return pd.DataFrame(columns=["filing_id", "units", "units_before", "source"])
        own = self._batch.covered["filing_id"].isin(self.filing_ids)
        return self._batch.covered[own].reset_index(drop=True)

    @cached_property
    def unknown(self) -> NDArray[np.bool_]:
        """Cells whose figure is not known: unreadable, or blank where the form needs one."""
        state = self.figures["state"].to_numpy(object)
        needed = self.per_figure(lambda slot: slot.required)
        blank = (state == State.BLANK.value) & needed
        return np.asarray(blank | (state == State.UNREADABLE.value))

    def take(self, positions: Positions) -> Floats:
        """Values at the positions; NaN where there is no figure or no value."""
        found: Floats = self._or_none[positions]
        return found

    @cached_property
    def _or_none(self) -> Floats:
        """The values by position, and behind them what NOWHERE has."""
        return np.append(self.value, np.nan)

    def texts(self, column: str, missing: str | None) -> NDArray[np.object_]:
        """A column of the figures by position, and behind them what NOWHERE has."""
        return np.append(self.figures[column].to_numpy(object), np.array([missing], object))

    @cached_property
    def by_filing(self) -> tuple[list[Slot], Positions]:
        """Slots of fixed items, and `at[filing, slot]`: their figures' positions."""
        named = [
            s for s in self.slots
            if s.kind not in TOTAL_KINDS and self.form.tables[s.table].rows == "items"
        ]  # fmt: skip
        at = np.full((len(self.filing_ids), len(named)), NOWHERE, np.int64)
        number = self._numbers({slot.slot_id: c for c, slot in enumerate(named)})
        chosen = np.flatnonzero(number != NOWHERE)
        at[self.filing[chosen], number[chosen]] = chosen
        return named, at

    def table_frame(self, name: str) -> Frame:
        """One row per row of the table; figures as numbers, attributes as the form's codes.

        `row_item` is the row's fixed item or its unit's line; `first_year` and `last_year` are
        those that the filing is about, `years` the same in words; `NAME_rows`, of a column NAME
        that refers to other rows, how many these are.
        """
        grid = self.grids[name]
        data: dict[str, object] = {
            "filing_id": self.filing_ids[grid.filing],
            "row_item": self._row_items(grid),
            **{column: values[grid.filing] for column, values in self._years.items()},
        }
        data |= self._referred(grid)
        at = {column: grid.column(column) for column in grid.columns}
        for column, positions in at.items():
            if grid.table.columns[column].is_ == "figure":
                data[column] = self.take(positions)
            else:
                data[column] = pd.array(self.texts("code", None)[positions], dtype="str")
        known = {c for f in _versions(self.form) if name in f.tables
                 for c in kept(f.tables[name])}  # fmt: skip
        return _frame(data, at, frozenset(known | (set(data) - {"filing_id"})))

    def _referred(self, grid: Grid) -> dict[str, Floats]:
        """Per column that refers to other rows of the filing: how many have the number it names;
        NaN where it names none."""
        found = {}
        for name, column in grid.table.columns.items():
            if column.refers and column.refers in grid.columns:
                texts = self.texts("text", "")
                numbers, named = texts[grid.column(column.refers)], texts[grid.column(name)]
                rows = Counter(zip(grid.filing, numbers, strict=True))
                found[f"{name}_rows"] = np.array(
                    [
                        rows[filing, other] - (other == own) if other else np.nan
                        for filing, own, other in zip(grid.filing, numbers, named, strict=True)
                    ],
                    np.float64,
                )
        return found

    @cached_property
    def filings(self) -> pd.DataFrame:
        """What each filing says it is (Recognised), in the order of filing_ids."""
        filings = self._batch.filings.drop_duplicates("filing_id").set_index("filing_id")
        return filings.loc[self.filing_ids]

    @cached_property
    def _years(self) -> dict[str, NDArray[Any]]:
        """The years that each filing is about."""
        own = self.filings[["year", "last_year"]]
        first, last = (own[name].to_numpy(np.float64) for name in own)
        words = [
            str(int(a)) if a == b else f"{int(a)}–{int(b)}"
            for a, b in zip(first, last, strict=True)
        ]
        return {"first_year": first, "last_year": last, "years": np.array(words, object)}

    def _row_items(self, grid: Grid) -> object:
        items = np.array([None, *(slot.item for slot in slots())], object)
        return pd.array(items[self.slot_id[grid.at.max(axis=1)]], dtype="str")

    def filing_frame(self) -> Frame:
        """One row per filing; one column per `item.column` of the tables of fixed items."""
        named, grid = self.by_filing
        at = {f"{slot.item}.{slot.column}": grid[:, c] for c, slot in enumerate(named)}
        data: dict[str, object] = {"filing_id": self.filing_ids}
        data |= {name: self.take(positions) for name, positions in at.items()}
        known = {
            f"{item}.{column}"
            for form in _versions(self.form)
            for table in form.tables.values()
            if table.rows == "items"
            for item in table.items
            for column in kept(table)
        }
        return _frame(data, at, frozenset(known))

    def _grid(self, name: str) -> Grid:
        """The table's rows in order of filing and row; rows that sum up others are left out."""
        table = self.form.tables[name]
        columns = {column: number for number, column in enumerate(kept(table))}
        own = [s for s in self.slots if s.table == name and s.kind not in TOTAL_KINDS]
        number = self._numbers({s.slot_id: columns[s.column] for s in own})
        items = self._numbers({s.slot_id: item_index(table, s.item) for s in own})
        chosen = np.flatnonzero(number != NOWHERE)
        row_no = self.figures["row_no"].to_numpy(np.int64)[chosen]
        keys, row = np.unique(self.filing[chosen] * ROW_LIMIT + row_no, return_inverse=True)
        at = np.full((len(keys), len(columns)), NOWHERE, np.int64)
        at[row, number[chosen]] = chosen
        item = np.zeros(len(keys), np.int64)
        item[row] = items[chosen]
        return Grid(table, columns, at, keys // ROW_LIMIT, keys % ROW_LIMIT, item)

    def _numbers(self, of_slot: dict[int, int]) -> Positions:
        """Per figure, the number given to its slot; NOWHERE for slots not named."""
        lookup = np.full(len(slots()) + 1, NOWHERE, np.int64)
        lookup[list(of_slot)] = list(of_slot.values())
        return lookup[self.slot_id]

    def per_figure(self, ask: Callable[[Slot], bool]) -> NDArray[np.bool_]:
        """Per figure, the answer for its slot."""
        answers = self._numbers({slot.slot_id: int(ask(slot)) for slot in self.slots})
        return np.asarray(answers == 1)


def item_index(table: Table, item: str | None) -> int:
    """An item or line as an index into the table's items; 0 where rows have none."""
    return list(table.items).index(item) if item is not None else 0


def split(batch: Batch) -> Iterator[FormBatch]:
    """The batch by form version; versions without figures do not appear."""
    forms = list(load_forms().values())
    number = {(form.form, form.version): n for n, form in enumerate(forms)}
    of_slot = np.array([NOWHERE] + [number[s.form, s.form_version] for s in slots()])
    of_figure = of_slot[batch.figures["slot_id"].to_numpy(np.int64)]
    for n in np.unique(of_figure):
        yield FormBatch(forms[n], batch.figures[of_figure == n], batch)


def _versions(form: Form) -> list[Form]:
    return [other for other in load_forms().values() if other.form == form.form]


def _frame(data: dict[str, object], at: dict[str, Positions], known: frozenset[str]) -> Frame:
    """A frame with its row_id; columns of another version of the form are there, but empty."""
    frame = pd.DataFrame(data | dict.fromkeys(known - set(data), np.nan))
    frame.insert(0, "row_id", np.arange(len(frame)))
    return Frame(frame, at, known)

"""From offending rows to findings: only these rows are looked up, good ones cost nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Context, Decimal
from functools import cache, cached_property
from string import ascii_uppercase

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from etl.catalogue.frame_columns import CELLS, COVERAGE
from etl.catalogue.rules import Rule, fill
from etl.catalogue.slots import TOTAL_KINDS, Slot
from etl.catalogue.units_of_measure import of_kind, whole_units
from etl.check.frames import NOWHERE, Floats, FormBatch, Frame, Positions
from etl.ground import numerals
from etl.ground.records import Finding
from etl.units.event_file import pair_of
from etl.units.history import Versions, by_code
from etl.units.index import load_units

_WIDE = Context(prec=330)  # a quotient of figures may be as large as a float can be
_YEARS = ("target_from", "target_to")
_NOISE = Decimal("0.000001")  # what binary sums leave behind must not turn a half down


class Reporter:
    """Makes findings of rows of one form's frames."""

    def __init__(self, batch: FormBatch, filings: pd.DataFrame) -> None:
        self._batch = batch
        self._slots = {slot.slot_id: slot for slot in batch.slots}
        self._filings = filings

    def findings(
        self, rule: Rule, frame: Frame, data: pd.DataFrame, rows: list[int]
    ) -> Iterator[Finding]:
        """One finding a row; `data` is the frame as judged, with its computed columns."""
        named = [n for n in rule.placeholders & set(data) if data[n].dtype == np.float64]
        numbers = {name: data[name].to_numpy(np.float64) for name in named}
        words = rule.placeholders & (set(data) - set(named) - set(frame.at))
        sources = {name: data[name].to_numpy(object) for name in words}
        for row in rows:
            texts = {name: str(source[row]) for name, source in sources.items()}
            if rule.frame == COVERAGE:
                yield _on_filing(rule, int(data["filing_id"].iloc[row]), numbers, texts, row)
            else:
                yield self._finding(rule, frame, numbers, texts, row)

    def _finding(
        self, rule: Rule, frame: Frame, numbers: dict[str, Floats], texts: dict[str, str], row: int
    ) -> Finding:
        at = _marked(rule, frame, row)
        slot = self._slots[int(self._batch.slot_id[at])]
        known = {"row": self._row_label(slot, at), "column": self._header(slot, at)}
        known["seen"] = self._written(at)
        known[self._batch.form.tables[slot.table].key_column] = known["row"]
        if rule.frame == CELLS and "formula" in rule.placeholders:
            known["formula"] = self._formula(slot, at)
        known |= {
            name: vietnamese(number[row], slot.unit_of_measure) for name, number in numbers.items()
        }
        known |= texts | self._filed(rule, frame, row)
        params = tuple((n, known[n]) for n in sorted(rule.placeholders & set(known)))
        seen = self._text("text", at)
        expected = fill(rule.expected, known)
        sheet, cell = self._text("sheet", at), self._text("cell", at)
        return Finding(self._filing_id(at), rule.rule, sheet, cell, seen, expected, params)

    def _filed(self, rule: Rule, frame: Frame, row: int) -> dict[str, str]:
        """NAME as counted and NAME_cell, its address, of the columns that the sentences name."""
        known = {}
        for name, positions in frame.at.items():
            if positions[row] != NOWHERE and {name, f"{name}_cell"} & rule.placeholders:
                known[name] = self._counted(int(positions[row]))
                known[f"{name}_cell"] = self._text("cell", int(positions[row]))
        return known

    def _counted(self, at: int) -> str:
        """The figure as filed; of a cell that the province corrected, the number that counts."""
        where = (self._filing_id(at), self._text("sheet", at), self._text("cell", at))
        if where not in self._batch.corrected:
            return self._written(at)
        slot = self._slots[int(self._batch.slot_id[at])]
        return vietnamese(float(self._batch.value[at]), slot.unit_of_measure)

    def _written(self, at: int) -> str:
        """The figure as it stands in a sentence: as filed, a bare number with its groups."""
        slot = self._slots[int(self._batch.slot_id[at])]
        is_number = slot.unit_of_measure is not None and slot.kind not in _YEARS
        text = self._text("text", at)
        return numerals.grouped(text) if is_number else text

    def _text(self, column: str, at: int) -> str:
        return str(self._texts[column][at])

    @cached_property
    def _texts(self) -> dict[str, NDArray[np.object_]]:
        names = ("text", "sheet", "cell", "subject")
        return {name: self._batch.figures[name].to_numpy(object) for name in names}

    @cached_property
    def _about(self) -> dict[int, tuple[int, date]]:
        """Year, and day of the units, of each filing."""
        columns = (self._filings[name] for name in ("filing_id", "year", "units_on"))
        return {filing_id: (year, on) for filing_id, year, on in zip(*columns, strict=True)}

    def _filing_id(self, at: int) -> int:
        return int(self._batch.filing_ids[self._batch.filing[at]])

    def _header(self, slot: Slot, at: int) -> str:
        """The column's header on the form: "Kinh phí được giao / Cộng"."""
        column = self._batch.form.tables[slot.table].columns[slot.column]
        header = " / ".join((*column.headings, column.header[0]))
        year, _on = self._about[self._filing_id(at)]
        return header.replace("{year}", str(year))

    def _row_label(self, slot: Slot, at: int) -> str:
        """The unit's name, the item's first label, or the row's number on the sheet."""
        table = self._batch.form.tables[slot.table]
        if slot.kind == "group" and table.rows == "items":
            return table.groups[slot.item or ""].labels[0]
        line = f" – {table.items[slot.item].labels[0]}" if table.line_column and slot.item else ""
        if slot.kind in TOTAL_KINDS:
            return (table.total_labels[0] if slot.kind == "total" else "dòng cộng") + line
        if slot.item is not None and not line:
            return table.items[slot.item].labels[0]
        if table.unit_level is None:
            cell = self._text("cell", at).partition(",")[0]
            return f"dòng {cell.removeprefix('hàng ').lstrip(ascii_uppercase)}"
        _year, on = self._about[self._filing_id(at)]
        on_day = pd.Timestamp(on).date()
        subject = self._text("subject", at)
        return unit_name(pair_of(subject)[0], subject, on_day) + line

    def _formula(self, slot: Slot, at: int) -> str:
        """How the figure follows from its row: "100 × 108 / 1.337", "15 + 4"."""
        grid = self._batch.grids[slot.table]
        column = grid.table.columns[slot.column]
        row = grid.at[self._row_of[slot.table][at]]

        def counted(name: str) -> str:
            position = int(row[grid.columns[name]])
            return (self._counted(position) if position != NOWHERE else "") or "0"

        if column.ratio is None:
            return " + ".join(counted(part) for part in column.parts)
        return f"100 × {column.ratio.above(counted)} / {counted(column.ratio.denominator)}"

    @cached_property
    def _row_of(self) -> dict[str, Positions]:
        """Per table, the grid row of each figure."""
        found = {}
        for name, grid in self._batch.grids.items():
            found[name] = np.full(len(self._batch.slot_id) + 1, NOWHERE, np.int64)
            found[name][grid.at] = np.arange(len(grid.at))[:, None]
        return found


def _on_filing(
    rule: Rule, filing_id: int, numbers: dict[str, Floats], texts: dict[str, str], row: int
) -> Finding:
    """A finding on a filing as a whole: it marks no cell."""
    known = texts | {name: vietnamese(number[row], None) for name, number in numbers.items()}
    return Finding(filing_id, rule.rule, params=tuple(sorted(known.items())))


def _marked(rule: Rule, frame: Frame, row: int) -> int:
    """Position of the figure to mark: the rule's `cell`, else what it judges, else any."""
    wanted = [rule.cell, *sorted(rule.columns), *frame.at]
    places = (int(frame.at[name][row]) for name in wanted if name in frame.at)
    return next(at for at in places if at != NOWHERE)


def vietnamese(value: float, unit: str | None) -> str:
    """A number in Vietnamese notation: 1.337 households, 8,08 %, 5.544,61 million VND.

    Counts have no decimals, rates and money two, others up to two; rounded half-up. NaN is "".
    """
    if np.isnan(value):
        return ""
    if np.isinf(value):
        return "∞" if value > 0 else "−∞"
    exact = Decimal(str(float(value))).quantize(_NOISE, context=_WIDE)
    if unit in whole_units():
        return numerals.shown(exact, 0)
    return numerals.money(exact) if unit in of_kind("share", "money") else numerals.brief(exact)


@cache
def _versions() -> Versions:
    return by_code(load_units().units)


def unit_name(level: str, code: str, on: date) -> str:
    """Full name of the unit that carried the code on the day; the code where none did."""
    versions = _versions().get((level, code), ())
    return next((unit.full_name for unit in versions if unit.is_on(on)), code)

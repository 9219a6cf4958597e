"""Where everything on a blank form stands, and what each of its cells is; nothing is drawn here.

What a cell is follows from the form alone: a figure that other cells give is a formula, one that
the form gives no meaning to is closed, the rest is for the filer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from etl.blank.formulas import Formula, Place, rate, same, total
from etl.blank.rows import Filing, Row, table_rows
from etl.catalogue.forms import Column, Table
from etl.catalogue.indicators import rates
from etl.catalogue.slots import TOTAL_KINDS, Slot, is_filled, slots

HEADER_ROW = 9
_FEWEST_NUMBERED = 3  # a numbering row is known by more than two cells
Closing = Mapping[tuple[str, str], Decimal]
Typed = Mapping[tuple[str | None, int], Decimal]  # by code of the row's unit, and slot
Firsts = Mapping[tuple[str | None, ...], Place]


class Input(NamedTuple):
    """A cell for the filer to fill in; `given` is what stands in it already."""

    slot: Slot
    given: Decimal | None = None


Content = Formula | Input


@dataclass(frozen=True)
class TablePlan:
    """One table on its sheet; rows and columns 0-based."""

    sheet: str
    table: Table
    slots: Mapping[tuple[str | None, str], Slot]

    @cached_property
    def columns(self) -> dict[str, int]:
        """Where each column stands, in the order of the form."""
        return {name: place for place, name in enumerate(self.table.columns)}

    @property
    def header_rows(self) -> int:
        """One, and one for each heading above the column that has most of them."""
        return 1 + max(len(column.headings) for column in self.table.columns.values())

    @property
    def numbering_row(self) -> int | None:
        """The row "A, B, 1, 2=1/3*100"; None where it could not be told from a row of figures."""
        return HEADER_ROW + self.header_rows if len(self.columns) >= _FEWEST_NUMBERED else None

    @property
    def first_row(self) -> int:
        """The first row below the header."""
        return HEADER_ROW + self.header_rows + (self.numbering_row is not None)

    def is_filled(self, item: str | None, name: str) -> bool:
        """Whether the form gives the cell of an item in a column a meaning."""
        slot = self.slots.get((item, name))
        return slot is not None and is_filled(self.table, slot)

    def place(self, row: Row, name: str) -> Place:
        """The cell of a row in a column."""
        return Place(self.sheet, row.number, self.columns[name])

    def summed(self, row: Row, name: str) -> Formula | None:
        """The cell of a total or subtotal."""
        column = self.table.columns[name]
        if row.item and not self.is_filled(row.item, name):
            return None
        if column.total == "sum":
            return total([Place(self.sheet, number, self.columns[name]) for number in row.sums])
        return self.rate(row, column) if column.total == "ratio" else None

    def rate(self, row: Row, column: Column) -> Formula | None:
        """The rate of a row's own counts, where the column is one."""
        if column.ratio is None:
            return None
        ratio = column.ratio
        names = (ratio.numerator, ratio.denominator, ratio.plus, ratio.minus)
        numerator, denominator, plus, minus = (self.place(row, n) if n else None for n in names)
        return rate(numerator, denominator, plus, minus) if numerator and denominator else None


class Plan:
    """All tables of a filing, and what each cell of theirs is; cells not in `cells` are closed."""

    def __init__(self, filing: Filing, closing: Closing, typed: Typed | None = None) -> None:
        self.filing = filing
        self.closing = closing
        self.typed = typed or {}
        self.tables = [_table_plan(filing, name) for name in filing.form.tables]
        self.rows = {
            plan.sheet: table_rows(filing, plan.table, plan.first_row) for plan in self.tables
        }
        filled = list(self._filled())
        firsts = {
            _meaning(row, slot): plan.place(row, slot.column)
            for plan, row, slot in filled
            if not slot.repeat
        }
        self.cells: dict[Place, Content] = {
            plan.place(row, slot.column): self._cell(plan, row, slot, firsts)
            for plan, row, slot in filled
        }
        for plan in self.tables:
            self.cells.update(self._sums(plan))

    @property
    def given(self) -> int:
        """How many cells are filled in beforehand."""
        return sum(isinstance(c, Input) and c.given is not None for c in self.cells.values())

    @property
    def unopened(self) -> list[str]:
        """The indicators of the figures of the start of the year that are yet to be filled in."""
        inputs = (cell for cell in self.cells.values() if isinstance(cell, Input))
        return [c.slot.code or "" for c in inputs if c.slot.is_opening and c.given is None]

    @property
    def opening_units(self) -> list[str]:
        """Codes of the units whose figures of the start of the year the form asks for."""
        asked = {
            row.subject or self.filing.unit.code
            for plan, row, slot in self._filled()
            if slot.is_opening and isinstance(self.cells[plan.place(row, slot.column)], Input)
        }
        return sorted(asked)

    @property
    def asked(self) -> list[tuple[str | None, Slot]]:
        """The figures that are to be filled in: the code of the row's unit, and the slot."""
        return [
            (row.subject, slot)
            for plan, row, slot in self._filled()
            if isinstance(self.cells[plan.place(row, slot.column)], Input)
            and plan.table.columns[slot.column].is_ == "figure"
        ]

    def value_at(self, place: Place) -> Decimal | None:
        """What a cell shows before anybody fills in anything."""
        cell = self.cells.get(place)
        if isinstance(cell, Formula):
            return cell.result(self.value_at)
        return cell.given if cell else None

    def _filled(self) -> Iterator[tuple[TablePlan, Row, Slot]]:
        for plan in self.tables:
            for row in self.rows[plan.sheet]:
                for name in plan.columns:
                    if row.kind == "data" and plan.is_filled(row.item, name):
                        yield plan, row, plan.slots[row.item, name]

    def _sums(self, plan: TablePlan) -> Iterator[tuple[Place, Formula]]:
        for row in self.rows[plan.sheet]:
            for name in plan.columns:
                formula = plan.summed(row, name) if row.kind != "data" else None
                if formula:
                    yield plan.place(row, name), formula

    def _cell(self, plan: TablePlan, row: Row, slot: Slot, firsts: Firsts) -> Content:
        column = plan.table.columns[slot.column]
        if slot.repeat:
            return same(firsts[_meaning(row, slot)], plan.sheet)
        if column.parts:
            return total([plan.place(row, part) for part in column.parts])
        computed = plan.rate(row, column) or self._defined_rate(plan, row, slot, firsts)
        typed = self.typed.get((row.subject, slot.slot_id))
        return computed or Input(slot, self._closed_at(row, slot) if typed is None else typed)

    def _defined_rate(
        self, plan: TablePlan, row: Row, slot: Slot, firsts: Firsts
    ) -> Formula | None:
        """A rate by the definition of its indicator, where both counts stand on the same sheet."""
        codes = rates().get(slot.code or "", ())
        measure = slot.measure or self.filing.form.measure
        counts = [slot._replace(code=code, measure=measure) for code in codes]
        places = [firsts.get(_meaning(row, count)) for count in counts]
        found = [place for place in places if place and place.sheet == plan.sheet]
        return rate(found[0], found[1]) if len(found) == 2 else None

    def _closed_at(self, row: Row, slot: Slot) -> Decimal | None:
        """Last year's closing figure, for a cell that holds this year's opening one."""
        if not slot.is_opening:
            return None
        return self.closing.get((row.subject or self.filing.unit.code, slot.code or ""))


def _meaning(row: Row, slot: Slot) -> tuple[str | None, ...]:
    """What two cells share that must hold the same figure."""
    return (row.subject, slot.code, slot.measure, slot.period, slot.basis)


def _table_plan(filing: Filing, name: str) -> TablePlan:
    form, table = filing.form, filing.form.tables[name]
    own = {
        (slot.item, slot.column): slot
        for slot in slots()
        if (slot.form, slot.form_version, slot.table) == (form.form, form.version, name)
        and slot.kind not in TOTAL_KINDS
    }
    sheet = "".join(c if c not in "[]:*?/\\'" else " " for c in table.title)[:31].strip()
    return TablePlan(sheet, table, own)

"""The slots of all forms: every place on a form that holds something, numbered."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import count
from pathlib import Path
from typing import NamedTuple

from etl.catalogue.definitions import load_forms
from etl.catalogue.forms import TEXT, YES_NO, Form, ItemCell, Table
from etl.catalogue.funds import fund_line, telling
from etl.catalogue.indicators import programme_of
from etl.catalogue.kept_cells import FACTS_IN_WORDS, holds_something
from etl.ground.config import FORMS_DIR

TOTAL_KINDS = frozenset({"total", "group"})
TEXT_KINDS = FACTS_IN_WORDS | {"attribute"}


class Slot(NamedTuple):
    """What one place on a form holds (a row of stg.slot; keys the figures of all rooms).

    kind: a column's `fact`, or attribute (words; also the number of a statement), or a sum of
    rows: total (of the table), group (of some of its rows). `item` is the row's item, its unit's
    line, or the group of items that it sums. The total of what is assigned is a target of the
    filer's own document (basis assigned_total).
    `code` is the indicator or the project line, None where each row says which (Table.by_code) or
    the amount is of the whole programme; of an attribute what it says. Of an amount, code, `source`
    and `nature` are funds.IN_ROW where the words of its row say them;
    `unit` as in the form; `period` a code of catalogue.periods, or None for the filing's own:
    that itself where `figures` are of_period, else the one from 1 January to its end.
    `year_offset` is added to the filing's year.
    """

    slot_id: int
    form: str
    form_version: str
    table: str
    item: str | None
    column: str
    kind: str
    code: str | None = None
    source: str | None = None
    stage: str | None = None
    measure: str | None = None
    period: str | None = None
    basis: str | None = None
    unit_of_measure: str | None = None
    required: bool = False
    repeat: bool = False
    figures: str = "since_start"
    year_offset: int = 0
    programme_code: str | None = None
    nature: str | None = None

    @property
    def is_opening(self) -> bool:
        """Whether a blank form has it from last year's closing figure."""
        is_baseline = (self.kind, self.measure, self.period) == ("indicator", "baseline", "OPEN")
        return is_baseline and not self.year_offset and self.code is not None


def _slots_of(form: Form, numbers: Iterator[int]) -> Iterator[Slot]:
    """Every slot of a form: of each column that holds something one per item, then its sums."""
    for table_name, table in form.tables.items():
        for name, column in table.columns.items():
            if not holds_something(table, column):
                continue
            for item in table.items or (None,):
                yield _row_slot(next(numbers), form, table_name, item, name)
            if column.is_ == "figure":
                for kind, item in _sums(table):
                    yield _sum_slot(next(numbers), form, table_name, item, name, kind)


def _sums(table: Table) -> Iterator[tuple[str, str | None]]:
    """Kind and item of the sums of a column: its total and subtotals, one per line, or one per
    group of items."""
    if not table.total_labels and not table.groups:
        return
    yield from (("total", line) for line in table.lines)
    if table.rows == "units":
        yield from (("group", line) for line in table.lines)
    elif table.rows == "items":
        yield from (("group", group) for group in table.groups)


def _sum_slot(
    slot_id: int, form: Form, table_name: str, item: str | None, name: str, kind: str
) -> Slot:
    table = form.tables[table_name]
    column = table.columns[name]
    unit = _unit_of(table, item if table.line_column else None, name)
    slot = Slot(
        slot_id=slot_id,
        form=form.form,
        form_version=form.version,
        table=table_name,
        item=item,
        column=name,
        kind=kind,
        # the sum of answers is a number
        unit_of_measure=None if unit == YES_NO else unit,
    )
    if (kind, column.fact, column.basis) != ("total", "target", "assigned") or not column.total:
        return slot
    return slot._replace(code=column.indicator, measure=column.measure, period=column.period,
                         basis="assigned_total")  # fmt: skip


def _cell_of(table: Table, item: str | None, name: str) -> ItemCell | None:
    return table.items[item].cells.get(name) if item is not None else None


def _unit_of(table: Table, item: str | None, name: str) -> str | None:
    cell = _cell_of(table, item, name)
    return cell.unit if cell and cell.unit else table.columns[name].unit


def _row_slot(slot_id: int, form: Form, table_name: str, item: str | None, name: str) -> Slot:
    table = form.tables[table_name]
    column, cell = table.columns[name], _cell_of(table, item, name)
    kind, code = _meaning(table, name, cell, item)
    line = fund_line(table, column, item) if kind == "fund" else None
    is_telling = name in telling(table).values()
    is_asked = not table.items or cell is not None or kind == "fund" or is_telling
    return Slot(
        slot_id=slot_id,
        form=form.form,
        form_version=form.version,
        table=table_name,
        item=item,
        column=name,
        kind=kind,
        code=code,
        source=line.source if line else None,
        stage=column.stage,
        measure=column.measure or (form.measure if kind == "indicator" else None),
        period=column.period or ("Y" if column.is_of_whole_year else None),
        basis=column.basis,
        unit_of_measure=_unit_of(table, item, name),
        required=column.required and is_asked,
        repeat=cell is not None and cell.repeat,
        figures=column.figures or form.figures or "since_start",
        year_offset=column.years_on,
        programme_code=programme_of(form),
        nature=line.nature if line else None,
    )


def _meaning(
    table: Table, name: str, cell: ItemCell | None, item: str | None
) -> tuple[str, str | None]:
    """Kind and code of what a cell of the rows holds. A figure of no indicator is for checks."""
    column = table.columns[name]
    if column.fact == TEXT:
        return TEXT, column.says or name
    if column.is_ != "figure":
        kind = column.fact if column.fact in FACTS_IN_WORDS else "attribute"
        return kind, cell.indicator if cell else column.indicator or column.says
    if column.fact == "fund":
        return "fund", fund_line(table, column, item).project
    code = cell.indicator if cell else column.indicator or column.says
    if column.fact in ("indicator", "target") and code is None and not table.by_code:
        return "check", None
    return column.fact, code


def is_counted(slot: Slot) -> bool:
    """Whether what stands in it is a fact of its own: no sum, check or repetition."""
    is_fact = slot.kind in FACTS_IN_WORDS | {"indicator", "fund", "target"}
    return slot.basis == "assigned_total" or (is_fact and not slot.repeat)


def is_filled(table: Table, slot: Slot) -> bool:
    """Whether the form gives the slot's cell a meaning: its item names the column, or all that
    its sum or rate is made of."""
    cells = table.items[slot.item].cells if slot.item in table.items else {}
    return slot.kind != "check" or not cells or _follows(table, slot.column, frozenset(cells))


def _follows(table: Table, name: str, cells: frozenset[str]) -> bool:
    """Whether a column is one of a row's own, or a sum or rate of such."""
    column = table.columns[name]
    counts = column.ratio.counts if column.ratio else column.parts
    return name in cells or (bool(counts) and all(_follows(table, c, cells) for c in counts))


@lru_cache(maxsize=4)
def slots(folder: Path = FORMS_DIR) -> tuple[Slot, ...]:
    """Every slot of every form; `slot_id` counts from 1 in file order."""
    numbers = count(1)
    return tuple(s for form in load_forms(folder).values() for s in _slots_of(form, numbers))


@cache
def by_id() -> dict[int, Slot]:
    """All slots by their number."""
    return {slot.slot_id: slot for slot in slots()}

"""The slots of all forms: every place on a form that holds something, numbered."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from etl.catalogue.forms import Column, Form, Table, load_forms
from etl.ground.config import FORMS_DIR

TOTAL_KINDS = frozenset({"total", "group"})


class Slot(NamedTuple):
    """What one place on a form holds (a row of stg.slot; keys the figures of all rooms).

    kind: a column's `fact`, or attribute (words; also the number of a statement), or a sum of
    rows: total (of the table), group (of some of its rows). `item` is the row's item, its unit's
    line, or the group of items that it sums.
    `code` is the indicator or the project line, None where each row says which (Table.by_code); of
    an attribute what it says;
    `unit` as in the form; `period` OPEN, H1, Y, or None for the filing's own.
    """

    slot_id: int
    form: str
    form_version: str
    table: str
    item: str | None
    column: str
    kind: str
    code: str | None
    source: str | None
    stage: str | None
    measure: str | None
    period: str | None
    basis: str | None
    unit: str | None
    required: bool
    repeat: bool


def _slot_rows(form: Form) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for table_name, table in form.tables.items():
        items: list[str | None] = [*table.items] or [None]
        for column_name, column in table.columns.items():
            if not holds_something(table, column):
                continue
            for item in items:
                rows.append(_slot_row(form, table_name, item, column_name))
            if (table.total_labels or table.groups) and column.is_ == "figure":
                rows.extend(_sum_rows(form, table_name, column_name))
    return rows


def holds_something(table: Table, column: Column) -> bool:
    """Whether a column's cells are kept: figures, words, and the numbers of statements, which
    other statements refer to."""
    is_number = column.is_ == "ordinal" and table.rows == "statements"
    return column.is_ in ("figure", "attribute") or is_number


def _sum_rows(form: Form, table_name: str, name: str) -> list[tuple[object, ...]]:
    """The slots of a column's total and subtotals: one a line, or one a group of items."""
    table = form.tables[table_name]
    rows = [("total", line) for line in table.lines]
    if table.rows == "units":
        rows += [("group", line) for line in table.lines]
    elif table.rows == "items":
        rows += [("group", group) for group in table.groups]
    return [
        (form.form, form.version, table_name, item, name, kind)
        + (None,) * 6
        + (_unit_of(table, item if table.line_column else None, name), False, False)
        for kind, item in rows
    ]


def _unit_of(table: Table, item: str | None, name: str) -> str | None:
    cell = table.items[item].cells.get(name) if item is not None else None
    return cell.unit if cell and cell.unit else table.columns[name].unit


def _slot_row(form: Form, table_name: str, item: str | None, name: str) -> tuple[object, ...]:
    table = form.tables[table_name]
    column = table.columns[name]
    cell = table.items[item].cells.get(name) if item is not None else None
    kind: str = column.fact if column.is_ == "figure" else "attribute"
    code = cell.indicator if cell else column.indicator or column.says
    if kind == "fund":
        code = item
    if kind == "indicator" and code is None and not table.by_code:
        kind = "check"
    measure = column.measure or (form.measure if kind == "indicator" else None)
    return (
        *(form.form, form.version, table_name, item, name, kind, code, column.source),
        *(column.stage, measure, column.period, column.basis, _unit_of(table, item, name)),
        column.required if not table.items or cell or kind == "fund" else False,
        bool(cell and cell.repeat),
    )


def is_filled(table: Table, slot: Slot) -> bool:
    """Whether the form gives the slot's cell a meaning: its item names the column, or both
    counts of its rate."""
    cells = table.items[slot.item].cells if slot.item in table.items else {}
    if slot.kind != "check" or not cells:
        return True
    ratio = table.columns[slot.column].ratio
    return {ratio.numerator, ratio.denominator} <= set(cells) if ratio else slot.column in cells


@lru_cache(maxsize=4)
def slots(folder: Path = FORMS_DIR) -> tuple[Slot, ...]:
    """Every slot of every form; `slot_id` counts from 1 in file order."""
    rows = [row for form in load_forms(folder).values() for row in _slot_rows(form)]
    return tuple(Slot(number, *row) for number, row in enumerate(rows, start=1))  # type: ignore[arg-type]

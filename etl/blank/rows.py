"""The rows of a blank form's table: its items, its units in their blocks, or empty lines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from etl.catalogue.forms import Form, Group, Table
from etl.units.index import Unit, load_units

_ONES = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
Kind = Literal["data", "group", "total"]


class Filing(NamedTuple):
    """What a blank form is for: a form, its filer, the units above it (nearest first), when.

    `on` is the day whose units the filing is about; `last_year` the last one that it is about.
    """

    form: Form
    unit: Unit
    parents: tuple[Unit, ...]
    year: int
    period: str
    on: date
    last_year: int


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table; `number` is 0-based on the sheet.

    `label` stands in the key column over `span` rows ("" on the further lines of a unit). `item`
    is the row's item or its unit's line, `subject` the code of its unit; `sums` are the rows that
    a total or subtotal adds up.
    """

    number: int
    kind: Kind
    ordinal: str
    label: str
    span: int = 1
    item: str | None = None
    subject: str | None = None
    sums: tuple[int, ...] = ()


def table_rows(filing: Filing, table: Table, first: int) -> tuple[Row, ...]:
    """All rows of a table from sheet row `first` on, totals last."""
    if table.rows == "units":
        rows, summed = _unit_rows(filing, table, first)
    else:
        rows = _item_rows(table, first)
        summed = [row for row in rows if row.kind == "data"]
    if table.total_labels:
        label = table.total_labels[0]
        rows = [*rows, *_lines(table, first + len(rows), "total", "", label, sums=summed)]
    return tuple(rows)


def longest(labels: tuple[str, ...]) -> str:
    """The label that says most, of those that name one item and no year."""
    return max(labels, key=lambda label: ("{year}" not in label, len(label)))


def _item_rows(table: Table, first: int) -> list[Row]:
    """Fixed items, the subtotal of each group above its own; or empty rows for statements."""
    if not table.items:
        return [Row(first + n, "data", str(n + 1), "") for n in range(table.blank_rows)]
    heads = _heads(table)
    listed = [entry for item in table.items for entry in (*heads.get(item, ()), item)]
    places = {entry: first + n for n, entry in enumerate(listed)}
    rows = []
    for number, entry in enumerate(listed, start=first):
        if isinstance(entry, Group):
            added = tuple(places[item] for item in entry.items)
            rows.append(Row(number, "group", "", longest(entry.labels), sums=added))
        else:
            done = sum(row.kind == "data" for row in rows)
            label = longest(table.items[entry].labels)
            rows.append(Row(number, "data", str(done + 1), label, item=entry))
    return rows


def _heads(table: Table) -> dict[str, list[Group]]:
    """The groups whose items stand together, by the first of these, the widest first."""
    order = list(table.items)
    heads: dict[str, list[Group]] = {}
    for group in sorted(table.groups.values(), key=lambda group: -len(group.items)):
        places = sorted(map(order.index, group.items))
        if places and places == list(range(places[0], places[-1] + 1)):
            heads.setdefault(order[places[0]], []).append(group)
    return heads


def _unit_rows(filing: Filing, table: Table, first: int) -> tuple[list[Row], list[Row]]:
    """The rows of units, a subtotal above each block, and the rows that the total adds up."""
    rows: list[Row] = []
    summed: list[Row] = []
    number = blocks = 0
    for label, units in _blocks(filing, table):
        start = first + len(rows) + (len(table.lines) if label else 0)
        block: list[Row] = []
        for unit in units:
            number += 1
            at = start + len(block)
            block += _lines(table, at, "data", str(number), unit.full_name, subject=unit.code)
        head: list[Row] = []
        if label:
            blocks += 1
            roman = "X" * (blocks // 10) + _ONES[blocks % 10]  # up to XXXIX: no province has more
            head = _lines(table, first + len(rows), "group", roman, label, sums=block)
        rows += head + block
        summed += head or block
    return rows, summed


def _lines(
    table: Table,
    at: int,
    kind: Kind,
    ordinal: str,
    label: str,
    *,
    subject: str | None = None,
    sums: list[Row] | None = None,
) -> list[Row]:
    """The rows of one unit or sum, one a line; each adds up the rows of its own line."""
    rows = []
    for n, line in enumerate(table.lines):
        added = tuple(row.number for row in sums or () if line is None or row.item == line)
        first = n == 0
        rows.append(
            Row(
                *(at + n, kind, ordinal if first else "", label if first else ""),
                *(len(table.lines), line, subject, added),
            )
        )
    return rows


def _blocks(filing: Filing, table: Table) -> list[tuple[str, list[Unit]]]:
    """(subtotal's label or "", units) from top to bottom; units by code, as the National
    Statistics Office lists them. Units of no block come first, so that no subtotal covers them.
    """
    units = units_listed(filing, table)
    if filing.unit.level == "province" and _row_level(filing, table) == "commune":
        districts = _inside(filing, "district")
        blocks = [(d.full_name, [u for u in units if u.district_code == d.code]) for d in districts]
    else:
        groups = table.groups.values()
        blocks = [(g.labels[0], [u for u in units if u.unit_type in g.types]) for g in groups]
    placed = {unit.code for _label, inside in blocks for unit in inside}
    loose = [unit for unit in units if unit.code not in placed]
    return [(label, inside) for label, inside in [("", loose), *blocks] if inside]


def units_listed(filing: Filing, table: Table) -> list[Unit]:
    """The units inside the filer that have a row in the table."""
    level = _row_level(filing, table)
    return _inside(filing, level) if level else []


def _row_level(filing: Filing, table: Table) -> str | None:
    return load_units().row_level(table.unit_level, filing.unit, filing.on)


def _inside(filing: Filing, level: str) -> list[Unit]:
    found = load_units().inside(level, filing.unit.code, filing.on)
    return sorted(found, key=lambda unit: unit.code)

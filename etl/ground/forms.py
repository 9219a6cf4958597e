"""The shape of each form, read from etl/forms/*.yaml and checked against this schema.

A form is a set of tables; a table has columns found by their header text, and rows that are
units, fixed items (indicators, projects) or free statements. Every (table, item, column) that
holds something is a slot. Nothing else in the code knows what a form looks like.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from etl.ground.config import FORMS_DIR

Level = Literal["commune", "district", "province"]
Unit = Literal["household", "person", "pct", "pp", "million_vnd", "number"]
TOTAL_ITEM = "@total"


class _Spec(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Bilingual(_Spec):
    """A text in Vietnamese and English."""

    vi: str
    en: str


class Ratio(_Spec):
    """A printed rate that must equal `percent` x numerator / denominator of its own row.

    `minus` is taken from the numerator first (end rate = (poor - cut) / households).
    """

    numerator: str
    denominator: str
    minus: str | None = None
    tolerance: float = 0.01


class Column(_Spec):
    """One column. `is` says what its cells are; the rest what a figure in it means.

    `total` says how a total row's cell relates to the rows above: their sum, their ratio.
    """

    is_: Literal["ordinal", "unit", "item", "figure", "attribute", "note"] = Field(alias="is")
    header: tuple[str, ...]
    under: tuple[str, ...] = ()
    optional: bool = False
    required: bool = False
    unit: Unit | None = None
    fact: Literal["indicator", "target", "target_high", "fund", "check"] = "check"
    indicator: str | None = None
    measure: Literal["baseline", "target", "actual"] | None = None
    period: Literal["OPEN", "H1", "Y"] | None = None
    basis: Literal["assigned", "registered"] | None = None
    source: str | None = None
    stage: Literal["need", "plan", "allocated", "disbursed"] | None = None
    ratio: Ratio | None = None
    parts: tuple[str, ...] = ()
    total: Literal["sum", "ratio"] | None = None
    values: dict[str, tuple[str, ...]] | None = None
    codes: Literal["indicator"] | None = None


class Cell(_Spec):
    """What one column of one item holds, overriding the column: {numerator: {indicator: ...}}."""

    indicator: str
    unit: Unit | None = None
    repeat: bool = False


class Item(_Spec):
    """A fixed row: the labels that name it, and per column the indicator that it holds."""

    labels: tuple[str, ...]
    cells: dict[str, Cell] = {}


class Table(_Spec):
    """One table of a form; `title` is what filers call it, `rows` what its rows are."""

    title: str
    rows: Literal["units", "items", "statements"]
    key_column: str
    unit_level: Level | None = None
    total_labels: tuple[str, ...] = ()
    columns: dict[str, Column]
    items: dict[str, Item] = {}

    @model_validator(mode="after")
    def _consistent(self) -> Table:
        if self.key_column not in self.columns:
            raise ValueError(f"key_column {self.key_column!r} is not one of the columns")
        for item, spec in self.items.items():
            unknown = set(spec.cells) - set(self.columns)
            if unknown:
                raise ValueError(f"item {item!r} fills unknown columns {sorted(unknown)}")
        for name, column in self.columns.items():
            named = {*column.parts, *_ratio_columns(column)}
            if named - set(self.columns):
                raise ValueError(f"column {name!r} refers to {sorted(named - set(self.columns))}")
        return self


def _ratio_columns(column: Column) -> set[str]:
    ratio = column.ratio
    return (
        set()
        if ratio is None
        else {ratio.numerator, ratio.denominator} | ({ratio.minus} if ratio.minus else set())
    )


class Valid(_Spec):
    """The reporting years a form version is for, both ends included."""

    from_: int = Field(alias="from")
    to: int


class Form(_Spec):
    """One form version (one YAML file).

    `titles` are patterns over the title block; {year} stands for the reporting year. `period`
    maps a period code to words of the title that name it; a form with one period needs none.
    `units_on` says which day's units the filing is about: a plan those of the start of its
    year, a report those of the end of its period.
    """

    form: str
    version: str
    title: Bilingual
    filer: Level
    valid: Valid
    units_on: Literal["start", "end"] = "end"
    titles: tuple[str, ...]
    periods: dict[Literal["H1", "Y"], tuple[str, ...]]
    tables: dict[str, Table]

    def __hash__(self) -> int:
        return hash((self.form, self.version))


class Slot(NamedTuple):
    """What one place on a form holds (a row of stg.slot; keys the figures of all rooms).

    kind: indicator | target | target_high | fund | check | attribute | total. `code` is the
    indicator or the project line; `unit` as in the form; `period` OPEN, H1, Y, or None for the
    filing's own.
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
        items: list[str | None] = list(table.items) if table.rows == "items" else [None]
        for column_name, column in table.columns.items():
            if column.is_ not in ("figure", "attribute"):
                continue
            for item in items:
                rows.append(_slot_row(form, table_name, table, item, column_name, column))
            if table.total_labels and column.is_ == "figure":
                rows.append(
                    (form.form, form.version, table_name, TOTAL_ITEM, column_name, "total")
                    + (None,) * 6
                    + (column.unit, False, False)
                )
    return rows


def _slot_row(
    form: Form, table_name: str, table: Table, item: str | None, name: str, column: Column
) -> tuple[object, ...]:
    cell = table.items[item].cells.get(name) if item is not None else None
    kind: str = "attribute" if column.is_ == "attribute" else column.fact
    code = cell.indicator if cell else column.indicator
    if kind == "fund":
        code = item
    if kind == "indicator" and code is None:
        kind = "check"
    return (
        *(form.form, form.version, table_name, item, name, kind, code, column.source),
        *(column.stage, column.measure, column.period, column.basis),
        (cell.unit if cell and cell.unit else column.unit),
        column.required if not table.items or cell or kind == "fund" else False,
        bool(cell and cell.repeat),
    )


def load_form(path: Path) -> Form:
    """One form from its YAML file.

    A table's `items_from: NAME` takes its items from lists/NAME.yaml beside the forms.
    Raises pydantic.ValidationError naming the place where the file departs from the schema.
    """
    spec = yaml.safe_load(path.read_text(encoding="utf-8"))
    for table in spec.get("tables", {}).values():
        if name := table.pop("items_from", None):
            list_path = path.parent / "lists" / f"{name}.yaml"
            table["items"] = yaml.safe_load(list_path.read_text(encoding="utf-8"))
    return Form.model_validate(spec)


@lru_cache(maxsize=4)
def load_forms(folder: Path = FORMS_DIR) -> dict[tuple[str, str], Form]:
    """All forms, by (form, version), in the order of their file names."""
    forms = [load_form(path) for path in sorted(folder.glob("*.yaml"))]
    return {(form.form, form.version): form for form in forms}


@lru_cache(maxsize=4)
def slots(folder: Path = FORMS_DIR) -> tuple[Slot, ...]:
    """Every slot of every form; `slot_id` counts from 1 in file order."""
    rows = [row for form in load_forms(folder).values() for row in _slot_rows(form)]
    return tuple(Slot(number, *row) for number, row in enumerate(rows, start=1))  # type: ignore[arg-type]

"""The columns that a rule may name in each frame, told from the forms alone; the frames themselves
are the check room's (etl.check), and a test holds the two together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from etl.catalogue.forms import Form, Table
from etl.catalogue.indicators import indicator_names
from etl.catalogue.kept_cells import kept

CELLS = "cells"
FILING = "filing"
COVERAGE = "coverage"
EARLIER = ("closing", "reviewed", "former_standard", "year_before", "preliminary", "this_year",
           "held")  # fmt: skip
_KINDS = ("total", "parts", "ratio", "first", *EARLIER)
OF_CELLS = frozenset({"value", "share", "money", "unprinted", *_KINDS,
                      *(f"beyond_{kind}" for kind in _KINDS)})  # fmt: skip
_OF_CELLS_BY_CODE = {
    "indicator_name", "indicator_unit", "indicator_direction", "opened", "whole",
    "of_counts", "fall", "communes",
}  # fmt: skip
OF_COVERAGE = frozenset({"units", "units_before"})
_OF_ROWS = {"row_item", "first_year", "last_year", "years"}
_OF_ROWS_BY_CODE = {"indicator_unit", "indicator_measured", "same_code"}
ALWAYS = frozenset({"row_id", "filing_id"})  # which expressions may use too


def frame_columns(versions: Iterable[Form], frame: str) -> frozenset[str] | None:
    """The columns of a frame over all versions of a form; None where one has no such frame."""
    versions = list(versions)
    by_code = [t for form in versions for t in form.tables.values() if _is_by_code(t)]
    if frame == COVERAGE:
        return OF_COVERAGE
    if frame == CELLS:
        return frozenset(OF_CELLS | (_OF_CELLS_BY_CODE if by_code else set()))
    if frame == FILING:
        found = {name for form in versions for table in form.tables.values()
                 for name in _of_filing(table)}  # fmt: skip
        return frozenset(found)
    tables = [form.tables.get(frame) for form in versions]
    if not tables or None in tables:
        return None
    return frozenset(name for table in tables if table for name in _of_rows(table))


def frames(form: Form) -> list[str]:
    """The frames of a form."""
    return [CELLS, FILING, COVERAGE, *form.tables]


def _is_by_code(table: Table) -> bool:
    figures = (c for c in table.columns.values() if c.is_ == "figure")
    return table.by_code and any(c.fact == "indicator" for c in figures)


def _of_rows(table: Table) -> set[str]:
    referring = {f"{n}_rows" for n, c in table.columns.items() if c.refers in kept(table)}
    by_code = _OF_ROWS_BY_CODE if _is_by_code(table) else set()
    return {*kept(table), *referring, *_OF_ROWS, *by_code}


def _of_filing(table: Table) -> Iterator[str]:
    if table.rows == "items":
        yield from (f"{item}.{column}" for item in table.items for column in kept(table))
    if _is_by_code(table):
        figures = [n for n, c in table.columns.items() if c.is_ == "figure"
                   and c.fact == "indicator" and c.indicator is None]  # fmt: skip
        yield from (f"{code}.{name}" for code in indicator_names() for name in figures)

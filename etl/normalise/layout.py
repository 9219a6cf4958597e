"""Find a form's table on a sheet by the text of its header, wherever it stands.

Header rows are joined from top to bottom ("Kinh phí được giao / Cộng"); a column is known by
its last part, and by what stands above it where the form says `under`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from etl.ground.forms import Column, Form, Table, load_forms
from etl.ground.records import Sheet
from etl.ground.text import key

SCAN_ROWS = 60
MAX_HEADER_ROWS = 4
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_PARENTHESES = re.compile(r"\([^)]*\)")


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """Where the columns of one form table stand on one sheet; rows and columns 0-based."""

    form: Form
    table_name: str
    table: Table
    first_row: int
    last_row: int
    columns: tuple[tuple[str, int], ...]
    years: frozenset[int]
    missing: tuple[str, ...] = ()
    duplicate: tuple[tuple[str, int, int], ...] = ()
    seen: tuple[str, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Every column that must be there is, once."""
        return not self.missing and not self.duplicate


@lru_cache(maxsize=65536)
def header_key(text: str) -> str:
    """Key of a header cell: no year, no "(hộ)", one spelling."""
    return key(_YEAR.sub("{year}", _PARENTHESES.sub(" ", text)))


def find_layouts(sheet: Sheet) -> list[Layout]:
    """The tables of any form on this sheet, the better match first; empty if none is known."""
    best: dict[str, Layout] = {}
    rows = sheet.rows[:SCAN_ROWS]
    for first in range(len(rows)):
        if not any(_anchors().get(header_key(cell)) for cell in rows[first] if type(cell) is str):
            continue
        for last in range(first, min(first + MAX_HEADER_ROWS, len(rows))):
            block = tuple(tuple(row) for row in rows[first : last + 1])
            for layout in _match_block(block, _merges(sheet, first, last), first, last):
                name = layout.form.form
                if name not in best or _score(layout) > _score(best[name]):
                    best[name] = layout
            if any(layout.is_complete for layout in best.values()):
                return sorted(best.values(), key=_score, reverse=True)
    return sorted(best.values(), key=_score, reverse=True)


def _score(layout: Layout) -> tuple[int, int]:
    return (-len(layout.missing) - len(layout.duplicate), len(layout.columns))


def _merges(sheet: Sheet, first: int, last: int) -> tuple[tuple[int, int, int, int], ...] | None:
    """Merged ranges inside the header rows, relative to them; None: the format has none."""
    if sheet.merged is None:
        return None
    return tuple(
        (top - first, left, bottom - first, right)
        for (top, left), (bottom, right) in sheet.merged
        if first <= top <= last
    )


@lru_cache(maxsize=1)
def _anchors() -> dict[str, bool]:
    """Keys of all key columns' headers: a header starts only where one of them stands."""
    tables = [t for form in load_forms().values() for t in form.tables.values()]
    return {header_key(h): True for t in tables for h in t.columns[t.key_column].header}


@lru_cache(maxsize=4096)
def _match_block(
    block: tuple[tuple[object, ...], ...],
    merges: tuple[tuple[int, int, int, int], ...] | None,
    first: int,
    last: int,
) -> tuple[Layout, ...]:
    """Layouts of every form table that these header rows could be (at least half of it)."""
    paths = list(_paths(block, merges))
    years = frozenset(
        int(y) for row in block for cell in row if type(cell) is str for y in _YEAR.findall(cell)
    )
    found = []
    for form in load_forms().values():
        for name, table in form.tables.items():
            layout = _match_table(form, name, table, paths, (first, last), years)
            if layout:
                found.append(layout)
    return tuple(found)


def _paths(
    block: tuple[tuple[object, ...], ...], merges: tuple[tuple[int, int, int, int], ...] | None
) -> Iterator[tuple[str, ...]]:
    """Per column, the header texts above it from top to bottom (keys, without repeats)."""
    width = max(len(row) for row in block)
    grid = [[header_key(c) if type(c) is str else "" for c in row] for row in block]
    for row in grid:
        row.extend([""] * (width - len(row)))
    for top, left, bottom, right in merges or ():
        for r in range(top, min(bottom, len(grid) - 1) + 1):
            for c in range(left, min(right, width - 1) + 1):
                grid[r][c] = grid[top][left]
    if merges is None:
        _fill_right(grid, width)
    for c in range(width):
        yield tuple(dict.fromkeys(row[c] for row in grid if row[c]))


def _fill_right(grid: list[list[str]], width: int) -> None:
    """Without merge marks: a blank upper cell above a filled one belongs to its left neighbour."""
    for r in range(len(grid) - 1):
        for c in range(1, width):
            if not grid[r][c] and any(grid[below][c] for below in range(r + 1, len(grid))):
                grid[r][c] = grid[r][c - 1]


def _match_table(
    form: Form,
    name: str,
    table: Table,
    paths: list[tuple[str, ...]],
    span: tuple[int, int],
    years: frozenset[int],
) -> Layout | None:
    columns, duplicate, missing = [], [], []
    for column_name, column in table.columns.items():
        places = [c for c, path in enumerate(paths) if path and _names(column, path)]
        if len(places) == 1:
            columns.append((column_name, places[0]))
        elif places:
            duplicate.append((column_name, places[0], places[1]))
        elif not column.optional:
            missing.append(column_name)
    needed = sum(not c.optional for c in table.columns.values())
    if table.key_column not in dict(columns) or len(missing) * 2 > needed:
        return None
    seen = tuple(path[-1] for path in paths if path)
    return Layout(
        form, name, table, *span, tuple(columns), years, tuple(missing), tuple(duplicate), seen
    )


def _names(column: Column, path: tuple[str, ...]) -> bool:
    if path[-1] not in _keys(column.header):
        return False
    return not column.under or not _keys(column.under).isdisjoint(path[:-1])


@lru_cache(maxsize=1024)
def _keys(texts: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(header_key, texts))

"""Find a form's table on a sheet by the text of its header, wherever it stands.

Header rows are joined from top to bottom ("Kinh phí được giao / Cộng"); a column is known by
its last part, by the unit that it states ("(hộ)"), and by what stands above it: what the form
lists as `under` or `above`, or a word that says nothing ("Trong đó").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from etl.catalogue.definitions import load_forms
from etl.catalogue.forms import Column, Form, Table
from etl.catalogue.header_words import header_key, header_keys
from etl.catalogue.measures import fits
from etl.ground.records import Sheet
from etl.ground.text import key
from etl.normalise.header.headings import Heading, timeless, years_of

SCAN_ROWS, MAX_HEADER_ROWS, _MOST_TEXTS = 1000, 5, 1 << 16
_Block = tuple[tuple[object, ...], ...]
_Range = tuple[int, int, int, int]  # top, left, bottom, right
_NEUTRAL = frozenset(map(key, ("Trong đó", "Chia ra", "Bao gồm", "Gồm", "Số liệu"))) | {""}


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """Where the columns of one form table stand on one sheet; rows and columns 0-based.
    `duplicate`: columns found at two places. `unused`: headings that name no column."""

    form: Form
    table_name: str
    table: Table
    first_row: int
    last_row: int
    columns: tuple[tuple[str, Heading], ...]
    missing: tuple[str, ...] = ()
    duplicate: tuple[tuple[str, tuple[Heading, ...]], ...] = ()
    unused: tuple[Heading, ...] = ()
    block: tuple[tuple[str, ...], ...] = ()

    @property
    def is_complete(self) -> bool:
        """Every column that must be there is, once."""
        return not self.missing and not self.duplicate

    @property
    def years(self) -> frozenset[int]:
        """The years of filing that the headers of the form's own columns name: of a column about
        the year before, the year after that."""
        own = {heading.place for name, heading in self.columns if not self._years_on(name)}
        return frozenset(
            year - self._years_on(name)
            for name, heading in self.columns
            for year in heading.years
            if not self._years_on(name) or heading.place not in own
        )

    def _years_on(self, name: str) -> int:
        return self.table.columns[name].years_on


def find_layouts(sheet: Sheet) -> list[Layout]:
    """The tables of any form on this sheet, the better match first; empty if none is known.

    Where no header has a key column, the tables are found that most of another header fits.
    """
    return _scan(sheet, with_others=False) or _scan(sheet, with_others=True)


def _scan(sheet: Sheet, *, with_others: bool) -> list[Layout]:
    best: dict[tuple[str, str], Layout] = {}
    rows = sheet.rows[:SCAN_ROWS]
    for first in range(len(rows)):
        if not _may_head(rows[first], with_others=with_others):
            continue
        deepest = min(first + MAX_HEADER_ROWS, len(rows))
        for last in range(min(_lowest(sheet, first), deepest - 1), deepest):
            block = tuple(tuple(row) for row in rows[first : last + 1])
            for layout in _readings(block, merges_within(sheet, first, last), first, last):
                name = (layout.form.form, layout.form.version)
                if name not in best or _score(layout) > _score(best[name]):
                    best[name] = layout
            if any(_unsettled(layout) == 0 for layout in best.values()):
                return sorted(best.values(), key=_score, reverse=True)
    return sorted(best.values(), key=_score, reverse=True)


def _may_head(row: list[object], *, with_others: bool) -> bool:
    """Whether a header may start in a row."""
    others = _others(with_others=with_others)
    for cell in () if others.issuperset(row) else {*row} - others:
        if type(cell) is str:
            if header_key(cell) in _anchors(with_others=with_others):
                return True
            if len(others) < _MOST_TEXTS:
                others.add(cell)
    return False


@lru_cache(maxsize=2)
def _others(*, with_others: bool) -> set[object]:
    """Texts that were looked at and start no header."""
    return set()


def _lowest(sheet: Sheet, first: int) -> int:
    """The last row of the key column's own header cell, which may be merged downwards."""
    return max(
        (
            bottom
            for (top, left), (bottom, _right) in sheet.merged or ()
            if top == first
            and left < len(sheet.rows[top])
            and header_key(str(sheet.rows[top][left])) in _anchors(with_others=True)
        ),
        default=first,
    )


def _score(layout: Layout) -> tuple[int, int]:
    return (-_unsettled(layout), len(layout.columns) + len(layout.duplicate))


def _unsettled(layout: Layout) -> int:
    """How many columns are missing, or at two places that the title's year does not tell apart."""
    apart = (len({h.years for h in headings}) == len(headings) for _n, headings in layout.duplicate)
    return len(layout.missing) + sum(not each for each in apart)


def merges_within(sheet: Sheet, first: int, last: int) -> tuple[_Range, ...] | None:
    """Merged ranges inside the header rows, relative to them; None: the format has none."""
    if sheet.merged is None:
        return None
    return tuple(
        (top - first, left, bottom - first, right)
        for (top, left), (bottom, right) in sheet.merged
        if first <= top <= last
    )


@lru_cache(maxsize=2)
def _anchors(*, with_others: bool) -> frozenset[str]:
    """Keys of headers that a header row may start with: key columns', or any column's."""
    tables = [t for form in load_forms().values() for t in form.tables.values()]
    return frozenset(
        header_key(h)
        for t in tables
        for name, column in t.columns.items()
        if with_others or name == t.key_column
        for h in column.header
    )


def _readings(
    block: _Block, merges: tuple[_Range, ...] | None, first: int, last: int
) -> tuple[Layout, ...]:
    """Those by the merges; where none is complete, also with names of groups above blank cells."""
    found = _match_block(block, merges, first, last, fills=merges is None)
    if merges is None or first == last or any(layout.is_complete for layout in found):
        return found
    return found + _match_block(block, merges, first, last, fills=True)


@lru_cache(maxsize=4096)
def _match_block(
    block: _Block, merges: tuple[_Range, ...] | None, first: int, last: int, *, fills: bool
) -> tuple[Layout, ...]:
    """Layouts of every form table that these header rows could be (at least half of it)."""
    headings = list(headings_of(block, merges, first, fills))
    keys = tuple(tuple(repeated_key(cell) for cell in row) for row in block)
    found = []
    for form in load_forms().values():
        for name in form.tables:
            layout = _match_table(form, name, (first, last), headings)
            if layout:
                found.append(replace(layout, block=keys))
    return tuple(found)


def repeated_key(cell: object) -> str:
    """Key of a header cell that must be the same wherever the header is repeated."""
    return key(cell) if type(cell) is str else ""


def headings_of(
    block: _Block, merges: tuple[_Range, ...] | None, first: int, fills: bool
) -> Iterator[Heading]:
    """Per column its heading, with the header texts above it, merged ones included.

    A header merged over several columns down to the last row heads the first of them.
    """
    width = max(len(row) for row in block)
    wide = [[*row, *[""] * (width - len(row))] for row in block]
    grid = [[_Text(t, r, c) if (t := _words(cell)) else None for c, cell in enumerate(row)]
            for r, row in enumerate(wide)]  # fmt: skip
    for top, left, bottom, right in merges or ():
        for r in range(top, min(bottom, len(grid) - 1) + 1):
            for c in range(left, min(right, width - 1) + 1):
                is_spare = c > left and bottom >= len(grid) - 1
                grid[r][c] = None if is_spare else grid[top][left]
    if fills:
        _fill_right(grid, width)
    for c in range(width):
        texts = list(dict.fromkeys(text for row in grid if (text := row[c])))
        years = frozenset(year for text in texts for year in years_of(text.text))
        row = texts[-1].row if texts else len(block) - 1
        spots = tuple((first + text.row, text.place) for text in texts)
        yield Heading(first + row, c, tuple(text.text for text in texts), years, spots)


def _words(cell: object) -> str:
    """The text of a header cell; a year may be typed as a number."""
    if type(cell) is float and 2000 <= cell <= 2099:
        return f"{cell:g}"
    return cell.strip() if type(cell) is str else ""


class _Text(NamedTuple):
    text: str
    row: int
    place: int


def _fill_right(grid: list[list[_Text | None]], width: int) -> None:
    """A blank upper cell above a filled one belongs to its left neighbour."""
    for r in range(len(grid) - 1):
        for c in range(1, width):
            if not grid[r][c] and any(grid[below][c] for below in range(r + 1, len(grid))):
                grid[r][c] = grid[r][c - 1]


def _match_table(
    form: Form, name: str, span: tuple[int, int], headings: list[Heading]
) -> Layout | None:
    table = form.tables[name]
    columns, duplicate, missing = [], [], []
    for column_name, column in table.columns.items():
        places = [heading for heading in headings if _names(form, table, column, heading)]
        if len(places) == 1:
            columns.append((column_name, places[0]))
        elif places:
            duplicate.append((column_name, tuple(places)))
        elif not column.optional:
            missing.append(column_name)
    needed = sum(not c.optional for c in table.columns.values())
    if len(missing) * 2 > needed or len(columns) + len(duplicate) < 2:
        return None
    used = {h.place for _n, h in columns} | {h.place for _n, hs in duplicate for h in hs}
    unused = tuple(h for h in headings if h.keys and h.place not in used)
    return Layout(
        form, name, table, *span, tuple(columns), tuple(missing), tuple(duplicate), unused
    )


def _names(form: Form, table: Table, column: Column, heading: Heading) -> bool:
    """Whether a heading is the column's: its words, its unit, and what stands above it."""
    return (
        is_named(form, column, heading)
        and not strange_above(form, table, column, heading.keys[:-1])
        and fits(column.unit, heading.units)
    )


def is_named(form: Form, column: Column, heading: Heading) -> bool:
    """Whether a heading's own words are the column's, whatever stands above it."""
    keys = heading.keys
    return bool(keys) and _says(form, keys[-1], header_keys(column.header))


def _says(form: Form, header: str, wanted: frozenset[str]) -> bool:
    return header in wanted or (len(form.periods) == 1 and timeless(header, form) in wanted)


def strange_above(form: Form, table: Table, column: Column, above: tuple[str, ...]) -> list[int]:
    """Which of the keys above a column's own say what the form does not say there; [-1] where none
    says what must be said."""
    if column.path:
        return _off_path(form, table, column, above)
    under = header_keys(column.under)
    known = under | header_keys(table.above) | _NEUTRAL
    strange = [n for n, each in enumerate(above) if not _says(form, each, known)]
    if not strange and under and not any(_says(form, each, under) for each in above):
        return [-1]
    return strange


def _off_path(form: Form, table: Table, column: Column, above: tuple[str, ...]) -> list[int]:
    """The same of a column that says all headings above it in their order."""
    wanted = list(dict.fromkeys(filter(None, map(header_key, column.path))))
    idle = (header_keys(table.above) | _NEUTRAL).difference(wanted)
    said = [(n, each) for n, each in enumerate(above) if each not in idle]
    if len(said) == len(wanted) and all(
        _says(form, each, frozenset({own})) for (_n, each), own in zip(said, wanted, strict=True)
    ):
        return []
    return [n for n, each in said if not _says(form, each, frozenset(wanted))] or [-1]

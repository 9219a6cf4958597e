"""What a person sees of one table on a sheet: lines of a title, header cells with those above them,
rows.

Nothing here knows a form: it is how the table of an unknown workbook is found at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from etl.authoring.words import pattern
from etl.catalogue.header_words import header_key
from etl.ground.records import Sheet
from etl.ground.text import key
from etl.normalise.header.headings import Heading
from etl.normalise.header.layout import headings_of, merges_within
from etl.normalise.texts.cells import is_figure, is_numbering

_SCANNED = 60
_DEEPEST = 5


class Line(NamedTuple):
    """One row below the header: its number (0-based) and its cells."""

    number: int
    cells: list[object]

    def cell(self, place: int) -> object:
        """A cell; "" outside the row."""
        return self.cells[place] if place < len(self.cells) else ""

    def text(self, place: int) -> str:
        """A cell's text; "" outside the row."""
        cell = self.cell(place)
        return f"{cell:g}" if type(cell) is float else str(cell).strip()


@dataclass(frozen=True)
class Seen:
    """One table: the lines above it in reading order, its columns, the row of column numbers that
    may stand below the header ("" where there is none), its rows."""

    sheet: Sheet
    title: list[str]
    heads: list[Heading]
    numbering: dict[int, str]
    lines: list[Line]


def table_of(sheet: Sheet) -> Seen | None:
    """The table of a sheet; None where no row looks like a header."""
    first = _first_row(sheet.rows)
    if first is None:
        return None
    last = _last_row(sheet, first)
    heads = list(_heads(sheet, first, last))
    below = last + 1
    numbering: dict[int, str] = {}
    if below < len(sheet.rows) and is_numbering(sheet.rows[below]):
        row = sheet.rows[below]
        numbering = {c: Line(below, row).text(c) for c in range(len(row)) if row[c] != ""}
        below += 1
    texts = [cell.strip() for row in sheet.rows[:first] for cell in row if type(cell) is str]
    lines = list(_lines(sheet.rows, below, heads))
    return Seen(sheet, [text for text in texts if text], heads, numbering, lines)


def _texts(row: list[object]) -> list[str]:
    return [cell.strip() for cell in row if type(cell) is str and cell.strip()]


def _first_row(rows: list[list[object]]) -> int | None:
    """The first row that has a header of rows or of their numbers beside others; else the one with
    most words that has figures below it."""
    for r, row in enumerate(rows[:_SCANNED]):
        texts = [header_key(text) for text in _texts(row)]
        is_head = len(texts) > 1 and not any(type(cell) is float and cell < 1900 for cell in row)
        if is_head and any(pattern("columns", "ordinal").fullmatch(text) for text in texts):
            return r
    best, most = None, 2
    for r, row in enumerate(rows[:_SCANNED]):
        texts = _texts(row)
        is_key = bool(texts) and pattern("keys").match(header_key(texts[0])) is not None
        if any(":" in text for text in texts[:1]) or any(type(c) is float for c in row):
            continue
        if len(texts) + is_key > most:
            best, most = r, len(texts) + is_key
    return best


def _last_row(sheet: Sheet, first: int) -> int:
    """The last header row: as far as the first cell is merged down, else while the rows below only
    split what stands above them."""
    rows = sheet.rows
    at = next(c for c, cell in enumerate(rows[first]) if cell != "")
    merged = [end[0] for start, end in sheet.merged or () if start == (first, at)]
    last = max([first, *merged])
    while not merged and last + 1 < min(len(rows), first + _DEEPEST):
        row = rows[last + 1]
        texts = _texts(row)
        if row[at] != "" or not texts or any(is_figure(c) and c != "" for c in row):
            break
        if any(pattern("totals").fullmatch(key(text)) for text in texts) and len(texts) == 1:
            break
        last += 1
    return last


def _heads(sheet: Sheet, first: int, last: int) -> Iterator[Heading]:
    """Every column with words, what is merged over it included."""
    block = tuple(tuple(row) for row in sheet.rows[first : last + 1])
    merges = merges_within(sheet, first, last)
    spare = {
        c for _top, left, bottom, right in merges or () if bottom >= last - first
        for c in range(left + 1, right + 1)
    }  # fmt: skip
    for heading in headings_of(block, merges, first, fills=merges is None):
        if heading.path and heading.place not in spare:
            yield heading


def _lines(rows: list[list[object]], first: int, heads: list[Heading]) -> Iterator[Line]:
    """The rows of the table, up to what stands below it."""
    places = [head.place for head in heads]
    printed = {text for head in heads for text in head.path}
    blank, begun = 0, False
    for r in range(first, len(rows)):
        texts = [rows[r][c] for c in places if c < len(rows[r])]
        filled = [cell for cell in texts if cell != ""]
        if not filled:
            blank += 1
            if begun and blank > 1:
                return
            continue
        texts_only = [cell.strip() for cell in filled if type(cell) is str]
        if len(texts_only) == len(filled) > 1 and printed.issuperset(texts_only):
            continue  # the header again, at the top of a page
        words = [key(text) for text in texts_only]
        has_figures = any(type(cell) is float for cell in filled)
        if not has_figures and any(pattern("below").match(word) for word in words):
            return
        if blank and begun and len(filled) < 2:
            return
        blank, begun = 0, True
        yield Line(r, rows[r])

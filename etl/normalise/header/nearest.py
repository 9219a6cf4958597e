"""What a workbook without a readable form comes nearest to, so that its filer hears what to mend.

A form's title over a header that is not the form's: each column that is not found is named, with
the cell most like it. No form's title: which forms are nearest, by title and by header.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz

from etl.catalogue.definitions import load_forms
from etl.catalogue.forms import Column, Form
from etl.catalogue.header_words import header_key, header_keys
from etl.catalogue.measures import fits, units_in, word_for
from etl.ground.addresses import address
from etl.ground.records import Finding, Sheet
from etl.ground.text import key
from etl.normalise.header.layout import MAX_HEADER_ROWS, Layout
from etl.normalise.header.reworded import about, by_whom, missing, nearest_of
from etl.normalise.texts.cells import is_numbering
from etl.normalise.texts.identity import title_lines, titled_years, titles, years_in

_TITLE_ROWS = 30
_ALIKE, _NEAR = 60, 55  # of 100: a header like another, a title like another
_NO_TITLE = re.compile(r"^(?:ủy ban|cộng hòa|độc lập|đơn vị|\(|số:|kính gửi|mẫu số|biểu số)")
_BRACKETS = re.compile(r"\(([^()]*)\)")


class _Header(NamedTuple):
    """A text of a header: where it stands, and the keys of what stands above it."""

    row: int
    place: int
    text: str
    above: frozenset[str]

    @property
    def key(self) -> str:
        return header_key(self.text)

    @property
    def units(self) -> frozenset[str]:
        return frozenset(u for text in _BRACKETS.findall(self.text) for u in units_in(text))


def unread_headers(
    filing_id: int, sheet: Sheet, forms: Iterable[Form] = (), tables: Iterable[str] = ()
) -> list[Finding]:
    """What keeps the table below a known title from being read: per column of the form that is not
    found, its nearest header. Empty where the sheet has no form's title, or nothing like a header
    below it. `forms`, `tables`: those to look for, all where none is given."""
    lines = title_lines(sheet.rows[:_TITLE_ROWS])
    wanted = set(tables)
    best: tuple[int, str, Form, list[_Header], str] | None = None
    for form in forms or load_forms().values():
        own = titles(form, lines)
        first = next((r for r, row in enumerate(sheet.rows) if own and _has(row, own[0])), None)
        if first is None:
            continue
        for name in wanted or form.tables:
            for cells in _headers(sheet, first + 1):
                columns = form.tables[name].columns.values()
                score = sum(_is_there(column, cells) for column in columns)
                alike = sum(_likeness(column, cells) >= _ALIKE for column in columns)
                if alike and (best is None or 2 * score + alike > best[0]):
                    year = str(max(titled_years(own), default=0) or "…")
                    best = (2 * score + alike, name, form, cells, year)
    return by_whom(_faults(filing_id, sheet.name, *best[1:]), best[2], lines) if best else []


def _has(row: list[object], title: str) -> bool:
    """Whether a row is that of a title: a header may say the same words, beside others."""
    texts = title_lines([row])
    return len(texts) < 3 and any(title.startswith(text) for text in texts)


def _headers(sheet: Sheet, first: int) -> Iterator[list[_Header]]:
    """The texts of what may be a header: of each row below the title with several texts, and of the
    rows below that until figures begin."""
    for top, row in enumerate(sheet.rows[first : first + _TITLE_ROWS], start=first):
        if sum(type(cell) is str and cell.strip() != "" for cell in row) < 3:
            continue
        cells: list[_Header] = []
        for r, each in enumerate(sheet.rows[top : top + MAX_HEADER_ROWS], start=top):
            if r > top and (is_numbering(each) or any(type(cell) is float for cell in each)):
                break
            cells.extend(
                _Header(r, c, cell.strip(), frozenset(_above(cells, c)))
                for c, cell in enumerate(each)
                if type(cell) is str and cell.strip()
            )
        yield cells


def _above(cells: list[_Header], place: int) -> Iterator[str]:
    """Keys of the headers of earlier rows that may reach over a column: its own, else the nearest
    on the left."""
    for row in {cell.row for cell in cells}:
        left = [cell for cell in cells if cell.row == row and cell.place <= place]
        if left:
            yield max(left, key=lambda cell: cell.place).key


def _is(column: Column, cell: _Header) -> bool:
    """Whether a header has a column's words, whatever unit it states."""
    return (
        cell.key in header_keys(column.header)
        and (not column.under or not cell.above.isdisjoint(header_keys(column.under)))
        and cell.above.issuperset(filter(None, map(header_key, column.path)))
    )


def _is_there(column: Column, cells: list[_Header]) -> bool:
    return any(_is(column, cell) and fits(column.unit, cell.units) for cell in cells)


def _likeness(column: Column, cells: list[_Header]) -> float:
    """How like a column's name the nearest header is, 0 to 100."""
    keys = header_keys(column.header)
    return max((fuzz.ratio(cell.key, known) for cell in cells for known in keys), default=0.0)


def _faults(
    filing_id: int, sheet: str, table_name: str, form: Form, cells: list[_Header], year: str
) -> Iterator[Finding]:
    """The findings on the columns of a table that its header does not have as the form does; a
    group of columns is blamed once for all of them."""
    columns = form.tables[table_name].columns
    found = {name: next((cell for cell in cells if _is(column, cell)), None)
             for name, column in columns.items()}  # fmt: skip
    free = [cell for cell in cells if not any(_is(column, cell) for column in columns.values())]
    lacks = [name for name, cell in found.items() if cell is None]
    lacking = [columns[name] for name in lacks if not columns[name].optional]
    nearest, groups = _pairs(lacking, free), _groups(lacking, free, cells)
    told: set[tuple[str, ...]] = set()
    for name, column in columns.items():
        if (own := found[name]) and not _is_there(column, cells):
            params = (("seen", own.text), ("wanted", word_for(column.unit)))
            cell = address(own.row, own.place)
            yield Finding(filing_id, "measure-stated", sheet, cell, own.text, params=params)
        group = groups.get("".join(column.above[:1]))
        if column not in lacking or (group and column.above in told):
            continue
        told.add(column.above)
        like = (group, column.above[0]) if group else nearest.get(column.header)
        other, known = like or (nearest_of(column, free), column.header[0])
        asked = about(form, table_name, column, known, other.text, lacks) if other else ()
        blamed = like[0] if like else cells[0]
        cell, said = address(blamed.row, blamed.place), like and (blamed.text, known)
        yield missing(filing_id, sheet, cell, column, year, asked, said)


def _groups(lacking: list[Column], free: list[_Header], cells: list[_Header]) -> dict[str, _Header]:
    """The group that columns must stand under, by its first name: the cell above one with a
    column's own words that is most like it; no cell is two groups'."""
    alike = [
        (fuzz.ratio(upper.key, header_key(column.above[0])), upper, column.above[0])
        for column in lacking if column.above
        for cell in free if cell.key in header_keys(column.header)
        for upper in cells if upper.row < cell.row and upper.key in cell.above
    ]  # fmt: skip
    found: dict[str, _Header] = {}
    for _score, upper, name in sorted(alike, key=lambda each: -each[0]):
        if upper not in found.values():
            found.setdefault(name, upper)
    return found


def _pairs(
    columns: list[Column], cells: list[_Header]
) -> dict[tuple[str, ...], tuple[_Header, str]]:
    """Each column's nearest header and the name that it is like; no header is two columns'."""
    alike = [
        (fuzz.ratio(cell.key, header_key(known)), cell, known, column)
        for column in columns for cell in cells for known in column.header
    ]  # fmt: skip
    found: dict[tuple[str, ...], tuple[_Header, str]] = {}
    taken: set[_Header] = set()
    for score, cell, known, column in sorted(alike, key=lambda each: -each[0]):
        if score >= _ALIKE and cell not in taken and column.header not in found:
            found[column.header] = (cell, known)
            taken.add(cell)
    return found


def no_form(filing_id: int, sheets: list[Sheet], layouts: Iterable[Layout]) -> Finding:
    """The finding form-unknown: the title seen, the forms nearest to it and to the header, and how
    the title should read."""
    listed = list(layouts)
    by_header = list(dict.fromkeys(layout.form for layout in listed))
    whole = [layout.form for layout in listed if layout.is_complete]
    seen = [(*_title_of(sheet), sheet.name) for sheet in sheets[:20]]
    score, title, cell, by_title, name = max(seen, default=(0.0, "", "", None, ""),
                                             key=lambda each: each[0])  # fmt: skip
    forms = [by_title] if by_title and score >= _NEAR else []
    likely = [*whole, *forms] if not set(forms) & set(whole) else forms  # a whole header is sure
    nearest = next(iter([*likely, *by_header]), None) or next(iter(load_forms().values()))
    year = str(max(years_in(title), default=0) or "…")
    params = {
        "sheets": "; ".join(sheet.name for sheet in sheets[:20]), "title": title,
        **_named("by_title", forms), **_named("by_header", by_header),
        "wanted": next(iter(nearest.heading.values()), nearest.title.vi).replace("{year}", year),
    }  # fmt: skip
    return Finding(
        filing_id, "form-unknown", name if title else "", cell, title or params["sheets"],
        params=tuple(params.items()),
    )  # fmt: skip


def _named(name: str, forms: list[Form]) -> dict[str, str]:
    """The names of forms in both languages."""
    return {
        f"{name}_vi": "; ".join(f"“{form.title.vi}”" for form in forms[:3]) or "không có",
        f"{name}_en": "; ".join(f"“{form.title.en}”" for form in forms[:3]) or "none",
    }


def _title_of(sheet: Sheet) -> tuple[float, str, str, Form | None]:
    """The text most like a form's title, else the longest in capitals: how like it is (0 to 100),
    the text, its cell, and the form."""
    found: list[tuple[float, str, str, Form | None]] = [(-1.0, "", "", None)]
    for r, row in enumerate(sheet.rows[:_TITLE_ROWS]):
        if len(title_lines([row])) > 2:
            continue  # a header, which may say the same words
        for c, cell in enumerate(row):
            if type(cell) is str and len(cell) > 10 and not _NO_TITLE.match(key(cell)):
                score, form = _like_a_title(cell)
                if score >= _NEAR or cell.isupper():
                    shown = score if score >= _NEAR else min(len(cell), 100) / 1000
                    found.append((shown, cell.strip(), address(r, c), form))
    return max(found, key=lambda each: each[0])


@lru_cache(maxsize=4096)
def _like_a_title(text: str) -> tuple[float, Form | None]:
    plain = _without_years(text)
    alike = [
        (max(fuzz.ratio(plain, t) for t in _headings(form)), form)
        for form in load_forms().values()
        if _headings(form)
    ]
    return max(alike, key=lambda each: each[0], default=(0.0, None))


@lru_cache(maxsize=64)
def _headings(form: Form) -> tuple[str, ...]:
    return tuple(_without_years(text.replace("{year}", "")) for text in form.heading.values())


def _without_years(text: str) -> str:
    return re.sub(r"(?:năm|giai đoạn)?\s*\d{4}(?:\s*[-–]\s*\d{4})?", " ", key(text)).strip()

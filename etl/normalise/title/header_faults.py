"""What is wrong with headers under a known title: columns that are missing or doubled, each with
the cell that is to blame and what it may mean; no cell is blamed twice for one thing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rapidfuzz import fuzz

from etl.catalogue.forms import Column, Form
from etl.catalogue.header_words import header_key
from etl.catalogue.measures import word_for
from etl.ground.addresses import address
from etl.ground.records import About, Finding
from etl.ground.text import suggest
from etl.normalise.header.faults import Found
from etl.normalise.header.headings import Heading
from etl.normalise.header.layout import Layout, is_named, strange_above
from etl.normalise.header.reworded import about, lacking, missing, nearest_of
from etl.normalise.texts.identity import IdentityError, find_period, titled_years
from etl.normalise.title.words import text_faults

_STOPS = ("title-status", "period-not-on-form", "periods-differ")


class _Blamed(NamedTuple):
    """A cell of a header: its place, its text with those above it, the name on the form that it
    should have, and its own text where that is another."""

    row: int
    place: int
    text: str
    known: str
    own: str = ""


def header_faults(filing_id: int, found: list[Found]) -> list[Finding]:
    """The findings on the headers of a form's tables."""
    faults = [fault for table in found for fault in _of_table(filing_id, table)]
    return list({(f.sheet, f.rule, f.cell or f.expected): f for f in faults[::-1]}.values())[::-1]


def _of_table(filing_id: int, table: Found) -> Iterator[Finding]:
    layout, sheet = table.layout, table.sheet.name
    year = str(max(titled_years(table.titles), default=0) or "…")
    lacks = lacking(layout) if layout.missing else []
    for name in layout.missing:
        column = layout.table.columns[name]
        heading, blamed = _blamed(layout, column)
        if heading is None or blamed is None:
            end = f"A{layout.last_row + 1}"
            asked: About = ()
            if other := nearest_of(column, layout.unused):
                text, known = other.text, column.header[0]
                asked = about(layout.form, layout.table_name, column, known, text, lacks)
            yield missing(filing_id, sheet, end, column, year, asked, None)
        else:
            yield _blame(filing_id, table, column, heading, blamed, year)
    for name, headings in layout.duplicate:
        first, second = headings[0].cell, headings[1].cell
        header = layout.table.columns[name].header[0].replace("{year}", year)
        params = (("first", first), ("second", second), ("header", header))
        yield Finding(filing_id, "header-duplicate", sheet, second, header, params=params)


def _blame(
    filing_id: int, table: Found, column: Column, heading: Heading, blamed: _Blamed, year: str
) -> Finding:  # fmt: skip
    """The finding on the cell that keeps a column from being found: what it says of the state,
    period or unit of its figures, else that it is named otherwise."""
    form, sheet = table.layout.form, table.sheet.name
    filed = (int(year) if year.isdecimal() else 0, _period(form, table))
    for (row, place), text in zip(heading.spots, heading.path, strict=True):
        for fault in text_faults(filing_id, table, (text, address(row, place)), filed):
            if fault.rule in _STOPS:
                return fault
    cell = address(blamed.row, blamed.place)
    if not blamed.known:
        said = (("seen", blamed.text), ("wanted", word_for(column.unit)))
        return Finding(filing_id, "measure-stated", sheet, cell, blamed.text, params=said)
    text, lacks = blamed.own or blamed.text, lacking(table.layout)
    asked = about(form, table.layout.table_name, column, blamed.known, text, lacks)
    return missing(filing_id, sheet, cell, column, year, asked, (blamed.text, blamed.known))


def _period(form: Form, table: Found) -> str:
    try:
        return find_period(form, table.titles)
    except IdentityError:
        return next(iter(form.periods))


def _blamed(layout: Layout, column: Column) -> tuple[Heading | None, _Blamed | None]:
    """The unused heading that a column's is most likely, and its cell that is otherwise than on the
    form; a cell without a known name states another unit."""
    named = [h for h in layout.unused if is_named(layout.form, column, h)]
    strange = [(h, n) for h in named
               for n in strange_above(layout.form, layout.table, column, h.keys[:-1])]  # fmt: skip
    if len(strange) < len(named):
        heading = next(h for h in named if h not in [each for each, _n in strange])
        return heading, _Blamed(heading.row, heading.place, heading.text, "")
    if strange:
        names = (*column.above, *layout.table.above, "Trong đó")
        alike = max(
            ((fuzz.ratio(h.keys[n], header_key(name)), -at, h, n, name)
             for at, (h, n) in enumerate(strange) for name in (column.above or names)),
            key=lambda each: each[:2],
        )  # fmt: skip
        _score, _at, heading, n, name = alike
        spots = [
            (*spot, text) for spot, text in zip(heading.spots, heading.path, strict=True)
            if header_key(text) == heading.keys[n]
        ]  # fmt: skip
        return heading, _Blamed(*spots[0], name)
    unused = {heading.keys[-1]: heading for heading in layout.unused}
    for known in column.header:
        for text in suggest(known, list(unused), 1):
            return unused[text], _named_so(unused[text], known)
    if len(unused) == len(layout.missing) == 1:
        (heading,) = unused.values()
        return heading, _named_so(heading, column.header[0])
    return None, None


def _named_so(heading: Heading, known: str) -> _Blamed:
    text = " / ".join(heading.path)
    return _Blamed(heading.row, heading.place, text, known, heading.text)

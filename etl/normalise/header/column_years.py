"""Which of the columns that differ in their year alone are the form's."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import lru_cache

from etl.normalise.header.headings import Heading
from etl.normalise.header.layout import Layout


@lru_cache(maxsize=512)
def of_year(layout: Layout, year: int) -> Layout:
    """The layout where a column stands once a year ("đầu năm 2024", "đầu năm 2025"): the title's
    year decides, or that of the column; the other years' columns are not read.
    """
    columns, missing = _of_their_years(layout, year)
    duplicate, unused = [], list(layout.unused)
    for name, headings in layout.duplicate:
        its_year = year + layout.table.columns[name].years_on
        others = [h for h in headings if h.years and its_year not in h.years]
        rest = [h for h in headings if h not in others]
        taken = {heading.place for _name, heading in columns}
        is_own = [h.years for h in rest] == [{its_year}]
        if is_own or (len(rest) == 1 and all(h.place in taken for h in others)):
            columns.append((name, rest[0]))
            unused.extend(others)
        else:
            duplicate.append((name, headings))
    return replace(
        layout,
        columns=tuple(columns),
        missing=(*layout.missing, *missing),
        duplicate=tuple(duplicate),
        unused=tuple(
            sorted(
                (h for h in set(unused) if h.place not in {o.place for _n, o in columns}),
                key=lambda heading: heading.place,
            )
        ),
    )


def _of_their_years(layout: Layout, year: int) -> tuple[list[tuple[str, Heading]], list[str]]:
    """The columns but those at one place with another whose year it names; of these, which must be
    there."""
    places = Counter(heading.place for _name, heading in layout.columns)
    kept, missing = [], []
    for name, heading in layout.columns:
        column = layout.table.columns[name]
        if places[heading.place] > 1 and heading.years - {year + column.years_on}:
            if not column.optional:
                missing.append(name)
        else:
            kept.append((name, heading))
    return kept, missing

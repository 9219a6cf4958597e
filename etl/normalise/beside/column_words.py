"""Headers and lines above them that name another period or year than the title.

"Kết quả 6 tháng đầu năm 2024" over the figures of a yearly report, "Kết quả năm 2024" over those of
its first half, "Số liệu năm 2023" above the header of 2024's: both readings are possible, so the
filing stops.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from etl.catalogue.header_words import header_key
from etl.ground.addresses import address
from etl.ground.text import key
from etl.normalise.beside.notes import Filed
from etl.normalise.header.extracted import Extracted, Page
from etl.normalise.header.layout import Layout
from etl.normalise.texts.identity import years_in
from etl.normalise.texts.periods import is_own, periods_in
from etl.normalise.texts.word_lists import ROW_WORDS
from etl.normalise.title.words import said_in

_OF_A_YEAR = {"need", "plan", "allocated"}  # what a column's own header may call "cả năm"


def column_findings(page: Page, out: Extracted, titles: list[str], filed: Filed) -> None:
    """The findings on a page's header and on the lines above it, added to `out`."""
    for header, text, words in _of_other_periods(page.plan.layout, filed):
        out.find("header-other-period", header, text, words=words, **filed.taken)
    years = range(filed.year, filed.last_year + 1)
    for r, row in enumerate(page.sheet.rows[: max(page.plan.layout.first_row, 0)]):
        for place, cell in enumerate(row):
            if (
                cell
                and type(cell) is str
                and _is_of_others(cell, years)
                and not any(cell in title for title in titles)
            ):
                out.find("row-other-year", address(r, place), cell.strip())


@lru_cache(maxsize=1024)
def _of_other_periods(layout: Layout, filed: Filed) -> tuple[tuple[str, str, str], ...]:
    """Cell, text and words of the headers of the form's columns that name another period."""
    named: dict[str, tuple[str, str, str]] = {}
    for name, heading in layout.columns:
        column = layout.table.columns[name]
        figures = column.figures or filed.form.figures or "since_start"
        for text in heading.path:
            words = next(other_periods(key(text), filed.period, figures), None)
            if words is not None and not _is_own(layout, name, text):
                named.setdefault(text, (heading.cell, text, words))
    return tuple(named.values())


def _is_own(layout: Layout, name: str, text: str) -> bool:
    """Whether the form itself gives a column the name of a period that no filing of it is of, as
    "Tháng 1" in a yearly form; or of a year ("ước cả năm"), as its filings are not. What names a
    year alone ("Kết quả năm 2024") names all of it."""
    column = layout.table.columns[name]
    if header_key(text) not in map(header_key, (*column.header, *column.above)):
        return False
    named = {code for code, _words in periods_in(key(text))} or {"Y"}
    is_of_year = column.is_of_whole_year or column.stage in _OF_A_YEAR
    return is_of_year or named.isdisjoint(layout.form.periods)


def other_periods(plain: str, period: str, figures: str) -> Iterator[str]:
    """The words in the key of a text that name another period than a filing's figures are of."""
    found = list(periods_in(plain))
    yield from (words for code, words in found if not is_own(code, period, figures))
    if period != "Y" and not found and (whole := ROW_WORDS.pattern("whole_year").search(plain)):
        yield whole[0]


@lru_cache(maxsize=16384)
def _is_of_others(text: str, years: range) -> bool:
    """Whether a line speaks of figures of another year; not one that quotes a document."""
    named = years_in(text)
    if not named or named <= set(years):
        return False
    return (
        bool(ROW_WORDS.pattern("about_figures").fullmatch(key(text)))
        and not said_in(text, False).quoted
    )

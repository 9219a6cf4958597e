"""For which year and period it was filed: read from the title block above the header."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from itertools import pairwise

from etl.ground.forms import Form
from etl.ground.records import Finding
from etl.ground.text import key

_YEAR_PLACE = re.compile(r"\s*(?:giai đoạn |năm )?\{year\}(?:-\{last_year\})?")
_YEAR_LINE = re.compile(r"^(?:\(|6 tháng|sáu tháng|cả năm|năm|giai đoạn)")
_YEAR = re.compile(r"(?<![\d/.])(?:19|20)\d\d(?!\d)")
_SPAN = re.compile(
    r"(?<![\d/.])((?:19|20)\d\d)\s*(?:[-–—]|đến)\s*(?:hết )?(?:năm )?((?:19|20)\d\d)(?!\d)"
)
_DATED = re.compile(r"\btháng\s+\d{1,2}\s+năm\s+\d{4}")
_PERIOD_ENDS = {"H1": (6, 30), "Y": (12, 31)}


class IdentityError(Exception):
    """What the title block does not say, as the finding's rule and params."""

    def __init__(self, rule: str, **params: str) -> None:
        super().__init__(rule)
        self.rule = rule
        self.params = tuple(params.items())

    def finding(self, filing_id: int, sheet: str) -> Finding:
        """The finding for this filing."""
        return Finding(filing_id, self.rule, sheet, seen=dict(self.params).get("seen", ""),
                       params=self.params)  # fmt: skip


def title_lines(rows: Iterable[Iterable[object]]) -> list[str]:
    """All texts of the title block, in reading order."""
    return [cell for row in rows for cell in row if type(cell) is str and cell.strip()]


@lru_cache(maxsize=64)
def _title_patterns(form: Form) -> tuple[re.Pattern[str], ...]:
    """The titles, whose year may be forgotten: that is said, not taken for another form."""
    year = r"(?:\s*(?:giai đoạn\s*)?(?:năm\s*)?(?:19|20)\d\d)?"
    titles = (*form.titles, *filter(None, [form.span]))
    patterns = (_YEAR_PLACE.sub(lambda _found: year, key(title)) for title in titles)
    return tuple(map(re.compile, patterns))


@lru_cache(maxsize=65536)
def _is_title(form: Form, line: str) -> bool:
    return any(p.search(key(line)) for p in _title_patterns(form))


def titles(form: Form, lines: list[str]) -> list[str]:
    """The lines with the form's title, each with the line below if only that names the year.

    Empty where a line says `unless`.
    """
    if any(key(word) in key(line) for word in form.unless for line in lines):
        return []
    found = []
    for line, below in pairwise([*lines, ""]):
        if _is_title(form, line):
            goes_on = not years_in(line) and _YEAR_LINE.match(key(below))
            found.append(f"{line} {below}" if goes_on else line)
    return found


@lru_cache(maxsize=65536)
def years_in(text: str) -> frozenset[int]:
    """All years that a text names; the date of a signature is none ("ngày 1 tháng 3 năm 2025"),
    nor is the number of a document ("29/2025")."""
    return frozenset(int(year) for year in _YEAR.findall(_DATED.sub(" ", key(text))))


def titled_years(titles: list[str]) -> set[int]:
    """All years that the titles name."""
    return {year for title in titles for year in years_in(title)}


def find_years(form: Form, titles: list[str], header_years: frozenset[int]) -> range:
    """Reporting year of the titles, or the years first to last where the form may span several;
    the header's years must not contradict them.

    Raises IdentityError: year-missing, years-differ, year-outside.
    """
    named = titled_years(titles)
    if not named:
        raise IdentityError("year-missing", wanted=form.titles[0].replace("{year}", "…"))
    years = range(min(named), max(named) + 1)
    is_one_time = len(named) == 1 or (form.span and all(_spans(t, years) for t in titles))
    if not is_one_time or not header_years <= set(years):
        seen = ", ".join(str(y) for y in sorted(named | header_years))
        raise IdentityError("years-differ", seen=seen)
    for year in (years[0], years[-1]):
        if year not in form.years:
            limits = {"first": str(form.valid.from_), "last": str(form.valid.to)}
            raise IdentityError("year-outside", seen=str(year), year=str(year), **limits)
    return years


def _spans(title: str, years: range) -> bool:
    """Whether a title names no other years than "2021 - 2025" or "2021 đến năm 2025"."""
    spans = {(int(first), int(last)) for first, last in _SPAN.findall(key(title))}
    return spans == {(years[0], years[-1])} and len(years_in(title)) == 2


def span(years: range) -> str:
    """Years in words: "2025", "2021-2025"."""
    return "-".join(str(year) for year in dict.fromkeys((years[0], years[-1])))


def find_period(form: Form, titles: list[str]) -> str:
    """Period code of the titles; a form with one period needs no words for it.

    Raises IdentityError: period-missing.
    """
    if len(form.periods) == 1:
        return next(iter(form.periods))
    found = [
        period
        for period, words in form.periods.items()
        if any(key(word) in key(title) for word in words for title in titles)
    ]
    if len(found) != 1:
        raise IdentityError("period-missing", seen="; ".join(titles[:1]))
    return found[0]


def units_on(form: Form, year: int, period: str) -> date:
    """The day whose units a filing of this form is bound to."""
    return date(year, 1, 1) if form.units_on == "start" else date(year, *_PERIOD_ENDS[period])

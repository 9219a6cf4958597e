"""When, and in what sense, the figures of an unknown column are meant: months side by side, the
plan of the next year, what is expected of this one."""

from __future__ import annotations

import re

from etl.authoring.guess import OTHER_YEAR, Guess
from etl.authoring.titles import Title
from etl.authoring.words import first_of, pattern
from etl.catalogue.periods import periods
from etl.ground.text import key
from etl.normalise.header.headings import years_of
from etl.normalise.texts.periods import periods_in

_YEAR = re.compile(r"\b(?:năm )?(?:19|20)\d\d\b")
_SHORT = re.compile(r"t\.? ?(\d{1,2})")  # "T1"


def sense_of(path: tuple[str, ...]) -> str:
    """In what sense a column's figures are meant, by its own words, else by those above it."""
    return next((s for text in reversed(path) if (s := first_of("measures", text))), "")


def set_times(figures: list[Guess], title: Title) -> None:
    """Say of each column its period, where it is not the title's, and its year."""
    found = {id(guess): period_in(guess.head.path) for guess in figures}
    codes = {code for code in found.values() if code}
    for guess in figures:
        code = found[id(guess)]
        if code and (len(codes) > 1 or code != title.period):
            guess.period = code
        years = {year for text in guess.head.path for year in years_of(text)}
        if title.year is None or title.last or len(years) != 1:
            continue
        guess.offset = years.pop() - title.year
        if guess.offset == 1 and guess.sense == "target":
            guess.sense = "plan_next"
        is_about = guess.sense in ("", "actual", "estimate") and abs(guess.offset) == 1
        if guess.offset and not is_about and guess.sense != "plan_next":
            guess.sense = OTHER_YEAR


def period_in(path: tuple[str, ...]) -> str:
    """The period that a header names, or one above it; "" where it names none or more than it."""
    for text in reversed(path):
        plain = _YEAR.sub(" ", key(text))
        if short := _SHORT.fullmatch(plain.strip()):
            plain = f"tháng {int(short[1])}"
        named = list(periods_in(plain))
        if len(named) != 1 or named[0][0] not in periods():
            continue
        rest = plain.replace(named[0][1], " ")
        if not re.findall(r"\w+", pattern("times").sub(" ", rest)):
            return named[0][0]
    return ""


def is_of_period(code: str) -> bool:
    """Whether a period that stands beside others counts what was in it alone, not since January."""
    return bool(code) and (periods()[code].first != 1 or periods()[code].kind == "month")


def is_time(text: str) -> bool:
    """Whether a header says only when: "Tháng 3", "Năm 2025"."""
    plain = _YEAR.sub(" ", key(text)).strip()
    return not plain or bool(period_in((text,)))

"""Periods that a text names ("9 tháng", "quý III", "tháng 8") and the days that its figures go up
to ("tính đến ngày 30/9/2025")."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from etl.catalogue.forms import Form
from etl.catalogue.periods import last_day, periods, since_start, spanning

_NUMBERS = {
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9,
    "mười": 10, "mười một": 11, "mười hai": 12, "i": 1, "ii": 2, "iii": 3, "iv": 4,
}  # fmt: skip
_WORDS = "mười một|mười hai|mười|hai|ba|bốn|sáu|bảy|tám|chín"
_SIGNED = re.compile(
    r"(?:^[^,;:()]{1,40},\s*)?\bngày\s*(?:\d{1,2}|[.…_]*)\s*tháng\s*(?:\d{1,2}|[.…_]*)"
    r"(?:\s*năm\s*(?:\d{4}|[.…_]*))?|^[^,;:()]{1,40},\s*tháng\s*\d{1,2}\s*(?:/|năm\s*)\d{4}$"
)
_MONTHS = re.compile(
    rf"(?:(?<![\w/.,])|(?<=20\d\d,))(?<!dưới )(?<!trên )"
    rf"(\d{{1,2}}|{_WORDS}|năm)(?: tháng\b|(?<=\d) ?t(?=[/ ]20\d\d|(?: đầu| cuối)? năm\b))"
    r"(?! \d{1,2}\b)( cuối)?"
)
# How often a form is filed ("6 tháng và cả năm"), or by when ("Ngày nhận báo cáo: 10/6").
_HOW_OFTEN = re.compile(
    rf"\bđịnh kỳ[^;.)]*|(?<!\w)(?:\d{{1,2}}|{_WORDS}) tháng ?(?:,|/|;|và|hoặc) ?"
    r"(?:(?:hằng|hàng|cả|một|1) )?năm\b(?! \d)|^(?:ngày|thời hạn|hạn|thời gian) (?:nhận|gửi|nộp).*"
)
_HALF = re.compile(
    r"\bbán niên(?: (?:đầu|cuối) năm)?\b(?! (?:\d\b|ii\b|thứ|sau))"
    r"|\bnửa (?:đầu|cuối) năm\b|(?<![\d/])1/2 (?:(?:đầu|cuối) )?năm\b"
)
_WHOLE = re.compile(r"\bcả năm\b")
_QUARTER = re.compile(r"\bqu[ýí]\s?(iv|i{1,3}|[1-4]|một|hai|ba|tư|bốn)\b")
_MONTH = re.compile(rf"(?<!\d )\btháng (\d{{1,2}}|{_WORDS}|tư)\b(?! tháng)")
_UP_TO = r"\b(?:đến|tới|tại|thời điểm)(?: hết| cuối| thời điểm)*(?: ngày)?\s?"
_UNTIL = (
    re.compile(_UP_TO + r"(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})(?:[/.-](?P<y>\d{4}))?(?![\d/])"),
    re.compile(_UP_TO + r"(?P<d>\d{1,2}) tháng (?P<m>\d{1,2})(?: năm (?P<y>\d{4}))?"),
    re.compile(_UP_TO + r"tháng (?P<m>\d{1,2})(?:\s?(?:/|năm )\s?(?P<y>\d{4}))?"),
    re.compile(_UP_TO + r"qu[ýí] (?P<q>iv|i{1,3}|[1-4])\b(?:\s?(?:/|năm )\s?(?P<y>\d{4}))?"),
)


class Until(NamedTuple):
    """The last day that figures are of, by the words that say so; `year` None: not said."""

    words: str
    month: int
    day: int
    year: int | None


def period_name(code: str, language: str) -> str:
    """A period code in words: "6 tháng đầu năm"."""
    return periods()[code].name[language]


def periods_in(plain: str) -> Iterator[tuple[str, str]]:
    """The periods that the key of a text names, and by which words; a code that no period has where
    there is none ("13 months"). The date of a signature and the day that figures go up to name
    none."""
    for pattern in _UNTIL:
        plain = pattern.sub(" ", plain)
    plain = _HOW_OFTEN.sub(" ", _SIGNED.sub(" ", plain))
    for match in _MONTHS.finditer(plain):
        count = _number(match[1])
        first = 13 - count if match[2] else 1
        yield spanning(first, first + count - 1) or f"{count} months", match[0]
    for match in _HALF.finditer(plain):
        half = (7, 12) if "cuối" in match[0] else (1, 6)
        yield spanning(*half) or match[0], match[0]
    yield from (("Y", match[0]) for match in _WHOLE.finditer(plain))
    for match in _QUARTER.finditer(plain):
        yield f"Q{_number(match[1])}", match[0]
    for match in _MONTH.finditer(_MONTHS.sub(" ", plain)):
        yield f"M{_number(match[1]):02}", match[0]


def untils_in(plain: str) -> Iterator[Until]:
    """The days that figures go up to, as the key of a text says."""
    plain = _HOW_OFTEN.sub(" ", plain)
    for pattern in _UNTIL:
        for match in pattern.finditer(plain):
            said = match.groupdict()
            month = _number(said["q"]) * 3 if said.get("q") else int(said["m"] or 0)
            if 1 <= month <= 12:
                day = int(said.get("d") or 0) or monthrange(2001, month)[1]
                yield Until(match[0], month, day, int(said["y"]) if said["y"] else None)


def is_of_period(form: Form, until: Until, year: int, period: str) -> bool:
    """Whether figures up to a day are those of the whole period, as they are in its last month (a
    report is due before its period ends), or, of a plan, those of the start of its year. A review
    of households is made from September to 14 December (QĐ 24/2021)."""
    try:
        day = date(until.year or year, until.month, until.day)
    except ValueError:
        return False
    end = last_day(period, year)
    if form.units_on == "start" and date(year - 1, 9, 30) <= day < date(year, 3, 1):
        return True
    first = date(year, 9, 1) if form.measure == "preliminary" else end.replace(day=1)
    return first <= day <= end + timedelta(days=1)


def is_own(code: str, period: str, figures: str = "since_start") -> bool:
    """Whether a period that a text names is the filing's, or that of its figures: "tháng 12" on a
    yearly report is so, and "3 tháng đầu năm" on what March counts since 1 January."""
    return code in _own(period, figures)


@lru_cache(maxsize=128)
def _own(period: str, figures: str) -> frozenset[str]:
    last = f"M{periods()[period].last:02}"
    return frozenset({period, last, since_start(period) if figures == "since_start" else period})


@lru_cache(maxsize=64)
def figures_of(form: Form) -> str:
    """What a form's figures are, above all of its columns: since_start where any of them is."""
    columns = (c for table in form.tables.values() for c in table.columns.values())
    counted = {form.figures or "since_start", *(c.figures for c in columns if c.figures)}
    return "since_start" if "since_start" in counted else "of_period"


def is_before(until: Until, year: int) -> bool:
    """Whether a day lies before the year, or on its first: what a year begins with stands so."""
    return (until.year or year, until.month, until.day) <= (year, 1, 1)


@lru_cache(maxsize=1)
def time_words() -> tuple[re.Pattern[str], ...]:
    """The patterns of all that names a period, a day or how often a form is filed, in the key of a
    text."""
    months = re.compile(rf"{_MONTHS.pattern}(?: đầu)?(?: năm)?")
    return (*_UNTIL, _HOW_OFTEN, _SIGNED, months, _HALF, _WHOLE, _QUARTER, _MONTH)


def period_params(form: Form, *taken: str) -> dict[str, str]:
    """The form's periods and those it would be read as, in both languages."""
    either = {"vi": " hoặc ", "en": " or "}
    named = {
        f"periods_{words}": ", ".join(period_name(code, words) for code in form.periods)
        for words in either
    }
    return named | {
        f"taken_{words}": between.join(period_name(code, words) for code in taken)
        for words, between in either.items()
    }


def _number(word: str) -> int:
    return int(word) if word.isdecimal() else _NUMBERS.get(word, 5)

"""Cells that hold a day: a date of the spreadsheet, or one written out in the Vietnamese order."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from etl.ground.records import State
from etl.normalise.texts.numbers import BLANK, Number, is_not_applicable
from etl.normalise.texts.signs import seen

_WRITTEN = re.compile(
    r"(?:ngày )?(\d{1,2})(?: ?[/.-] ?| tháng )(\d{1,2})(?: ?[/.-] ?| năm )(\d{4}|\d{2})"
    r"(?: \d{1,2}:\d\d(?::\d\d)?)?",
    re.I,
)
_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ]\d\d:\d\d(?::\d\d(?:\.0+)?)?)?")
_SHORT = 45  # "98" is 1998 and "24" is 2024, as etl.read.seen.dated_formats has it
_YEARS = range(1945, 2100)
_SERIAL_START = date(1899, 12, 30)  # ECMA-376 part 1, 18.17.4.1
_SERIALS = range(16_438, 73_051)  # the days of _YEARS


def parse_day(raw: object) -> Number:
    """A cell as a day; its value is "2025-03-04".

    "4/3/2025", "04.03.25" and "ngày 4 tháng 3 năm 2025" are that day. A number that a computer
    would show as a day is refused, as a person sees the number; so is a day that no calendar has.
    """
    if isinstance(raw, datetime):
        return _of(raw.date())
    if isinstance(raw, date):
        return _of(raw)
    if type(raw) is float and raw == int(raw) and int(raw) in _SERIALS:
        meant = _SERIAL_START + timedelta(days=int(raw))
        return Number(State.UNREADABLE, None, "date-serial", (("meant", f"{meant:%d/%m/%Y}"),))
    if type(raw) is not str:
        return _WRONG
    plain = seen(raw).plain
    if not plain or is_not_applicable(plain):
        return Number(State.NOT_APPLICABLE) if plain else BLANK
    if written := _WRITTEN.fullmatch(plain):
        day, month, year = map(int, written.groups())
        if len(written[3]) == 2:
            year += 1900 if year >= _SHORT else 2000
        return _day(year, month, day)
    if iso := _ISO.fullmatch(plain):
        return _day(*map(int, iso.groups()))
    return _WRONG


_WRONG = Number(State.UNREADABLE, None, "date-wrong")


def _day(year: int, month: int, day: int) -> Number:
    try:
        return _of(date(year, month, day))
    except ValueError:
        return _WRONG


def _of(day: date) -> Number:
    return Number(State.VALUE, day.isoformat()) if day.year in _YEARS else _WRONG

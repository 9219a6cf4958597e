"""Formats of days: what a person sees of a date, and whether it is the day that is stored.

In Vietnam the day comes before the month: "03/04/2025" is the third of April, whatever the format
of the cell makes of the fourth of March.
"""

from __future__ import annotations

import re
from calendar import month_abbr
from datetime import date
from functools import lru_cache

from etl.read.seen.formats import BUILT_IN

# what a file names by a number; 14 and 22 are in the order of the reader's country
_TIMES = dict.fromkeys((*range(18, 22), *range(45, 48)), "h:mm")
_OF_OTHER_COUNTRIES = dict.fromkeys((*range(27, 37), *range(50, 59)), "yyyy")
_BUILT_IN: dict[int, str] = BUILT_IN | _TIMES | _OF_OTHER_COUNTRIES | {
    14: "dd/mm/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 22: "dd/mm/yyyy h:mm",
}  # fmt: skip
_SHORT_YEARS = range(1945, 2045)  # what a year of two digits means: "98" is 1998, "25" is 2025
_LITERAL = re.compile(r'"[^"]*"?|\\.|_.|\*.|\[[^\]]*\]')
_PART = re.compile(r"d{1,4}|m{1,5}|y{1,4}", re.I)


def built_in(number: int) -> str:
    """The format that a number alone stands for, of a number or a day."""
    return _BUILT_IN.get(number, "General")


@lru_cache(maxsize=4096)
def says_day(code: str, day: date) -> bool:
    """Whether a person who sees a day under a number format reads that day."""
    parts = _parts(code)
    if not parts:  # a file that names no format shows days in the reader's own; "dddd" is no day
        return code.lower() in ("general", "")
    kinds = [part[0] for part in parts]
    if {*kinds} != {"d", "m", "y"}:
        return False
    is_short = len(parts[kinds.index("y")]) < 3
    if is_short and day.year not in _SHORT_YEARS:
        return False
    is_named = any(part.startswith("mmm") for part in parts)
    is_ordered = (kinds.index("d") < kinds.index("m")) != (kinds[0] == "y")
    return is_named or is_ordered or day.day > 12 or day.day == day.month


def drawn(code: str, day: date) -> str:
    """A day as its format shows it, without words of the format's own; "…" where it shows none."""
    texts = {"d": str(day.day), "dd": f"{day.day:02}", "m": str(day.month), "mm": f"{day.month:02}",
             "yy": f"{day.year % 100:02}"}  # fmt: skip
    named = {"m": month_abbr[day.month], "y": str(day.year)}
    return "/".join(texts.get(part) or named[part[0]] for part in _parts(code)) or "…"


def _parts(code: str) -> list[str]:
    """The day, month and year of a format in the order shown; names of days of the week are none,
    nor are minutes."""
    plain = _LITERAL.sub(" ", code.split(";")[0]).lower()
    plain = re.sub(r"h+\W*m+|m+\W*s+", " ", plain)
    return [part for part in _PART.findall(plain) if not part.startswith("ddd")]

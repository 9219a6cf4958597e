"""Formats of days: what a person sees of a date, and whether it is the day that is stored.

In Vietnam the day comes before the month: "03/04/2025" is the third of April, whatever the format
of the cell makes of the fourth of March.
"""

from __future__ import annotations

import re
from calendar import month_abbr
from datetime import date
from functools import lru_cache

# of those that a file names by a number; 14 and 22 are in the order of the reader's country
BUILT_IN = {14: "dd/mm/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 22: "dd/mm/yyyy h:mm"}
_LITERAL = re.compile(r'"[^"]*"?|\\.|_.|\*.|\[[^\]]*\]')
_PART = re.compile(r"d{1,4}|m{1,5}|y{1,4}", re.I)


@lru_cache(maxsize=4096)
def says_day(code: str, day: date) -> bool:
    """Whether a person who sees a day under a number format reads that day."""
    parts = _parts(code)
    if not parts:
        return True
    kinds = [part[0] for part in parts]
    if {*kinds} != {"d", "m", "y"}:
        return False
    is_named = any(part.startswith("mmm") for part in parts)
    is_first = kinds.index("d") < kinds.index("m") or kinds[0] == "y"
    return is_named or is_first or day.day > 12 or day.day == day.month


def drawn(code: str, day: date) -> str:
    """A day as its format shows it, without words of the format's own."""
    texts = {"d": str(day.day), "dd": f"{day.day:02}", "m": str(day.month), "mm": f"{day.month:02}",
             "yy": f"{day.year % 100:02}"}  # fmt: skip
    named = {"m": month_abbr[day.month], "y": str(day.year)}
    return "/".join(texts.get(part) or named[part[0]] for part in _parts(code))


def _parts(code: str) -> list[str]:
    """The day, month and year of a format in the order shown; names of days of the week are none,
    nor are minutes."""
    plain = _LITERAL.sub(" ", code.split(";")[0]).lower()
    plain = re.sub(r"h+\W*m+|m+\W*s+", " ", plain)
    return [part for part in _PART.findall(plain) if not part.startswith("ddd")]

"""One parser for every figure a Vietnamese office types.

The written rule (it holds on all five source plans): a comma is the decimal mark; one dot
followed by exactly three digits groups thousands; one dot followed by one or two digits is a
decimal point. What stays ambiguous after that is refused with both readings, never guessed.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from etl.ground.records import State

WHOLE_UNITS = frozenset({"household", "person"})
MONEY = "million_vnd"
_BLANK = frozenset({"", "…", "...", ".."})
_NOT_APPLICABLE = frozenset({"-", "–", "—", "x", "X", "không", "Không"})
_GROUPED = re.compile(r"^[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?$")
_LEADING_ZERO = re.compile(r"^0\d{0,2}\.(\d{3})$")
_COMMA = re.compile(r"^\d+,\d+$")
_DOT = re.compile(r"^\d+\.\d{1,2}$")
_THREE_DECIMALS = re.compile(r"^[1-9]\d{0,2},\d{3}$")  # 1,000 million, or 1 million
_WHOLE_DECIMALS = re.compile(r"(?:^\d+,0{1,2}|\.\d{3},0+)$")  # 1.337,00 households
_DIGITS = re.compile(r"^\d+$")
_SPACED = re.compile(r"^[1-9]\d{0,2}(?: \d{3})+(?:,\d+)?$")
_RANGE = re.compile(r"^\d[\d.,]*\s*%?\s*[-–—]\s*\d[\d.,]*\s*%?$")
_NEGATIVE = re.compile(r"^\((.*)\)$|^-\s?(.*)$")


class Number(NamedTuple):
    """A parsed cell. `rule` is None, or the finding it deserves with its `params`."""

    state: State
    value: str | None = None
    rule: str | None = None
    params: tuple[tuple[str, str], ...] = ()


BLANK = Number(State.BLANK)


def is_not_applicable(text: str) -> bool:
    """Whether a text says that there is nothing to report: "-", "x", "không"."""
    return text.strip() in _NOT_APPLICABLE


def parse_float(number: float, unit: str | None) -> Number:
    """A number cell. Excel holds 15 significant digits, so that many are kept."""
    if number != number or number in (float("inf"), float("-inf")):
        return Number(State.UNREADABLE, None, "number-unreadable")
    if number == int(number):
        return Number(State.VALUE, str(int(number)))
    if unit in WHOLE_UNITS:
        return Number(State.UNREADABLE, None, "number-not-whole")
    digits = format(number, ".15g")
    return Number(State.VALUE, digits if "e" not in digits else format(Decimal(digits), "f"))


@lru_cache(maxsize=1 << 16)
def parse_text(text: str, unit: str | None) -> Number:
    """A text cell: "1.337" is 1337, "8,08" is 8.08, "6.05 %" is 6.05, "- " not applicable.

    `unit` decides what the rule leaves open: a household figure must be whole, so "1,337"
    households is refused with both readings (1337 and 1.337); so is "1,337" million VND.
    """
    plain = unicodedata.normalize("NFKC", text).replace("\u200b", "").strip()
    if plain in _BLANK:
        return BLANK
    if plain in _NOT_APPLICABLE:
        return Number(State.NOT_APPLICABLE)
    sign = ""
    if negative := _NEGATIVE.match(plain):
        sign, plain = "-", (negative[1] or negative[2] or "").strip()
    if plain.endswith("%") and unit in ("pct", "pp", "number"):
        plain = plain[:-1].rstrip()
    digits = _plain_decimal(plain)
    if digits is None:
        return _refused(plain)
    if unit in WHOLE_UNITS and "." in digits:
        if _WHOLE_DECIMALS.search(plain):
            return Number(State.VALUE, _canonical(sign + digits.partition(".")[0]))
        return _not_whole(plain)
    if unit == MONEY and _THREE_DECIMALS.match(plain):
        return _not_whole(plain)
    return Number(State.VALUE, _canonical(sign + digits))


def _plain_decimal(plain: str) -> str | None:
    if _DIGITS.match(plain) or _DOT.match(plain):
        return plain
    if _COMMA.match(plain):
        return plain.replace(",", ".")
    if _GROUPED.match(plain) or _SPACED.match(plain):
        return plain.replace(".", "").replace(" ", "").replace(",", ".")
    return None


def _canonical(digits: str) -> str:
    return format(Decimal(digits), "f")


def _not_whole(plain: str) -> Number:
    whole, _, decimals = plain.replace(".", "").partition(",")
    if len(decimals) == 3:
        readings = (("first", whole + decimals), ("second", f"{whole},{decimals}"))
        return Number(State.UNREADABLE, None, "number-ambiguous", readings)
    return Number(State.UNREADABLE, None, "number-not-whole")


def _refused(plain: str) -> Number:
    if zero := _LEADING_ZERO.match(plain):  # thousands never start with 0
        readings = (("first", f"0,{zero[1]}"), ("second", str(int(zero[1]))))
        return Number(State.UNREADABLE, None, "number-ambiguous", readings)
    if _RANGE.match(plain):
        return Number(State.UNREADABLE, None, "number-range")
    if plain.endswith("%") and _plain_decimal(plain[:-1].rstrip()):  # of a count
        return Number(State.UNREADABLE, None, "number-percent")
    if re.match(r"^\d{1,3}(?:,\d{3})+\.\d+$", plain):
        american = plain.replace(",", "")
        readings = (("first", american.replace(".", ",")), ("second", plain.replace(",", ".")))
        return Number(State.UNREADABLE, None, "number-ambiguous", readings)
    return Number(State.UNREADABLE, None, "number-unreadable")

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
_BLANK = frozenset({"", "…", "...", ".."})
_NOT_APPLICABLE = frozenset({"-", "–", "—", "x", "X", "không", "Không"})
_GROUPED = re.compile(r"^\d{1,3}(?:\.\d{3})+(?:,\d+)?$")
_COMMA = re.compile(r"^\d+,\d+$")
_DOT = re.compile(r"^\d+\.\d{1,2}$")
_DIGITS = re.compile(r"^\d+$")
_SPACED = re.compile(r"^\d{1,3}(?: \d{3})+(?:,\d+)?$")
_NEGATIVE = re.compile(r"^\((.*)\)$|^-\s?(.*)$")


class Number(NamedTuple):
    """A parsed cell. `rule` is None, or the finding it deserves with its `params`."""

    state: State
    value: str | None = None
    rule: str | None = None
    params: tuple[tuple[str, str], ...] = ()


BLANK = Number(State.BLANK)


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
    households is refused with both readings (1337 and 1.337).
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
    if re.match(r"^\d{1,3}(?:,\d{3})+\.\d+$", plain):
        american = plain.replace(",", "")
        readings = (("first", american.replace(".", ",")), ("second", plain.replace(",", ".")))
        return Number(State.UNREADABLE, None, "number-ambiguous", readings)
    return Number(State.UNREADABLE, None, "number-unreadable")

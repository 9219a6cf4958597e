"""One parser for every figure a Vietnamese office types.

The written rule (it holds on all five source plans): a comma is the decimal mark; one dot
followed by exactly three digits groups thousands; one dot followed by any other number of digits
is a decimal point. What stays ambiguous after that is refused with both readings, never guessed.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from etl.catalogue.measures import factor_of, fits, units_in
from etl.catalogue.units_of_measure import of_kind, whole_units
from etl.ground.records import State
from etl.normalise.texts.signs import seen

_BLANK = frozenset({"", "…", "...", ".."})
_NOT_APPLICABLE = frozenset({"-", "–", "—", "x", "X", "không", "Không"})
_MOST_SHOWN = 16  # signs of a number of no more digits than Excel shows, with its point
_MOST_EXACT = 1e15  # below it a whole number has no more digits than Excel shows
_MOST, _LEAST = Decimal(10) ** 15, Decimal(10) ** -15  # no figure of an office is beyond
_MOST_SIGNS = 40  # of a number as typed
_WHOLE = r"(?:0?[0-9]|[1-9][0-9]+)"  # "09" is 9, "007" may be anything
# in no doubt whatever they count, but for the decimals of what is whole: 337, 1.337, 1.337,5
_USUAL = re.compile(r"(?:[0-9]|[1-9][0-9]{1,11}|[1-9][0-9]{0,2}(?:\.[0-9]{3}){1,3})(,[0-9]{1,2})?")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]+)?")
_ENDED = re.compile(rf"(?:{_WHOLE}|[1-9][0-9]{{0,2}}(?:\.[0-9]{{3}})+)\.")  # "75." of what is whole
_SPACED = re.compile(r"[1-9][0-9]{0,2}(?: [0-9]{3})+(?:,[0-9]+)?")
_COMMA = re.compile(_WHOLE + r",[0-9]+")
_DOT = re.compile(_WHOLE + r"\.(?:[0-9]{1,2}|[0-9]{4,})")
_DIGITS = re.compile(_WHOLE)
_THREE_DECIMALS = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}")  # 1,000 million, or 1 million
_DOT_THREE = re.compile(r"(0[0-9]{0,2}|[1-9][0-9]{3,})\.([0-9]{3})")  # thousands never start so
_AMERICAN = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+")
_RANGE = re.compile(r"[0-9][0-9.,]*\s*%?\s*[-–—]\s*[0-9][0-9.,]*\s*%?")
_NEGATIVE = re.compile(r"\(([^()]*)\)|-([^ -].*)")
_DASHED = re.compile(r"(?:[-–—] ?)([0-9].*)|(.*[0-9]) ?[-–—]")
_WITH_WORD = re.compile(r"([0-9][0-9.,]*(?: [0-9.,]+)*) ?([^\W\d_][^\d]*2?)")  # "5 m2"
_BRACKETED = re.compile(r"(?<=[0-9]) ?(?:\(([^\d()]+)\)|\[([^\d\[\]]+)\])$")  # "20 (hộ)"
_LINES = re.compile(r"\s*[\n\r\t\v\f\x85\u2028\u2029]\s*")


class Number(NamedTuple):
    """A parsed cell. `rule` is None, or the finding it deserves with its `params`; without a rule
    these hold the unit of measure ("unit") that the value was converted from."""

    state: State
    value: str | None = None
    rule: str | None = None
    params: tuple[tuple[str, str], ...] = ()


BLANK = Number(State.BLANK)
_TOO_LONG = Number(State.UNREADABLE, None, "number-too-long")
_NOT_WHOLE = Number(State.UNREADABLE, None, "number-not-whole")
_VALUE = State.VALUE
_made = tuple.__new__  # a country has millions of numbers


def is_likely(number: Decimal) -> bool:
    """Whether a number may be a figure: of no more than 15 digits before the comma, and not so
    small that 15 behind it do not show it."""
    return not number or _LEAST <= abs(number) < _MOST


def is_not_applicable(text: str) -> bool:
    """Whether a text says that there is nothing to report: "-", "x", "không"."""
    return seen(text).plain in _NOT_APPLICABLE


def is_amount(text: str) -> bool:
    """Whether a text is a number with a unit of measure behind it: "60 triệu đồng"."""
    worded = _WITH_WORD.fullmatch(_BRACKETED.sub(r" \1\2", text))
    return worded is not None and bool(units_in(worded[2]))


def parse_float(number: float, unit: str | None) -> Number:
    """A number cell. Excel shows 15 significant digits, so that many are kept: 1336.9999999999998
    is 1337."""
    if -_MOST_EXACT < number < _MOST_EXACT and number.is_integer():
        return _made(Number, (_VALUE, str(int(number)), None, ()))
    exact = repr(number)
    if len(exact) <= _MOST_SHOWN and "e" not in exact and "n" not in exact:
        return _NOT_WHOLE if unit in whole_units() else _made(Number, (_VALUE, exact, None, ()))
    if number != number or number in (float("inf"), float("-inf")):
        return Number(State.UNREADABLE, None, "number-unreadable")
    digits = Decimal(format(number, ".15g"))
    if not is_likely(digits):
        return _TOO_LONG
    if digits == digits.to_integral_value():
        return Number(_VALUE, str(int(digits)))
    return _NOT_WHOLE if unit in whole_units() else Number(_VALUE, format(digits, "f"))


def parse_text(text: str, unit: str | None) -> Number:
    """A text cell: "1.337" is 1337, "8,08" is 8.08, "6.05 %" is 6.05, "- " not applicable.

    `unit` decides what the rule leaves open: a household figure must be whole, so "1,337"
    households is refused with both readings (1337 and 1.337); so is "1,337" million VND. "15 hộ"
    is 15 where households are counted, and refused elsewhere.
    """
    usual = _USUAL.fullmatch(text)
    if usual and not (usual[1] and unit in whole_units()):
        return _made(Number, (_VALUE, text.replace(".", "").replace(",", "."), None, ()))
    return look_into(text, unit)


@lru_cache(maxsize=1 << 16)
def look_into(text: str, unit: str | None) -> Number:
    """`parse_text` of any text, also of one that leaves no doubt at first sight."""
    plain, foreign, raised = seen(text)
    if plain in _BLANK and not foreign:
        return BLANK
    if plain in _NOT_APPLICABLE and not foreign:
        return Number(State.NOT_APPLICABLE)
    if foreign:
        params = (("characters", foreign),)
        return Number(State.UNREADABLE, None, "number-character", params)
    if raised:
        return _ambiguous(*map(_shown, raised))
    pieces = _LINES.split(plain)
    if len(pieces) > 1:
        if all(piece[:1].isdigit() for piece in pieces):
            return _ambiguous("".join(pieces), " / ".join(pieces))
        plain = " ".join(pieces)
    return _signed(plain, unit)


def _signed(plain: str, unit: str | None) -> Number:
    sign = ""
    if negative := _NEGATIVE.fullmatch(plain):
        sign, plain = "-", (negative[1] or negative[2] or "").strip()
    elif plain.startswith("+"):
        plain = plain[1:].lstrip(" ")
    elif dashed := _DASHED.fullmatch(plain):  # a minus, or the dash of a list
        number = _unsigned(dashed[1] or dashed[2], unit)
        if number.value is not None:
            digits = number.value.replace(".", ",")
            return _ambiguous(digits, f"-{digits}")
    number = _unsigned(plain, unit)
    if not sign:
        return number
    if number.value is not None:
        return number._replace(value=_canonical(sign + number.value))
    if number.rule == "number-ambiguous":
        return _ambiguous(*(sign + reading for _name, reading in number.params))
    return number


def _unsigned(plain: str, unit: str | None) -> Number:
    plain = _BRACKETED.sub(r" \1\2", plain)
    worded = _WITH_WORD.fullmatch(plain)
    if worded and (said := units_in(worded[2])) and fits(unit, said):
        plain = worded[1]
    elif worded and (factor := factor_of(unit, worded[2])) is not None:
        return converted(_unsigned(worded[1], "number"), unit, factor, worded[2])
    elif plain.endswith("%") and unit in of_kind("share", "any"):
        plain = plain[:-1].rstrip(" ")
    elif unit in whole_units() and _ENDED.fullmatch(plain):
        plain = plain[:-1]
    digits = _plain_decimal(plain)
    if digits is None:
        return _refused(plain)
    if len(digits) > _MOST_SIGNS or not is_likely(Decimal(digits)):
        return _TOO_LONG
    decimals = digits.partition(".")[2]
    grouped = bool(_GROUPED.fullmatch(plain) or _SPACED.fullmatch(plain))
    if unit in whole_units() and decimals:
        if not decimals.strip("0") and (grouped or len(decimals) != 3):  # 1.337,00 households
            return Number(_VALUE, _canonical(digits.partition(".")[0]))
        return _not_whole(plain)
    # 1,337 may be thousands by its size
    if unit in of_kind("money", "any") and _THREE_DECIMALS.fullmatch(plain):
        return _not_whole(plain)
    return Number(_VALUE, _canonical(digits))


def converted(number: Number, unit: str | None, factor: Decimal, words: str) -> Number:
    """A number of one unit of measure, in words, as one of another: exactly `factor` times it."""
    if number.value is None:
        return number
    value = Decimal(number.value) * factor
    if not is_likely(value):
        return _TOO_LONG
    if unit in whole_units() and value != value.to_integral_value():
        return _NOT_WHOLE
    plain = format(value.normalize() if value else value, "f")
    return Number(_VALUE, plain, None, (("unit", words),))


def _plain_decimal(plain: str) -> str | None:
    if _DIGITS.fullmatch(plain) or _DOT.fullmatch(plain):
        return plain
    if _COMMA.fullmatch(plain):
        return plain.replace(",", ".")
    if _GROUPED.fullmatch(plain) or _SPACED.fullmatch(plain):
        return plain.replace(".", "").replace(" ", "").replace(",", ".")
    return None


def _canonical(digits: str) -> str:
    return format(Decimal(digits), "f")


def _shown(plain: str) -> str:
    digits = _plain_decimal(plain)
    return plain if digits is None else _canonical(digits).replace(".", ",")


def _ambiguous(first: str, second: str) -> Number:
    readings = (("first", first), ("second", second))
    return Number(State.UNREADABLE, None, "number-ambiguous", readings)


def _not_whole(plain: str) -> Number:
    whole, _, decimals = plain.replace(".", "").replace(" ", "").partition(",")
    if len(decimals) == 3:
        return _ambiguous(whole + decimals, f"{whole},{decimals}")
    return _NOT_WHOLE


def _refused(plain: str) -> Number:
    if dotted := _DOT_THREE.fullmatch(plain):
        whole, decimals = dotted.groups()
        return _ambiguous(f"{int(whole)},{decimals}", str(int(whole + decimals)))
    if _RANGE.fullmatch(plain):
        return Number(State.UNREADABLE, None, "number-range")
    if plain.endswith("%") and _plain_decimal(plain[:-1].rstrip()):  # of a count
        return Number(State.UNREADABLE, None, "number-percent")
    if _AMERICAN.fullmatch(plain):
        american = plain.replace(",", "")
        return _ambiguous(american.replace(".", ","), plain.replace(",", "."))
    return Number(State.UNREADABLE, None, "number-unreadable")

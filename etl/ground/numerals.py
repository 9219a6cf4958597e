"""Numbers and days as Vietnamese readers expect them: 1.337 and 8,08; "–" where there is none.

English sentences have them too: they stand beside the Vietnamese one, and beside cells that are
quoted. What a filer typed is quoted as it is, and a year is no number here.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal

NONE = "–"
_WIDE = Context(prec=330)  # a quotient of figures may be as large as a float can be
_UNGROUPED = re.compile(r"-?(?:0|[1-9]\d{0,15})(?:,\d{1,15})?")  # no figure is longer


def shown(value: Decimal | int | None, decimals: int | None = None) -> str:
    """13731.00 -> "13.731,00"; half-up, with the decimals the value has (at most 2) or those asked.

    Zero is "0", no value "–", a minus sign "−".
    """
    if value is None:
        return NONE
    exact = Decimal(value)
    places = min(_decimals(exact), 2) if decimals is None else decimals
    rounded = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _WIDE)
    text = f"{rounded if rounded else abs(rounded):,f}"
    return text.translate(str.maketrans(",.-", ".,−"))


def in_full(value: Decimal) -> str:
    """As `shown`, with every decimal that the value has: 102758.3412 -> "102.758,3412"."""
    return shown(value, _decimals(value))


def grouped(text: str) -> str:
    """A number that has a decimal comma and no groups, as a cell's number is quoted, with them:
    "3603,08" -> "3.603,08". Any other text stays: somebody typed it that way."""
    return in_full(Decimal(text.replace(",", "."))) if _UNGROUPED.fullmatch(text) else text


def money(value: Decimal | None) -> str:
    """Million VND, always with two decimals, so that a column reads down."""
    return shown(value, 2)


def brief(value: Decimal | int | None) -> str:
    """As `shown`, without zeros at the end: 50.00 -> "50", 62.50 -> "62,5"."""
    text = shown(value)
    return text.rstrip("0").rstrip(",") if "," in text else text


def day(value: date | None) -> str:
    """A day as dd/mm/yyyy."""
    return f"{value:%d/%m/%Y}" if value else NONE


def _decimals(exact: Decimal) -> int:
    return max(-int(exact.as_tuple().exponent), 0)

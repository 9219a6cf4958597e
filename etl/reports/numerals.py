"""Numbers and days as Vietnamese readers expect them: 1.337 and 8,08; "–" where there is none."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

NONE = "–"


def shown(value: Decimal | int | None, decimals: int | None = None) -> str:
    """13731.00 -> "13.731,00"; half-up, with the decimals the value has (at most 2) or those asked.

    Zero is "0", no value "–", a minus sign "−".
    """
    if value is None:
        return NONE
    exact = Decimal(value)
    places = min(max(-int(exact.as_tuple().exponent), 0), 2) if decimals is None else decimals
    text = f"{exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP):,f}"
    return text.translate(str.maketrans(",.-", ".,−"))


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

"""What a sheet hides, and what stands on its page but in no cell."""

from __future__ import annotations

import re
from typing import NamedTuple

# the codes of page headers: fonts in quotation marks, sizes, colours, and single letters
_CODES = re.compile(r'&"[^"]*"|&K[0-9A-Fa-f]{6}|&K\d\d[+-]\d{3}|&\d+|&&|&.', re.DOTALL)


class Condition(NamedTuple):
    """A conditional format that may change what is seen of a number.

    areas: (top, left, bottom, right), 0-based, both ends included. operator, limits: of a rule
    about the cell's own number; "" where it depends on anything else.
    """

    areas: tuple[tuple[int, int, int, int], ...]
    style: int
    operator: str
    limits: tuple[float, ...]

    def may_hold(self, at: tuple[int, int], number: float) -> bool:
        """Whether the format may be in use in a cell with a number."""
        row, column = at
        if not any(t <= row <= b and left <= column <= r for t, left, b, r in self.areas):
            return False
        low, *more = self.limits or (0.0,)
        high = more[0] if more else low
        outcome = {
            "equal": number == low, "notEqual": number != low, "lessThan": number < low,
            "lessThanOrEqual": number <= low, "greaterThan": number > low,
            "greaterThanOrEqual": number >= low, "between": low <= number <= high,
            "notBetween": not low <= number <= high,
        }  # fmt: skip
        return outcome.get(self.operator, True)


class Page(NamedTuple):
    """A sheet beside its cells: rows and columns that are hidden (0-based), texts around the
    cells, whether a zero is shown at all, conditional formats."""

    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    printed: tuple[str, ...] = ()
    shows_zeros: bool = True
    conditions: tuple[Condition, ...] = ()


def said_on_page(header: str) -> list[str]:
    """The texts of a page header or footer, without its codes."""
    parts = re.split(r"&[LCR](?![a-z])|\n", header)
    texts = (_CODES.sub(lambda m: "&" if m[0] == "&&" else " ", part).strip() for part in parts)
    return [text for text in texts if text]

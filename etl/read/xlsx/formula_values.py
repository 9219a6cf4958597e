"""The values of formulas: how they are compared, written and rounded, as Excel does."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from typing import Any, NamedTuple

Value = float | str | bool | None
At = tuple[str, int, int]  # sheet, row, column, 0-based
COMPARED: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq, "<>": operator.ne, "<": operator.lt, ">": operator.gt,
    "<=": operator.le, ">=": operator.ge,
}  # fmt: skip


class NotComputable(Exception):
    """A function, an operator or a reference that is not worked out here."""


class Circle(NotComputable):
    """A formula that needs its own result."""


class FormulaError(Exception):
    """The formula gives an Excel error, such as #DIV/0!."""


class Area(NamedTuple):
    """A rectangle of cells of a sheet, both ends included, 0-based."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int


def written(value: Value) -> str:
    """A value as a text that others are joined to."""
    return "" if value is None else format(value, ".15g") if type(value) is float else str(value)


def compared(sign: str, left: Value, right: Value) -> bool:
    """Whether a comparison holds; a text is more than any number, a blank equals 0 and ""."""
    one = ("" if isinstance(right, str) else 0.0) if left is None else left
    other = ("" if isinstance(one, str) else 0.0) if right is None else right
    if isinstance(one, str) != isinstance(other, str):
        return sign == "<>" or (sign in ("<", "<=") and isinstance(other, str))
    if isinstance(one, str) and isinstance(other, str):
        one, other = one.lower(), other.lower()
    return COMPARED[sign](one, other)


def rounded(value: float, places: float) -> float:
    """ROUND: half away from zero, of the 15 digits that Excel keeps."""
    scale = 10.0 ** int(places)
    scaled = float(format(abs(value) * scale, ".15g"))
    return math.copysign(math.floor(scaled + 0.5) / scale, value)

"""What can happen to a base; `TRAITS` by name. Each changes a book in place.

A trait of one sheet says which by its number, the first unless told ("sheet: 1").
"""

from tests.corpus.traits import (
    continued,
    dangers,
    fresh,
    headers,
    hiding,
    lines,
    merging,
    numbers,
    persons,
    rows,
    said,
    sheets,
    shown,
    text,
    units,
)
from tests.corpus.traits.registry import TRAITS

__all__ = [
    "TRAITS",
    "continued",
    "dangers",
    "fresh",
    "headers",
    "hiding",
    "lines",
    "merging",
    "numbers",
    "persons",
    "rows",
    "said",
    "sheets",
    "shown",
    "text",
    "units",
]

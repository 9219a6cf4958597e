"""Cells by their A1 addresses; rows and columns count from 0.

Not by openpyxl.utils, which stops at column ZZZ: what is no sheet of any program says more.
"""

from __future__ import annotations

import re
from functools import lru_cache

_ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")


@lru_cache(maxsize=1024)
def column_letters(column: int) -> str:
    """The letters of a column: 0 is A, 701 is ZZ."""
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(65 + letter) + letters
    return letters


@lru_cache(maxsize=1024)
def column_number(letters: str) -> int:
    """The column of its letters: "A" is 0, "zz" is 701."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def address(row: int, column: int) -> str:
    """The address of a cell: (0, 27) is AB1."""
    return f"{column_letters(column)}{row + 1}"


def place_of(text: str) -> tuple[int, int] | None:
    """Row and column of an address; None where the text is none."""
    found = _ADDRESS.fullmatch(text)
    return (int(found[2]) - 1, column_number(found[1])) if found else None

"""Whether what is found tells of a place: a cell, a row, a column, a sheet."""

from __future__ import annotations

import re

from openpyxl.utils import column_index_from_string
from openpyxl.utils.cell import range_boundaries

from etl.ground.records import Finding


def tells_of(finding: Finding, place: str) -> bool:
    """A place is "F11", "13" (a row), "F" (a column), "Trang_2!" (a sheet), "*" (any)."""
    sheet, _, spot = place.rpartition("!")
    name = sheet.replace("_", " ")
    if name and finding.sheet != name and name not in _words(finding):
        return False
    if spot in ("", "*"):
        return True
    if finding.cell and _covers(finding.cell, spot):
        return True
    words = re.findall(r"[A-Za-z0-9:]+", _words(finding))
    return any(word == spot or (":" in word and _covers(word, spot)) for word in words)


def _words(finding: Finding) -> str:
    return " ; ".join((finding.seen, finding.expected, *(text for _name, text in finding.params)))


def _covers(cells: str, spot: str) -> bool:
    try:
        left, top, right, bottom = range_boundaries(cells.upper())
    except ValueError:
        return False
    letters, digits = re.fullmatch(r"([A-Z]*)(\d*)", spot).groups()  # type: ignore[union-attr]
    column = column_index_from_string(letters) if letters else None
    in_row = not digits or top is None or bottom is None or top <= int(digits) <= bottom
    in_column = column is None or left is None or right is None or left <= column <= right
    return in_row and in_column

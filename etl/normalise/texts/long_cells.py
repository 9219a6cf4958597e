"""The cells of a sheet that may say something by themselves: all but the many short numbers."""

from __future__ import annotations

from etl.ground.records import Sheet


def long_cells(sheet: Sheet) -> frozenset[object]:
    """The different cells of a sheet but numbers below ten digits, or of up to eight signs as text;
    found once a sheet."""
    if sheet.long_cells is None:
        cells: set[object] = set().union(*sheet.rows)
        found = [
            cell for cell in cells
            if (len(cell) > 8 or not (cell[:1].isdecimal() and cell[-1:].isdecimal())
                if type(cell) is str else type(cell) is float and cell >= 1e9)
        ]  # fmt: skip
        sheet.long_cells = frozenset(found)
    return sheet.long_cells

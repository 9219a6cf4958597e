"""The cells of a sheet that may say something by themselves: all but the many short numbers."""

from __future__ import annotations

from etl.ground.records import Sheet


def long_cells(sheet: Sheet) -> frozenset[object]:
    """The different cells of a sheet but short numbers, also typed as text; found once a sheet."""
    if sheet.long_cells is None:
        cells: set[object] = set().union(*sheet.rows)
        sheet.long_cells = frozenset([cell for cell in cells if _is_long(cell)])
    return sheet.long_cells


def _is_long(cell: object) -> bool:
    """Whether a cell is no number of up to eight signs as text, or below ten digits."""
    if type(cell) is str:
        return len(cell) > 8 or not (cell[:1].isdecimal() and cell[-1:].isdecimal())
    return type(cell) is float and cell >= 1e9

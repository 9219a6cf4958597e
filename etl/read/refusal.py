"""Why a file is not read, and the limits it is measured against."""

from __future__ import annotations

from etl.ground.addresses import address

MAX_FILE_BYTES = 20 * 2**20
MAX_UNPACKED_BYTES = 150 * 10**6
MAX_ENTRIES = 2000
MAX_ROWS = 100_000
MAX_COLUMNS = 702  # column ZZ
# The reader keeps 32 bytes for every cell up to the last one that holds a value: 225 MB.
MAX_AREA = MAX_COLUMNS * 10_000


class Refused(Exception):
    """Raised inside this room only; `rule` and `params` become the workbook's finding."""

    def __init__(self, rule: str, **params: str) -> None:
        super().__init__(rule, params)
        self.rule = rule
        self.params = tuple(params.items())


class Extent:
    """The rectangle from A1 over all cells that hold a value; refused once it is too large."""

    def __init__(self) -> None:
        self.rows = 0
        self.columns = 0

    def add(self, last_row: int, last_column: int) -> None:
        """Take in a cell, by its 0-based position. Raises Refused (file-too-wide)."""
        if last_row < self.rows and last_column < self.columns:
            return
        self.rows = max(self.rows, last_row + 1)
        self.columns = max(self.columns, last_column + 1)
        far = self.rows > MAX_ROWS or self.columns > MAX_COLUMNS
        if far or self.rows * self.columns > MAX_AREA:
            raise Refused("file-too-wide", cell=address(last_row, last_column))

"""What passes between the readers of rows: the sheet that is read, and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from openpyxl.utils import get_column_letter

from etl.ground.records import Figure, Finding, Sheet

LETTERS = [get_column_letter(c + 1) for c in range(703)]


class Unnamed(NamedTuple):
    """A row with a figure (in `cell`, saying `seen`) and nothing in its key column; 0-based."""

    filing_id: int
    row: int
    key_place: int
    cell: str
    seen: str


class Reading(NamedTuple):
    """What is read: a sheet of a filing about some years; whether it may show percentages."""

    filing_id: int
    sheet: Sheet
    years: range
    shows_percent: bool = False


@dataclass(slots=True)
class Extracted:
    """Figures of one table, findings on its cells, and what is worth a second look.

    `doubtful` holds (index into figures, row, column), 0-based; `unnamed` rows are no findings
    yet.
    """

    figures: list[Figure] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    doubtful: list[tuple[int, int, int]] = field(default_factory=list)
    unnamed: list[Unnamed] = field(default_factory=list)


def address(row: int, place: int) -> str:
    """A1 address of a 0-based cell."""
    return f"{LETTERS[place]}{row + 1}"

"""What passes between the readers of rows: the pages that are read, and what comes out of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from etl.ground.records import Figure, Finding, Sheet
from etl.normalise.header.plans import TablePlan


class Unnamed(NamedTuple):
    """A row with a figure (in `cell`, saying `seen`) and nothing in its key column; 0-based."""

    row: int
    key_place: int
    cell: str
    seen: str


class Reading(NamedTuple):
    """What is read: the years that a filing is about; whether its cells are shown as they are
    held (Workbook.is_plain)."""

    filing_id: int
    years: range
    is_plain: bool = True


class Page(NamedTuple):
    """One sheet of a table. `offset`: how many rows the sheets before it have, which are counted
    first, so that no two rows of a table have one number."""

    plan: TablePlan
    sheet: Sheet
    offset: int = 0


@dataclass(slots=True)
class Extracted:
    """Figures of one sheet of a table, findings on its cells, and what is worth a second look.

    `doubtful` holds (index into figures, row, column), 0-based; `unnamed` rows are no findings
    yet. The account of the cells: `rows` are those that were read, 0-based; `filled` counts their
    cells that are not empty; `aside` holds the filled cells that are something else than figures,
    or in a finding; `refused` counts rows and cells that a finding keeps from being read. `below`:
    the rows with words only that stand under the last row of the table.
    """

    filing_id: int
    sheet: Sheet
    figures: list[Figure] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    doubtful: list[tuple[int, int, int]] = field(default_factory=list)
    unnamed: list[Unnamed] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    filled: int = 0
    aside: set[tuple[int, int]] = field(default_factory=set)
    refused: int = 0
    below: list[int] = field(default_factory=list)

    def find(self, rule: str, cell: str, seen: str, /, **params: str) -> None:
        """Add a finding at a cell of the sheet."""
        self.findings.append(self.finding(rule, cell, seen, **params))

    def finding(self, rule: str, cell: str, seen: str, /, **params: str) -> Finding:
        """A finding at a cell of the sheet."""
        listed = (("seen", seen), *params.items())
        return Finding(self.filing_id, rule, self.sheet.name, cell, seen, params=listed)

    def set_aside(self, r: int, row: list[object], places: list[int]) -> None:
        """Cells of a row that are no figures: words of a heading, or in a finding."""
        self.aside.update((r, place) for place in places if place < len(row) and row[place] != "")

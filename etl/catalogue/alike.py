"""One fault over many cells of a column, told once: its first cell, and which others have it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from etl.catalogue.rules import RenderedFinding
from etl.ground.addresses import address, place_of

_FEWEST = 3
_MOST_NAMED = 40
# Faults of a row's own name: what each of these says, no other does. But that of a year may be said
# of every other row.
_OF_NAMES = ("unit-", "item-", "line-", "row-", "label-")
_OF_YEARS = "row-other-year"


class Alike(NamedTuple):
    """Findings of one rule in one column of a sheet, in their order; most often only one."""

    findings: list[RenderedFinding]

    @property
    def first(self) -> RenderedFinding:
        """The one whose sentence stands for all."""
        return self.findings[0]

    @property
    def others(self) -> str:
        """The cells of the others: "C12–C15, C18"; "" without others."""
        runs: list[tuple[int, int]] = []
        for row, _column in filter(None, (place_of(each.cell) for each in self.findings[1:])):
            first, last = runs[-1] if runs else (0, -2)
            runs[-1:] = [(first, row)] if row == last + 1 else [*runs[-1:], (row, row)]
        column = _column_of(self.first) or 0
        told = [address(a, column) + (f"–{address(b, column)}" if b > a else "") for a, b in runs]
        return ", ".join(told[:_MOST_NAMED]) + ("…" if len(told) > _MOST_NAMED else "")

    @property
    def more_vi(self) -> str:
        """The sentence on the others, in Vietnamese; "" without others."""
        count = len(self.findings) - 1
        return f" Cũng lỗi này ở {count} ô khác: {self.others}." if count else ""

    @property
    def more_en(self) -> str:
        """The same in English."""
        count = len(self.findings) - 1
        return f" The same holds for {count} other cells: {self.others}." if count else ""


def once(findings: Iterable[RenderedFinding]) -> list[RenderedFinding]:
    """The findings of a workbook; what is said of the whole of it, and so with each of its filings,
    once."""
    kept: dict[object, RenderedFinding] = {}
    for number, each in enumerate(findings):
        kept.setdefault(number if each.sheet else each._replace(filing_id=0), each)
    return [*kept.values()]


def alike(findings: Iterable[RenderedFinding]) -> list[Alike]:
    """The findings, those of one fault over a column together where the first of them stands."""
    groups: dict[object, list[RenderedFinding]] = {}
    for number, each in enumerate(findings):
        column = _column_of(each)
        is_name = each.rule.startswith(_OF_NAMES) and each.rule != _OF_YEARS
        is_own = column is None or is_name
        what = number if is_own else (each.filing_id, each.sheet, each.rule, column)
        groups.setdefault(what, []).append(each)
    found: list[Alike] = []
    for group in groups.values():
        found += [Alike(group)] if len(group) >= _FEWEST else [Alike([each]) for each in group]
    return found


def _column_of(finding: RenderedFinding) -> int | None:
    """The column of a finding's cell; None where it has none."""
    place = place_of(finding.cell)
    return place and place[1]

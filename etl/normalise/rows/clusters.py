"""Rows among units that sum up the rows below or above them under a name of their own.

"Cụm thượng huyện" is no unit and stands on no form; it is a subtotal where its figures say so,
and an unknown unit otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from etl.ground.records import State
from etl.ground.text import key
from etl.normalise.header.extracted import Extracted, Page
from etl.normalise.header.plans import TablePlan
from etl.normalise.rows.figures import RowFigures
from etl.normalise.rows.row_sums import RowSums, Span
from etl.normalise.rows.unknown import Row
from etl.normalise.texts.cells import parse

_FEWEST_ROWS = 2
_NO_NUMBER = re.compile(r"^(?:[IVXLC]+|[A-Za-zĐđ])?\s*[.)]?$")


def may_be_cluster(plan: TablePlan, row: Row) -> bool:
    """Whether a row of no known name could sum up others: it is in a table of units that has sums,
    and has no number."""
    place = plan.ordinal_place
    ordinal = "" if place is None else str(row.cells[place]).strip()
    return ("group", _line(plan, row)) in plan.places_of and bool(_NO_NUMBER.match(ordinal))


def _line(plan: TablePlan, row: Row) -> str | None:
    return plan.labels.items.get(key(row.line)) if plan.line_place is not None else None


@dataclass(slots=True)
class _Cluster:
    page: Page
    figures: RowFigures
    lines: list[tuple[Row, Callable[[], None]]] = field(default_factory=list)

    @property
    def span(self) -> Span:
        """The rows that it stands in."""
        first, last = self.lines[0][0].number, self.lines[-1][0].number
        return self.page.offset + first + 1, self.page.offset + last + 1


class Clusters:
    """Collects what may be clusters in one table and decides when all its rows are known."""

    def __init__(self) -> None:
        self._found: list[_Cluster] = []

    def add(
        self, page: Page, figures: RowFigures, row: Row, refuse: Callable[[], None], *,
        goes_on: bool,
    ) -> None:  # fmt: skip
        """A row that may be one, and what to do if it is not; `goes_on` where it is a further line
        of the one above it."""
        if not (goes_on and self._found):
            self._found.append(_Cluster(page, figures))
        self._found[-1].lines.append((row, refuse))

    def settle(self, done: list[Extracted], sums: list[Span], data_rows: list[int]) -> None:
        """Turn each into a subtotal of the rows that it sums up, or refuse it."""
        if not self._found:
            return
        has_lines = self._found[0].page.plan.line_place is not None
        sums_of = RowSums(done, has_lines=has_lines)
        bounds = [*sums, *(each.span for each in self._found)]
        for cluster in self._found:
            spans = _spans_around(cluster.span, bounds, data_rows)
            span = next((span for span in spans if _adds_up(cluster, span, sums_of)), None)
            for row, refuse in cluster.lines:
                if span is None:
                    refuse()
                else:
                    kind = ("group", _line(cluster.page.plan, row))
                    cluster.figures.add(row.number, row.cells, kind, f"{span[0]}:{span[1]}")


def _spans_around(own: Span, bounds: list[Span], data_rows: list[int]) -> list[Span]:
    """The rows below, until the next sum, and those above, since the sum before."""
    last = max(data_rows, default=own[1])
    below = min((first for first, _last in bounds if first > own[1]), default=last + 1)
    before = min(data_rows, default=1) - 1
    above = max((end for _first, end in bounds if end < own[0]), default=before)
    return [(own[1] + 1, below - 1), (above + 1, own[0] - 1)]


def _adds_up(cluster: _Cluster, span: Span, sums: RowSums) -> bool:
    """Whether every count of the cluster is the sum of these rows', of two at least, and one of
    them is not 0. Columns with a figure that cannot be read say nothing."""
    plan, agreed = cluster.page.plan, False
    for row, _refuse in cluster.lines:
        for place, slot in plan.places_of[("group", _line(plan, row))]:
            stated = parse(row.cells[place], slot.unit_of_measure)
            if plan.table.columns[slot.column].total != "sum" or stated.state == State.BLANK:
                continue
            total, rows = sums.of(slot, span)
            if total is None:
                continue
            said = stated.value or ("0" if stated.state == State.NOT_APPLICABLE else "NaN")
            if rows < _FEWEST_ROWS or Decimal(said) != total:
                return False
            agreed = agreed or total != 0
    return agreed

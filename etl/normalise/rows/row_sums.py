"""Sums of a table's rows as they were read, for what stands in no form: a cluster among units, a
total of the rows that a filter shows."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

from etl.catalogue.slots import TOTAL_KINDS, Slot, by_id
from etl.ground.numerals import in_full
from etl.ground.records import State
from etl.normalise.header.extracted import Extracted, Page
from etl.normalise.sheets.hiding import numbered

Span = tuple[int, int]  # numbers of its first and last row
_NO_END = 1 << 62


class RowSums:
    """The figures of a table's units or items, by column, line and number of the row."""

    def __init__(self, done: list[Extracted], *, has_lines: bool) -> None:
        self._has_lines = has_lines
        self._figures: dict[tuple[str, str | None], dict[int, Decimal | None]] = {}
        named = by_id()
        for figure in (figure for out in done for figure in out.figures):
            slot = named[figure.slot_id]
            if slot.kind not in TOTAL_KINDS and figure.state in (State.VALUE, State.UNREADABLE):
                value = Decimal(figure.value) if figure.value is not None else None
                self._figures.setdefault(self._key(slot), {})[figure.row_no] = value

    def _key(self, slot: Slot) -> tuple[str, str | None]:
        return slot.column, slot.item if self._has_lines else None

    def of(
        self, slot: Slot, span: Span, without: Collection[int] = ()
    ) -> tuple[Decimal | None, int]:
        """The sum over some rows of a slot's column and line, and how many these are; None where a
        figure cannot be read."""
        rows = self._figures.get(self._key(slot), {})
        within = range(span[0], span[1] + 1)
        values = [value for r, value in rows.items() if r in within and r not in without]
        known = [value for value in values if value is not None]
        return (sum(known, Decimal(0)) if len(known) == len(values) else None), len(values)


def totals_of_shown(pages: list[Page], done: list[Extracted]) -> None:
    """Totals that are right for the rows that are shown and wrong for all: a formula that leaves
    out filtered rows gives them. Both sums are told."""
    hidden = {
        page.offset + r + 1
        for page, out in zip(pages, done, strict=True)
        for r in page.sheet.hidden_rows.intersection(out.rows)
    }
    if not hidden:
        return
    table, named = pages[0].plan.table, by_id()
    sums = RowSums(done, has_lines=table.line_column is not None)
    for out in done:
        for figure in out.figures:
            slot = named[figure.slot_id]
            is_sum = slot.kind == "total" or (slot.kind == "group" and table.rows == "units")
            if not is_sum or table.columns[slot.column].total != "sum" or figure.value is None:
                continue
            span = _span(figure.subject)
            whole, _count = sums.of(slot, span)
            shown, _count = sums.of(slot, span, hidden)
            if shown == Decimal(figure.value) != whole and whole is not None:
                rows = _row_numbers(pages, {r for r in hidden if span[0] <= r <= span[1]})
                out.find("total-of-shown", figure.cell, figure.text, all=in_full(whole), rows=rows)


def leave_unjudged(done: list[Extracted], refused: list[int]) -> None:
    """Sums over rows that are not read, in place: nobody can say that they are wrong."""
    named = by_id()
    for out in done if refused else ():
        for at, figure in enumerate(out.figures):
            if named[figure.slot_id].kind in TOTAL_KINDS:
                first, last = _span(figure.subject if ":" in (figure.subject or "") else None)
                if any(first <= row_no <= last for row_no in refused):
                    out.figures[at] = figure._replace(state=State.UNREADABLE, value=None)


def _span(subject: str | None) -> Span:
    """The rows that a sum names ("11:15"); all of them where it is the table's."""
    first, _, last = (subject or "").partition(":")
    return int(first or 0), int(last or _NO_END)


def _row_numbers(pages: list[Page], hidden: set[int]) -> str:
    """Rows by their numbers on their sheets."""
    told = []
    for page in pages:
        rows = range(page.offset + 1, page.offset + len(page.sheet.rows) + 1)
        own = [row_no - page.offset - 1 for row_no in sorted(hidden.intersection(rows))]
        told += [numbered(own)] if own else []
    return ", ".join(told)

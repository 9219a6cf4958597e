"""Rows of which nobody can tell the unit of measure, where the column of units says that others are
in another one than the form's: they are blank, or nobody who opens the file sees the column."""

from __future__ import annotations

from operator import attrgetter

from etl.catalogue.measures import word_for
from etl.catalogue.slots import TOTAL_KINDS, by_id
from etl.ground.addresses import address
from etl.ground.records import Figure, State
from etl.normalise.header.extracted import Extracted, Page
from etl.normalise.header.faults import Found
from etl.normalise.texts.cells import written
from etl.normalise.title.said import states_money

_AS_FILED = attrgetter("unit_as_filed")


def unmeasured_rows(pages: list[Page], done: list[Extracted], found: list[Found]) -> None:
    """Add, to a table with rows that were converted, what stops it. A line that states the unit of
    the table holds for rows that state none; sums are judged by what they sum up."""
    if not any(any(map(_AS_FILED, out.figures)) for out in done):
        return
    for page, out in zip(pages, done, strict=True):
        place = page.plan.measure_place
        if place is not None:
            _unmeasured(page, out, place, is_stated=any(map(states_money, found)))


def _unmeasured(page: Page, out: Extracted, place: int, *, is_stated: bool) -> None:
    said: dict[int, str] = {}
    converted: dict[str | None, int] = {}  # the first row of each unit of the form
    for figure in out.figures:
        r = figure.row_no - page.offset - 1
        row = page.sheet.rows[r]
        said[r] = written(row[place]) if place < len(row) else ""
        if figure.value and figure.unit_as_filed and figure.unit_as_filed == said[r]:
            converted.setdefault(_unit(figure), r)
    if converted and place in out.sheet.hidden_columns:
        r = min(converted.values())
        out.find("measure-hidden", address(r, place), said[r])
    blank: dict[int, str | None] = {}
    for figure in out.figures if not is_stated else ():
        r = figure.row_no - page.offset - 1
        if not said[r] and _unit(figure) in converted and _is_bare_amount(figure):
            blank.setdefault(r, _unit(figure))
    for r, unit in blank.items():
        first = converted[unit]
        params = {"other": said[first], "first": address(first, place)}
        out.find("measure-blank", address(r, place), "", wanted=word_for(unit), **params)


def _unit(figure: Figure) -> str | None:
    return by_id()[figure.slot_id].unit_of_measure


def _is_bare_amount(figure: Figure) -> bool:
    """Whether a figure of a row that is no sum, and not zero, says no unit itself."""
    is_row = by_id()[figure.slot_id].kind not in TOTAL_KINDS and figure.state == State.VALUE
    is_more = bool((figure.value or "").strip("-0."))
    return is_row and is_more and not any(map(str.isalpha, figure.text))

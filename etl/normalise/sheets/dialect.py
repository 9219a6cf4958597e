"""Dots in the figures of one table: whether they group thousands or come before decimals.

By the written rule one dot before three digits groups thousands. That is in doubt where the same
table shows figures of the same unit with a dot before decimals (60.25 beside 293.505), and in a
csv with commas between its columns: the settings that put them there write decimals with a dot.
A csv with commas whose own decimals have commas falls apart: what is left of that is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from etl.catalogue.slots import by_id
from etl.catalogue.units_of_measure import whole_units
from etl.ground.addresses import address
from etl.ground.records import State
from etl.normalise.header.extracted import Extracted, Page
from etl.normalise.texts.cells import written
from etl.normalise.texts.signs import seen

_CORE = re.compile(r"[^\d.,]*([\d.,]*\d)[^\d.,]*", re.ASCII)
_DECIMALS = re.compile(r"\d{1,6}%?", re.ASCII)


class Mark(Enum):
    """What the mark in a figure is: a point or a comma before decimals; one before three digits,
    which may be either."""

    POINT = re.compile(r"\d+\.(?:\d{1,2}|\d{4,})", re.ASCII)
    COMMA = re.compile(r"\d+,(?:\d{1,2}|\d{4,})|\d{1,3}(?:\.\d{3})+,\d+", re.ASCII)
    DOT_THREE = re.compile(r"[1-9]\d{0,2}\.\d{3}", re.ASCII)
    COMMA_THREE = re.compile(r"[1-9]\d{0,2},\d{3}", re.ASCII)


_MARKS = tuple((mark, mark.value.fullmatch) for mark in Mark)
_TEXT = attrgetter("text")


class _Written(NamedTuple):
    """A figure by its place on its page: its unit, its digits and marks, and what they are."""

    page: Extracted
    place: int
    unit: str
    core: str
    mark: Mark

    @property
    def column(self) -> tuple[str, str]:
        """Its sheet and the letters of its column."""
        figure = self.page.figures[self.place]
        return figure.sheet, figure.cell.rstrip("0123456789")

    @property
    def may_be_either(self) -> bool:
        """Whether both readings are figures of the unit: 1.337 households are no fraction."""
        three = self.mark in (Mark.DOT_THREE, Mark.COMMA_THREE)
        return three and (self.unit not in whole_units() or self.core.endswith("000"))


def refuse_unclear_decimals(pages: list[Extracted], delimiter: str) -> None:
    """Refuse, in place, the figures of a table whose marks the rest of it makes doubtful.

    `delimiter`: what stands between the columns of a csv, "" in a workbook.
    """
    has_dots = any("." in "".join(map(_TEXT, page.figures)) for page in pages)
    if not has_dots or not any(
        "." in f.text for page in pages for f in page.figures if f.value is not None
    ):
        return
    marked = [each for page in pages for each in _written(page)]
    points = {each.unit for each in marked if each.mark is Mark.POINT}
    settled = {each.unit for each in marked if each.mark is Mark.COMMA} - points
    if delimiter:
        _judge_both_marks(marked, points)
    is_english = delimiter == ","
    for each in marked:
        doubted = each.unit in points or (
            is_english and each.mark is Mark.DOT_THREE and each.unit not in settled
        )
        if doubted and each.may_be_either:
            _refuse(each)


def _judge_both_marks(marked: list[_Written], points: set[str]) -> None:
    """Decimals of one unit behind points and behind commas. Within one column nobody knows which of
    the two the rest of it means; else each has one reading, but no one hand wrote the file."""
    commas = {each.column for each in marked if each.mark is Mark.COMMA}
    doubted = [each for each in marked if each.mark is Mark.POINT and each.column in commas]
    for each in doubted:
        _refuse(each)
    comma = next((e for e in marked if e.mark is Mark.COMMA and e.unit in points), None)
    if comma is not None and not doubted:
        point = next(e for e in marked if e.mark is Mark.POINT and e.unit == comma.unit)
        first, second = (each.page.figures[each.place] for each in (comma, point))
        params = {"first": f"{first.cell}: {first.text}", "second": f"{second.cell}: {second.text}"}
        point.page.find("number-both-marks", second.cell, second.text, **params)


def split_decimals(page: Page, out: Extracted, delimiter: str) -> None:
    """Numbers in a column of notes of a csv with commas between its columns, right of a figure that
    may have decimals: 1,12 without quotes falls into two cells."""
    if delimiter != ",":
        return
    layout, rows = page.plan.layout, page.sheet.rows
    names = {heading.place: name for name, heading in layout.columns}
    notes = {h.place: h for n, h in layout.columns if layout.table.columns[n].is_ == "note"}
    notes |= {heading.place: heading for heading in layout.unused}
    for place, heading in notes.items():
        before = layout.table.columns.get(names.get(place - 1, ""))
        if before is None or before.is_ != "figure" or before.unit in whole_units():
            continue
        for r in out.rows:
            if place < len(rows[r]) and _DECIMALS.fullmatch(written(rows[r][place])):
                cell, left = address(r, place), written(rows[r][place - 1])
                seen_here = written(rows[r][place])
                out.find("csv-split-decimals", cell, seen_here, header=heading.text, before=left)
                break


def _refuse(each: _Written) -> None:
    figure = each.page.figures[each.place]
    whole = re.sub(r"\D", "", each.core)
    decimal = format(Decimal(each.core.replace(",", ".")).normalize(), "f").replace(".", ",")
    each.page.figures[each.place] = figure._replace(state=State.UNREADABLE, value=None)
    each.page.find("number-ambiguous", figure.cell, figure.text, first=whole, second=decimal)


def _written(page: Extracted) -> Iterator[_Written]:
    named = by_id()
    stated = {
        figure.row_no: figure.code
        for figure in page.figures
        if figure.code and named[figure.slot_id].column == "unit"
    }
    for place, figure in enumerate(page.figures):
        unit = named[figure.slot_id].unit_of_measure
        if figure.value is None or unit is None or figure.text.isdecimal():  # it has no mark
            continue
        core, mark = _marked(figure.text)
        if mark is not None:
            own = stated.get(figure.row_no) if unit == "number" else unit
            yield _Written(page, place, own or unit, core, mark)


@lru_cache(maxsize=1 << 14)
def _marked(text: str) -> tuple[str, Mark | None]:
    found = _CORE.fullmatch(text.strip() if text.isascii() else seen(text).plain)
    core = found[1] if found else ""
    return core, next((mark for mark, is_one in _MARKS if is_one(core)), None)

"""Dots in the figures of one table: whether they group thousands or come before decimals.

By the written rule one dot before three digits groups thousands. That is in doubt where the same
table shows figures of the same unit with a dot before decimals (60.25 beside 293.505), and in a
csv with commas between its columns: the settings that put them there write decimals with a dot.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from etl.ground.records import State
from etl.ground.slots import Slot, slots
from etl.normalise.extracted import Extracted
from etl.normalise.signs import seen

_CORE = re.compile(r"[^\d.,]*([\d.,]*\d)[^\d.,]*", re.ASCII)
_FRACTIONS = frozenset({"pct", "pp", "number", "tonne", "ha", "million_vnd"})


class Mark(Enum):
    """What the mark in a figure is: a point or a comma before decimals; one before three digits,
    which may be either."""

    POINT = re.compile(r"\d+\.(?:\d{1,2}|\d{4,})", re.ASCII)
    COMMA = re.compile(r"\d+,(?:\d{1,2}|\d{4,})|\d{1,3}(?:\.\d{3})+,\d+", re.ASCII)
    DOT_THREE = re.compile(r"[1-9]\d{0,2}\.\d{3}", re.ASCII)
    COMMA_THREE = re.compile(r"[1-9]\d{0,2},\d{3}", re.ASCII)


class _Written(NamedTuple):
    """A figure by its place on its page: its unit, its digits and marks, and what they are."""

    page: Extracted
    place: int
    unit: str
    core: str
    mark: Mark

    @property
    def may_be_either(self) -> bool:
        """Whether both readings are figures of the unit: 1.337 households are no fraction."""
        three = self.mark in (Mark.DOT_THREE, Mark.COMMA_THREE)
        may_have_fractions = self.unit in _FRACTIONS or "_per_" in self.unit
        return three and (may_have_fractions or self.core.endswith("000"))


def refuse_unclear_decimals(pages: list[Extracted], delimiter: str) -> None:
    """Refuse, in place, the figures of a table whose marks the rest of it makes doubtful.

    `delimiter`: what stands between the columns of a csv, "" in a workbook.
    """
    if not any("." in f.text for page in pages for f in page.figures if f.value is not None):
        return
    written = [each for page in pages for each in _written(page)]
    points = {each.unit for each in written if each.mark is Mark.POINT}
    settled = {each.unit for each in written if each.mark is Mark.COMMA} - points
    if delimiter:
        _say_both_marks(written, points)
    is_english = delimiter == ","
    for each in written:
        doubted = each.unit in points or (
            is_english and each.mark is Mark.DOT_THREE and each.unit not in settled
        )
        if doubted and each.may_be_either:
            _refuse(each)


def _say_both_marks(written: list[_Written], points: set[str]) -> None:
    """Decimals of one unit behind points and behind commas: each has one reading, but the file was
    not written by one hand."""
    comma = next((e for e in written if e.mark is Mark.COMMA and e.unit in points), None)
    if comma is not None:
        point = next(e for e in written if e.mark is Mark.POINT and e.unit == comma.unit)
        first, second = (each.page.figures[each.place] for each in (comma, point))
        params = {"first": f"{first.cell}: {first.text}", "second": f"{second.cell}: {second.text}"}
        point.page.find("number-both-marks", second.cell, second.text, **params)


def _refuse(each: _Written) -> None:
    figure = each.page.figures[each.place]
    whole = re.sub(r"\D", "", each.core)
    decimal = format(Decimal(each.core.replace(",", ".")).normalize(), "f").replace(".", ",")
    each.page.figures[each.place] = figure._replace(state=State.UNREADABLE, value=None)
    each.page.find("number-ambiguous", figure.cell, figure.text, first=whole, second=decimal)


def _written(page: Extracted) -> Iterator[_Written]:
    stated = {
        figure.row_no: figure.code
        for figure in page.figures
        if figure.code and _slots()[figure.slot_id].column == "unit"
    }
    for place, figure in enumerate(page.figures):
        unit = _slots()[figure.slot_id].unit
        if figure.value is None or unit is None:
            continue
        core, mark = _marked(figure.text)
        if mark is not None:
            own = stated.get(figure.row_no) if unit == "number" else unit
            yield _Written(page, place, own or unit, core, mark)


@lru_cache(maxsize=1 << 14)
def _marked(text: str) -> tuple[str, Mark | None]:
    found = _CORE.fullmatch(seen(text).plain)
    core = found[1] if found else ""
    return core, next((mark for mark in Mark if mark.value.fullmatch(core)), None)


@lru_cache(maxsize=1)
def _slots() -> dict[int, Slot]:
    return {slot.slot_id: slot for slot in slots()}

"""An indicator through the years, broken wherever the standard that it is counted by changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from math import ceil, floor
from typing import Any

import altair as alt
from markupsafe import Markup

from etl.ground.numerals import shown
from etl.reports.drawing import FAINT, GRID, INK, NARROW, WIDE, Canvas, Layout, scale
from etl.reports.words import one

_TOP, _BOTTOM, _HEIGHT = 64, 260, 286
_LINE = "#0b4f9e"


@dataclass(frozen=True)
class Point:
    """A figure at a moment: `at` is the year and the part of it gone, 2025.5 after half of 2025."""

    at: float
    value: Decimal
    standard: str


@dataclass(frozen=True)
class Standard:
    """A standard and the years that it is in force."""

    name: str
    year_from: int
    year_to: int


def segments(points: Sequence[Point]) -> list[list[Point]]:
    """Points that a line may join: of one standard, at most a year apart. In the order of time."""
    runs = [[point] for point in points[:1]]
    for last, point in pairwise(points):
        if point.standard == last.standard and point.at - last.at <= 1:
            runs[-1].append(point)
        else:
            runs.append([point])
    return runs


def years(
    points: Sequence[Point], standards: Sequence[Standard], title: str, about: str, unit: str
) -> list[list[Markup]]:
    """One part: a line for each segment, each standard's years marked with its name."""
    if not points:
        return []
    return [[_drawn(points, standards, layout, title, about, unit) for layout in (WIDE, NARROW)]]


def _drawn(
    points: Sequence[Point],
    standards: Sequence[Standard],
    layout: Layout,
    title: str,
    about: str,
    unit: str,
) -> Markup:
    begin = floor(min(p.at for p in points) - 0.01)
    end = max(ceil(max(p.at for p in points)), begin + 2)
    high, step = scale(p.value for p in points)
    canvas = Canvas(replace(layout, names=34, results=4), _HEIGHT, (begin, end))

    def down(value: float) -> float:
        return round(_BOTTOM - (_BOTTOM - _TOP) * value / high, 2)

    sign = " %" if unit == "%" else ""  # no room for other words
    lines = [{"y": down(at), "word": f"{at}{sign}"} for at in range(0, high + 1, step)]
    across = {"x": alt.value(canvas.left), "x2": alt.value(canvas.right)}
    canvas.draw(lines, "rule", {"color": GRID, "strokeWidth": 1}, **across)
    right = {"align": "right", "color": FAINT, "fontSize": 11}
    canvas.text(lines, "word", right, x=alt.value(canvas.left - 6))
    centre = {"align": "center", "color": FAINT, "fontSize": 11}
    named = [{"at": y + 0.5, "y": _BOTTOM + 16, "word": str(y)} for y in range(begin, end)]
    canvas.text(named, "word", centre, x=canvas.x("at"))
    _bands(canvas, standards)
    for segment in segments(points):
        rows = [
            {"at": p.at, "y": down(float(p.value)), "label_y": down(float(p.value)) - 14,
             "word": shown(p.value), "align": "center"}
            for p in segment
        ]  # fmt: skip
        # beside a change of standard, away from its line
        rows[0]["align"] = "left" if segment[0] is not points[0] else "center"
        rows[-1]["align"] = "right" if segment[-1] is not points[-1] else rows[-1]["align"]
        _segment(canvas, rows)
    return canvas.svg("cac-nam", title, about)


def _segment(canvas: Canvas, rows: Sequence[dict[str, Any]]) -> None:
    """A line through points of one standard, and their figures above them."""
    canvas.draw(rows, "line", {"color": _LINE, "strokeWidth": 2.5}, x=canvas.x("at"))
    style = {"filled": True, "size": 70, "color": _LINE, "opacity": 1}
    canvas.draw(rows, "point", style, x=canvas.x("at"))
    for align in ("left", "center", "right"):
        some = [row for row in rows if row["align"] == align]
        label = {"align": align, "fontWeight": "bold"}
        canvas.text(some, "word", label, x=canvas.x("at"), y=canvas.y("label_y"))


def _bands(canvas: Canvas, standards: Sequence[Standard]) -> None:
    """The name of each standard over its years, and a broken line where it changes."""
    begin, end = canvas.domain
    vi, en = (one("standard", "name", language) for language in ("vi", "en"))
    word = f"{vi} / {en}" if canvas.layout.is_wide else vi
    seen = [s for s in standards if s.year_from < end and s.year_to + 1 > begin]
    named = [
        {"at": (max(s.year_from, begin) + min(s.year_to + 1, end)) / 2, "y": 12,
         "word": [word, s.name]}
        for s in seen
    ]  # fmt: skip
    canvas.text(named, "word", {"align": "center", "fontWeight": "bold"}, x=canvas.x("at"))
    changes = [
        {"at": s.year_from, "y": 2, "y2": _BOTTOM} for s in seen if begin < s.year_from < end
    ]
    style = {"color": INK, "strokeWidth": 1.5, "strokeDash": [6, 4]}
    canvas.draw(changes, "rule", style, x=canvas.x("at"), y2=alt.Y2("y2:Q"))

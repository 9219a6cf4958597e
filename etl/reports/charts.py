"""The charts of a unit's page that have a row each: targets, communes, projects.

`drawing` says how they are drawn. Each comes in parts that fit a printed page, and each part as a
wide and a narrow drawing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import altair as alt
from markupsafe import Markup

from etl.ground.numerals import brief, shown
from etl.reports.drawing import FAINT, GRID, INK, NARROW, WIDE, Canvas, Layout, Row, placed, scale

COLOURS = {
    "exceeded": "#0b4f9e", "met": "#1a6b35", "not_met": "#a11d1d", "on_track": "#0d6a6a",
    "behind": "#8a4b00", "not_assessable": "#57606a",
}  # fmt: skip
_START, _END, _AIM = "#57606a", "#0b4f9e", "#a11d1d"
_PLAN, _GIVEN, _SPENT = "#57606a", "#a9c7ea", "#0b4f9e"
_TOP = 40
_FURTHEST = 150  # per cent of the way; what is beyond is told in words
_LAYOUTS = (WIDE, NARROW)
_COMMUNES = (replace(WIDE, names=190, results=250, letters=30), NARROW)
_COLOUR = alt.Color("colour:N", scale=None, legend=None)


@dataclass(frozen=True)
class Bar:
    """A target's progress and what is due by then, per cent of the whole way; its verdict."""

    name: str
    progress: Decimal
    due: Decimal | None
    verdict: str
    words: str


@dataclass(frozen=True)
class Commune:
    """A commune's figure at the start, now, and as registered for the end of the year."""

    name: str
    start: Decimal | None
    end: Decimal | None
    aim: Decimal | None


@dataclass(frozen=True)
class Fund:
    """A project's funds, million VND."""

    name: str
    plan: Decimal | None
    given: Decimal | None
    spent: Decimal | None


def _parts(
    rows: Sequence[Any],
    draw: Callable[[int, Sequence[Any], Layout], Markup],
    layouts: Sequence[Layout] = _LAYOUTS,
    length: int = 14,
) -> list[list[Markup]]:
    """[[wide, narrow], …], one pair for each part of so many rows."""
    return [
        [draw(number, rows[start : start + length], layout) for layout in layouts]
        for number, start in enumerate(range(0, len(rows), length), start=1)
    ]


def progress(bars: Sequence[Bar], title: str, about: str) -> list[list[Markup]]:
    """How far each target is, with a tick at what is due by then."""
    low = -50 if any(bar.progress < 0 for bar in bars) else 0
    furthest = max((max(bar.progress, bar.due or Decimal(0)) for bar in bars), default=Decimal(0))
    high = 100 if furthest <= 100 else _FURTHEST

    def draw(number: int, part: Sequence[Bar], layout: Layout) -> Markup:
        laid = placed([_bar(bar, low) for bar in part], layout, 30, _TOP)
        canvas = Canvas(layout, laid.height, (low, high))
        canvas.grid({at: f"{shown(at)} %" for at in range(low, high + 1, 50)}, _TOP - 4)
        across = {"x": canvas.x("from"), "x2": alt.X2("to:Q"), "color": _COLOUR}
        canvas.draw(laid.rows, "bar", {"height": 14}, **across)
        tick = {"orient": "vertical", "thickness": 3, "size": 26, "color": INK}
        canvas.known(laid.rows, "due", "tick", tick)
        canvas.names(laid.rows)
        reached = {"shape": "square", "filled": True, "size": 110, "color": FAINT, "opacity": 1}
        canvas.legend(
            [("point", reached, "đã đạt", "reached"),
             ("tick", {**tick, "size": 16}, "phải đạt đến kỳ này", "due by then")]
        )  # fmt: skip
        return canvas.svg(f"tien-do-{number}", title, about)

    return _parts(bars, draw)


def _bar(bar: Bar, low: int) -> Row:
    to = min(max(float(bar.progress), low), _FURTHEST)
    marks = {"from": 0, "to": to, "due": None if bar.due is None else float(bar.due)}
    return Row(bar.name, marks, f"{shown(bar.progress)} %\n{bar.words}", COLOURS[bar.verdict])


def communes(listed: Sequence[Commune], title: str, about: str, unit: str) -> list[list[Markup]]:
    """An indicator by commune, the highest first."""
    known = [c for c in listed if c.start is not None or c.end is not None]
    known.sort(key=lambda c: c.start if c.start is not None else c.end or Decimal(0), reverse=True)
    high, step = scale([value for c in known for value in (c.start, c.end, c.aim)])
    marks = (
        ("start", "point", {"filled": False, "size": 70, "color": _START, "strokeWidth": 2},
         "đầu năm", "start"),
        ("end", "point", {"filled": True, "size": 80, "color": _END, "opacity": 1},
         "thực hiện", "actual"),
        ("aim", "tick", {"orient": "vertical", "thickness": 3, "size": 18, "color": _AIM},
         "đăng ký", "registered"),
    )  # fmt: skip

    def draw(number: int, part: Sequence[Commune], layout: Layout) -> Markup:
        rows = [_commune(c, layout, unit) for c in part]
        laid = placed(rows, layout, 20 if layout.is_wide else 30, _TOP)
        canvas = Canvas(layout, laid.height, (0, high))
        canvas.grid({at: f"{at} {unit}" for at in range(0, high + 1, step)}, _TOP - 4)
        both = [r for r in laid.rows if r["start"] is not None and r["end"] is not None]
        line = {"color": GRID, "strokeWidth": 5}
        canvas.draw(both, "rule", line, x=canvas.x("start"), x2=alt.X2("end:Q"))
        for key, mark, style, *_words in marks:
            canvas.known(laid.rows, key, mark, style)
        canvas.names(laid.rows)
        canvas.legend([mark[1:] for mark in marks])
        return canvas.svg(f"xa-{number}", title, about)

    return _parts(known, draw, _COMMUNES, 20)


def _commune(c: Commune, layout: Layout, unit: str) -> Row:
    marks = {"start": _plain(c.start), "end": _plain(c.end), "aim": _plain(c.aim)}
    between = "; " if layout.is_wide else "\n"
    result = f"{shown(c.start)} → {shown(c.end)} {unit}{between}đăng ký {shown(c.aim)} {unit}"
    return Row(c.name, marks, result)


def funds(lines: Sequence[Fund], title: str, about: str) -> list[list[Markup]]:
    """Plan, allocated and disbursed, bars over each other, by project."""
    high, step = scale([value for f in lines for value in (f.plan, f.given, f.spent)])
    bars = {
        "plan": {"height": 24, "filled": False, "stroke": _PLAN, "strokeWidth": 1.5},
        "given": {"height": 18, "color": _GIVEN},
        "spent": {"height": 8, "color": _SPENT},
    }
    square = {"shape": "square", "size": 110, "opacity": 1}
    entries = (
        ("point", {**square, "filled": False, "color": _PLAN, "strokeWidth": 1.5},
         "kế hoạch", "plan"),
        ("point", {**square, "filled": True, "color": _GIVEN}, "được giao", "allocated"),
        ("point", {**square, "filled": True, "color": _SPENT, "size": 50},
         "giải ngân", "disbursed"),
    )  # fmt: skip

    def draw(number: int, part: Sequence[Fund], layout: Layout) -> Markup:
        laid = placed([_fund(line) for line in part], layout, 32, _TOP)
        canvas = Canvas(layout, laid.height, (0, high))
        canvas.grid({at: shown(at) for at in range(0, high + 1, step)}, _TOP - 4)
        for key, style in bars.items():
            rows = [row for row in laid.rows if row[key] is not None]
            canvas.draw(rows, "bar", style, x=canvas.x("from"), x2=alt.X2(f"{key}:Q"))
        canvas.names(laid.rows)
        canvas.legend(entries)
        return canvas.svg(f"von-{number}", title, about)

    return _parts(lines, draw)


def _fund(line: Fund) -> Row:
    marks = {"plan": line.plan, "given": line.given, "spent": line.spent}
    result = f"giải ngân {brief(line.spent)}"
    if line.spent is not None and line.given:
        result += f"\n= {shown(100 * line.spent / line.given)} % được giao"
    return Row(line.name, {"from": 0, **{k: _plain(v) for k, v in marks.items()}}, result)


def _plain(value: Decimal | None) -> float | None:
    return None if value is None else float(value)

"""From altair to an SVG that stands in a page: named, without script or a font of its own.

Every mark is placed by scales of this module and never by how wide a text is, so that the same
figures give the same bytes whatever fonts a machine has.
"""

from __future__ import annotations

import math
import re
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import count
from typing import Any

import altair as alt
import vl_convert
from markupsafe import Markup, escape

FONT = "Arial, 'Helvetica Neue', 'Liberation Sans', 'DejaVu Sans', sans-serif"
INK, FAINT, GRID = "#1f2328", "#57606a", "#d0d7de"
_VEGA_LITE = ".".join(alt.SCHEMA_VERSION.removeprefix("v").split(".")[:2])
_SVG_TAG = re.compile(r"^<svg[^>]*>")
_UNNAMED = re.compile(r'(<g class="[^"]*") role="graphics-[^>]*(?=>)')  # parts of a drawing


@dataclass(frozen=True)
class Layout:
    """How wide a drawing is, in CSS pixels.

    Attributes:
        names: width of the column of names; 0 puts each name above its marks.
        results: width of the column of figures at the right.
        letters: letters of a name that fit a line.
    """

    name: str
    width: int
    names: int
    results: int
    letters: int

    @property
    def is_wide(self) -> bool:
        """For a screen or a sheet of paper; else for a phone."""
        return self.name == "rong"


WIDE = Layout("rong", 1000, 340, 140, 52)
NARROW = Layout("hep", 360, 0, 132, 50)


@dataclass(frozen=True)
class Row:
    """One row of a chart: its name, its marks by name, the words at its right."""

    name: str
    marks: Mapping[str, Any]
    result: str
    colour: str = INK


@dataclass(frozen=True)
class Placed:
    """Rows with their places: fields `y` (middle of the marks), `lines`, `name_y`, `result`."""

    rows: list[dict[str, Any]]
    height: int


def placed(rows: Sequence[Row], layout: Layout, thickness: int, top: int) -> Placed:
    """Rows below each other from `top` on, each as high as its name and marks need."""
    at, laid = top, []
    for row in rows:
        lines = textwrap.wrap(row.name, layout.letters) or [""]
        names = 15 * len(lines)
        if layout.names:
            height = max(names, thickness)
            y, name_y = at + height / 2, at + height / 2 - (names - 15) / 2
        else:
            height = names + thickness
            y, name_y = at + names + thickness / 2, at + 7.5
        laid.append(
            {"y": y, "name_y": name_y, "lines": lines, "result": row.result.split("\n"),
             "result_y": y - 7.5 * row.result.count("\n"), "colour": row.colour, **row.marks}
        )  # fmt: skip
        at += height + 9
    return Placed(laid, at)


def scale(values: Iterable[Decimal | None]) -> tuple[int, int]:
    """The end of a scale that begins at 0 and holds the values, and the step of its lines."""
    most = max((value for value in values if value is not None), default=Decimal(0))
    step = next(n * 10**power for power in count() for n in (1, 2, 5) if most <= 5 * n * 10**power)
    return step * max(1, math.ceil(most / step)), step


class Canvas:
    """A chart being drawn: a scale of figures across, pixels down.

    `domain` is the range of the figures; they lie between the names and the results.
    """

    def __init__(self, layout: Layout, height: int, domain: tuple[float, float]) -> None:
        self.layout, self.height, self.domain = layout, height, domain
        self.left = layout.names + (10 if layout.names else 18)
        self.right = layout.width - layout.results - 14
        self.layers: list[Any] = []

    def x(self, field: str) -> alt.X:
        """Across, by a field's figures."""
        scale = alt.Scale(domain=list(self.domain), range=[self.left, self.right], nice=False)
        return alt.X(f"{field}:Q", scale=scale, axis=None)

    def y(self, field: str = "y") -> alt.Y:
        """Down, by a field's pixels."""
        span = [0, self.height]
        return alt.Y(f"{field}:Q", scale=alt.Scale(domain=span, range=span), axis=None)

    def draw(self, rows: Sequence[Mapping[str, Any]], mark: str, style: dict, **to: Any) -> None:
        """Add marks, one per row; `y` is the row's unless told otherwise."""
        if rows:
            data: Any = {"values": [dict(row) for row in rows]}
            chart = alt.Chart(data)
            marked = getattr(chart, f"mark_{mark}")(**style)
            self.layers.append(marked.encode(**{"y": self.y(), **to}))

    def known(self, rows: Sequence[Mapping[str, Any]], field: str, mark: str, style: dict) -> None:
        """Add marks at a field's figure, where there is one."""
        self.draw([row for row in rows if row[field] is not None], mark, style, x=self.x(field))

    def text(self, rows: Sequence[Mapping[str, Any]], field: str, style: dict, **to: Any) -> None:
        """Add texts of a field, 12 pixels high unless told otherwise."""
        style = {"fontSize": 12, "baseline": "middle", "lineHeight": 15, "color": INK, **style}
        self.draw(rows, "text", style, text=alt.Text(f"{field}:N"), **to)

    def names(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Names at the left, or above the marks; figures at the right."""
        self.text(rows, "lines", {"align": "left"}, x=alt.value(0), y=self.y("name_y"))
        colour = alt.Color("colour:N", scale=None, legend=None)
        at = alt.value(self.layout.width - self.layout.results)
        style = {"align": "left"}
        self.text(rows, "result", style, x=at, y=self.y("result_y"), color=colour)

    def grid(self, ticks: Mapping[float, str], top: int) -> None:
        """Lines down at the ticks, with their words above."""
        rows = [
            {"at": at, "word": word, "y": top, "y2": self.height - 4, "word_y": top - 9}
            for at, word in ticks.items()
        ]
        style = {"color": GRID, "strokeWidth": 1}
        self.draw(rows, "rule", style, x=self.x("at"), y2=alt.Y2("y2:Q"))
        style = {"align": "center", "color": FAINT, "fontSize": 11}
        self.text(rows, "word", style, x=self.x("at"), y=self.y("word_y"))

    def legend(self, entries: Sequence[tuple[str, dict, str, str]]) -> None:
        """A line of marks with their words at the top: (mark, style, Vietnamese, English)."""
        step = self.layout.width // max(len(entries), 3)
        for number, (mark, style, vi, en) in enumerate(entries):
            row = {"y": 8, "word": f"{vi} / {en}" if self.layout.is_wide else vi}
            self.draw([row], mark, style, x=alt.value(8 + step * number))
            at = alt.value(20 + step * number)
            self.text([row], "word", {"align": "left", "fontSize": 11}, x=at)

    def svg(self, name: str, title: str, about: str) -> Markup:
        """The drawing, with its title and description for those who cannot see it."""
        chart = alt.layer(
            *self.layers,
            width=self.layout.width,
            height=self.height,
            padding=0,
            autosize=alt.AutoSizeParams(type="none"),
            resolve=alt.Resolve(scale=alt.ScaleResolveMap(color="independent")),
            config=alt.Config(
                font=FONT, aria=False, background="transparent", view=alt.ViewConfig(stroke=None)
            ),
        )
        # the specification is this module's own: checking it costs half of the time
        drawn = vl_convert.vegalite_to_svg(chart.to_dict(validate=False), vl_version=_VEGA_LITE)
        key = f"{name}-{self.layout.name}"
        tag = (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="{self.layout.name}" role="img"'
            f' viewBox="0 0 {self.layout.width} {self.height}" width="{self.layout.width}"'
            f' height="{self.height}" aria-labelledby="{key}-t {key}-d">'
            f'<title id="{key}-t">{escape(title)}</title>'
            f'<desc id="{key}-d">{escape(about)}</desc>'
        )
        drawn = _UNNAMED.sub(r"\1", drawn)
        return Markup(_SVG_TAG.sub(lambda _: tag, drawn, count=1))  # noqa: S704 - texts escaped

"""`khoxa explain`: how a figure in the marts came about, model by model."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.measure import Measurement
from rich.padding import Padding
from rich.text import Text

from etl.cli.options import IndicatorMeant, UnitMeant, folder_option, year_option
from etl.cli.terminal import Terminal
from etl.ground import numerals
from etl.ground.config import Settings

SHOWN = 10
_NAMES = {"unit": 0, "commune": 1, "unit_map": 2, "target": 3, "indicator_code": 4}  # stand first
_ENDLESS = 9999
_LEFT_OUT = {"sort_key", "indicator_name_vi", "indicator_name_en", "district_name",
             "province_name"}  # fmt: skip


def explain(
    unit: UnitMeant,
    indicator: IndicatorMeant,
    year: Annotated[int | None, year_option("Only what is about this year.")] = None,
    out: Annotated[
        Path | None, folder_option("Folder for all rows and columns, a CSV a model.")
    ] = None,
) -> None:
    """Run the models of sql/marts for one unit, show the rows of each step and at last those of
    the marts; nothing stays.
    """
    from etl.aggregate.explain import explain as steps

    console, is_known = Terminal(), False
    for step in steps(Settings.from_env(), unit, indicator, year):
        model = step.model
        is_mart = model.makes[0].startswith("mart.")
        is_known |= bool(step.rows) and is_mart
        if not (step.rows or out):
            continue
        about = f" → {model.makes[0]}: one row per {model.one_row_per}. Why: {model.why}."
        console.print(Text.assemble("\n", (model.name, "bold"), about))
        if step.rows:
            _print_rows(console, step.columns, step.rows, None if is_mart else SHOWN)
        if out:
            _keep(out / f"{model.name}.csv", [step.columns, *step.rows])
    if not is_known:
        typer.echo("chưa có số liệu nào ở các bảng mart / the marts have no figure of it")


def _keep(path: Path, rows: Sequence[Sequence[object]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows(rows)


def _print_rows(
    console: Console,
    columns: Sequence[str],
    rows: Sequence[Sequence[object]],
    first: int | None,
) -> None:
    """The first rows (None: all), without keys; and how many there are."""
    from etl.aggregate.explained import keys
    from etl.cli.report_text import counted

    kept = [place for place, name in enumerate(columns) if name not in keys() | _LEFT_OUT]
    kept.sort(key=lambda place: _NAMES.get(columns[place], len(_NAMES)))
    names = [columns[place] for place in kept]
    cells = [counted(names, [row[place] for place in kept]) for row in rows[:first]]
    _print_some(console, names, cells, 2)
    how_many = f"{numerals.shown(len(rows))} dòng / rows"
    if first and len(rows) > first:
        how_many += f", {first} dòng đầu; --out ghi tất cả / the first {first}; --out has all"
    console.print(how_many, highlight=False)


def _print_some(
    console: Console, columns: Sequence[str], rows: Sequence[Sequence[object]], indent: int
) -> None:
    """What all rows have in common once, then the rest: a table where it fits, else the same for
    the rows of each unit, else a paragraph a row. What is empty is left out."""
    from etl.cli.report_text import shown, table

    differing = [place for place in range(len(columns)) if len({row[place] for row in rows}) > 1]
    filled = (
        f"{name} {shown(value)}"
        for place, (name, value) in enumerate(zip(columns, rows[0], strict=True))
        if place not in differing and value not in (None, "", False)
    )
    said = Text(" · ".join(filled))
    console.print(Padding(said, (0, 0, 0, indent)))
    if not differing:
        return
    rest = [columns[place] for place in differing]
    parts = [[row[place] for place in differing] for row in rows]
    drawn = Padding(table("", rest, parts), (0, 0, 0, indent))
    wide = console.options.update(max_width=_ENDLESS)
    if Measurement.get(console, wide, drawn).maximum <= console.width:
        console.print(drawn)
        return
    groups: dict[object, list[list[object]]] = {}
    for number, part in enumerate(parts):
        groups.setdefault(part[0] if rest[0] in _NAMES else number, []).append(part)
    for group in groups.values():
        _print_some(console, rest, group, indent + 2)

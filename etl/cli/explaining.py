"""`khoxa explain`: how a figure in the marts came about, model by model."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from etl.ground.config import Settings

SHOWN = 20


def explain(
    unit: Annotated[str, typer.Argument(help="Code of a unit: 02152, 066.")],
    indicator: Annotated[str, typer.Argument(help="Code of an indicator: poverty_rate.")],
    year: Annotated[int | None, typer.Option(help="Only what is filed of this year.")] = None,
    out: Annotated[Path | None, typer.Option(help="Folder for all rows, a CSV a model.")] = None,
) -> None:
    """Run the models of sql/marts for one unit and show the rows of each step; nothing stays."""
    from etl.aggregate.explain import explain as steps
    from etl.cli.report_text import print_table

    console = Console(width=None if Console().is_terminal else 220)
    for step in steps(Settings.from_env(), unit, indicator, year):
        if not (step.rows or out):
            continue
        model = step.model
        console.print(f"\n[bold]{model.name}[/bold] → {model.makes[0]}: one row per", end=" ")
        console.print(f"{model.one_row_per}. {model.why}.", markup=False)
        print_table(console, "", step.columns, step.rows[:SHOWN])
        console.print(f"{len(step.rows)} dòng / rows")
        if out:
            path = out / f"{model.name}.csv"
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("w", encoding="utf-8", newline="") as handle:
                csv.writer(handle).writerows([step.columns, *step.rows])

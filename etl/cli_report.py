"""`khoxa report`: annexes as workbooks, from the warehouse."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from etl.ground.config import Settings


def report(
    unit: Annotated[
        str | None, typer.Option(help="Code: 066, 19. Default: who filed a target register.")
    ] = None,
    year: Annotated[int | None, typer.Option(help="Default: the latest with figures.")] = None,
    unit_map: Annotated[
        str | None,
        typer.Option("--map", help="as_filed or a map's date. Default: the unit's newest map."),
    ] = None,
    out: Annotated[Path, typer.Option(help="Folder to write to.")] = Path("phu_luc"),
) -> None:
    """Write the annexes of a unit: targets, results, funds, filing status (.xlsx)."""
    from etl.annex import annexes

    for path in annexes(Settings.from_env(), unit, year, unit_map, out):
        typer.echo(str(path))

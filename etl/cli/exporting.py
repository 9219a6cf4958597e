"""`khoxa export`: the marts as files for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from etl.cli.options import AsOf, folder_option
from etl.ground.config import Settings


def export(
    out: Annotated[Path, folder_option("Folder to write to.")] = Path("xuat"),
    kind: Annotated[
        Literal["csv", "parquet"], typer.Option("--format", help="Of the tables.")
    ] = "csv",
    with_workbook: Annotated[
        bool, typer.Option("--xlsx/--no-xlsx", help="Also so_lieu.xlsx, for Excel.")
    ] = True,
    as_of_day: AsOf = None,
) -> None:
    """Write the marts as files, with datapackage.json, and so_lieu.xlsx for Excel."""
    from etl.export import export as write
    from etl.night.as_of import as_of

    with as_of(Settings.from_env(), as_of_day) as then:
        written = write(then, out, kind, with_workbook)
    typer.echo("\n".join(map(str, written)))

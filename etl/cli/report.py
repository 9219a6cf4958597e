"""`khoxa report` and `khoxa export`: annexes and a page, and the marts as files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from etl.cli.options import AsOf, folder_option, unit_option, year_option
from etl.ground.config import Settings


def report(
    unit: Annotated[
        str | None, unit_option("Code or name. Default: who assigned targets by a register.")
    ] = None,
    year: Annotated[int | None, year_option("Default: the latest with figures.")] = None,
    unit_map: Annotated[
        str | None,
        typer.Option("--map", help="as_filed or a map's date. Default: the unit's newest map."),
    ] = None,
    out: Annotated[Path, folder_option("Folder to write to.")] = Path("phu_luc"),
    programme: Annotated[
        str | None,
        typer.Option(help="Code of a programme. Default: each that the unit has figures of."),
    ] = None,
    to_send: Annotated[
        bool,
        typer.Option(
            "--to-send",
            help="Vietnamese only, laid out as Decree 30/2020 asks of official papers; no page.",
        ),
    ] = False,
    as_of_day: AsOf = None,
) -> None:
    """Write the annexes of a unit: targets, results, funds, filing status (.xlsx), and a page that
    opens offline (.html).
    """
    from etl.night.as_of import as_of
    from etl.reports import annexes, other_units

    with as_of(Settings.from_env(), as_of_day) as then:
        written = annexes(then, unit, year, unit_map, out, programme, to_send)
        others = other_units(then, unit, unit_map) if unit else []
    typer.echo("\n".join(map(str, written)))
    if others:
        said = "; ".join(others)
        typer.echo(f"Mã này trên bản đồ khác / this code on other maps: {said}", err=True)


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

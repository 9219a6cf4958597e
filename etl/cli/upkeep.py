"""`khoxa backup`, `khoxa restore`, `khoxa verify`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from etl.cli.options import folder_in, folder_option
from etl.ground.clock import now
from etl.ground.config import Settings
from etl.ground.yaml_file import sentence


def backup(
    out: Annotated[Path | None, folder_option("Where to; default: KHOXA_BACKUP_TO.")] = None,
    full: Annotated[bool, typer.Option("--full", help="Read every file anew.")] = False,
    keep: Annotated[
        int | None, typer.Option(min=1, help="Keep so many of the newest; default: all.")
    ] = None,
) -> None:
    """Save the warehouse, what is beside it, and all files but what can be made again."""
    from etl.upkeep.backup import backup as make
    from etl.upkeep.contents import backup_place

    settings = Settings.from_env()
    folder, made = make(settings, backup_place(settings, out), now(), full=full, keep=keep)
    size = sum(each.size for each in (*made.databases.values(), *made.files.values())) / 2**20
    named = ", ".join(made.databases)
    typer.echo(
        f"đã sao lưu / written: {folder}\n{named}; {len(made.files)} tệp / files;"
        f" {size:.1f} MB; {made.revision}"
    )


def restore(
    backup: Annotated[
        Path,
        typer.Argument(parser=folder_in("BACKUP"), metavar="BACKUP", help="Its folder."),
    ],
    replace: Annotated[
        bool, typer.Option("--replace", help="Put it in the place of what is there.")
    ] = False,
    trial: Annotated[
        bool, typer.Option("--try", help="Only on a server of its own, which is removed.")
    ] = False,
) -> None:
    """Put a backup back in its place, and bring the warehouse up to date."""
    from etl.upkeep.restore import rehearse
    from etl.upkeep.restore import restore as put

    if trial:
        rehearse(backup)
        typer.echo("phục hồi thử được, số dòng khớp / restored for trial, all rows are there")
        return
    left = put(Settings.from_env(), backup, replace=replace)
    typer.echo(f"đã phục hồi / restored: {backup}")
    for name in left:
        typer.echo(sentence(__file__, "not_restored", name=name, upper=name.upper()))


def verify(
    whole: Annotated[
        bool, typer.Option("--all", help="Read every filing anew, not those whose turn it is.")
    ] = False,
) -> None:
    """Prove that raw files, facts and aggregates are what was filed.

    Exit code: 0 they are, 1 something has changed by itself, or is gone.
    """
    from etl.upkeep.verify import NotAsFiled
    from etl.upkeep.verify import verify as find

    if found := find(Settings.from_env(), now(), whole=whole):
        raise NotAsFiled("\n".join(found))
    typer.echo("mọi thứ đúng như đã nhận / all is as it was filed")

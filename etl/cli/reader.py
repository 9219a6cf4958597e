"""`khoxa reader`: roles that read the marts of some provinces, districts or communes only."""

from __future__ import annotations

from typing import Annotated

import typer

from etl.cli.options import unit_option
from etl.ground.config import Settings

reader = typer.Typer(
    no_args_is_help=True,
    help="Readers of some units only: add, list, remove. They ask the schema office.",
)
_ASK = "-- quản trị viên chạy trên máy chủ (psql) / the server's administrator runs in psql:"
_THEN = (
    "-- rồi đặt mật khẩu, và gõ lại lệnh này / then sets a password, and this command is given once"
    " more: \\password {}"
)


@reader.command("add")
def add(
    role: Annotated[str, typer.Argument(help="A role, such as xem_na_ri, old or new.")],
    unit: Annotated[list[str], unit_option("Code or name of a unit; may be repeated.")],
) -> None:
    """Let a role read these units, and all that lies in them."""
    from etl.setup import readers

    if sentences := readers.add(Settings.from_env(), role, unit):
        _tell(sentences)
        typer.echo(_THEN.format(role))


@reader.command("remove")
def remove(role: Annotated[str, typer.Argument(help="A role of `khoxa reader list`.")]) -> None:
    """Let a role read nothing any more, and drop it."""
    from etl.setup import readers

    _tell(readers.remove(Settings.from_env(), role))


@reader.command("list")
def show() -> None:
    """The roles and the units named to them."""
    from etl.setup import readers

    for row in readers.listed(Settings.from_env()):
        typer.echo("\t".join(map(str, row)))


def _tell(sentences: list[str]) -> None:
    if sentences:
        typer.echo(_ASK)
    for sentence in sentences:
        typer.echo(f"{sentence};")

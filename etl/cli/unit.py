"""`khoxa unit`: what a name or a code means and when; and a province's own unit events."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from etl.cli.options import day, file_in
from etl.cli.terminal import say_json
from etl.ground import audit
from etl.ground.config import Settings
from etl.ground.errors import MissingSetting
from etl.ground.yaml_file import sentence


class _NameFirst(TyperGroup):
    """A group whose first word, where it is no command, is what `show` is asked about."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """`khoxa unit Văn Lang` is `khoxa unit show Văn Lang`."""
        if args and args[0] not in {*self.commands, *ctx.help_option_names}:
            args = ["show", *args]
        return super().parse_args(ctx, args)


unit = typer.Typer(
    cls=_NameFirst,
    no_args_is_help=True,
    help="What a unit was, is, came from and became: khoxa unit NAME|CODE [--on DATE].",
)


@unit.command("show")
def show(
    words: Annotated[
        list[str], typer.Argument(metavar="NAME|CODE", help="Côn Minh; xã Văn Lang, Na Rì; 02185.")
    ],
    on: Annotated[
        date | None,
        typer.Option(parser=day("--on"), metavar="DAY", help="ISO day: what stood there then."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The same as JSON.")] = False,
) -> None:
    """Every unit that a name or a code means, at any date. `show` may be left out.

    Exit code: 0 found, 1 no such unit.
    """
    from etl.units.asked import not_found
    from etl.units.index import load_units
    from etl.units.sentences import answer_lines, as_dict, look_up

    index, text = load_units(), " ".join(words)
    found = look_up(index, text)
    if as_json:
        say_json([as_dict(index, each, on) for each in found])
    elif found:
        typer.echo("\n".join(answer_lines(index, text, found, on)))
    else:
        typer.echo(not_found(index, text), err=True)
    raise typer.Exit(0 if found else 1)


@unit.command("import")
def import_event(
    file: Annotated[
        Path, typer.Argument(parser=file_in, metavar="FILE", help="YAML file of one event.")
    ],
    check: Annotated[bool, typer.Option("--check", help="Only say what would change.")] = False,
) -> None:
    """Check a unit event and put it into force: into KHOXA_UNITS, then into the warehouse.

    Exit code: 0 accepted, 1 refused, with every problem.
    """
    from etl.units.event_file import BrokenUnitEvents
    from etl.units.importing import changes, target_of

    settings = Settings.from_env()
    try:
        target = target_of(settings, file)
        said = changes(settings, file)
    except BrokenUnitEvents as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
    typer.echo("\n".join(said))
    if check:
        typer.echo("chưa ghi (--check) / nothing written (--check)")
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(file.read_bytes())
    typer.echo(f"đã ghi / written: {target}")
    typer.echo(_bring_up_to_date(settings, target))


def _bring_up_to_date(settings: Settings, target: Path) -> str:
    """Put the event into the warehouse; one that the warehouse refuses is taken back."""
    if settings.warehouse_url is None and not settings.pgdata.exists():
        return sentence(__file__, "no_warehouse")
    from sqlalchemy.exc import OperationalError

    from etl.setup.migrate import migrate

    try:
        migrate(settings)
        audit.noted(settings, "imported", target.name)
    except MissingSetting:
        return sentence(__file__, "no_owner")
    except OperationalError as error:
        why = str(error.orig).strip().partition("\n")[0]
        return sentence(__file__, "not_reached", why=why)
    except Exception:
        target.unlink()
        raise
    return "kho đã cập nhật / the warehouse is up to date"

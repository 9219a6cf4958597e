"""`khoxa forms`: the forms that khoxa reads, what is wrong with any, and what one looks like."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated

import typer

from etl.cli.authoring import new, try_
from etl.cli.options import file_in
from etl.ground.yaml_file import sentence

forms = typer.Typer(
    help="List the forms; lint: what is wrong with any; show: a form as a table; new: propose one"
    " from a workbook; try: whether one reads a workbook."
)
forms.command("new")(new)
forms.command("try")(try_)


@forms.callback(invoke_without_command=True)
def every(context: typer.Context) -> None:
    """List the forms khoxa reads, and what is wrong with the others."""
    if context.invoked_subcommand:
        return
    from etl.catalogue.definitions import definitions, load_forms

    for fault in definitions().faults:
        typer.echo(f"khoxa: {fault}", err=True)
    for form in load_forms().values():
        years = f"{form.valid.from_}-{form.valid.to}"
        typer.echo(
            f"{form.form:19} {form.version}  {years}  {'/'.join(form.filer):25} {form.title.vi}"
        )


@forms.command("show")
def show_command(
    code: Annotated[str, typer.Argument(help="A form of `khoxa forms`.")],
    version: Annotated[str | None, typer.Option(help="Default: every version.")] = None,
) -> None:
    """Draw a form as its tables stand on paper, and what each column and row means."""
    from etl.catalogue.definitions import load_forms
    from etl.cli.form_picture import picture
    from etl.ground.errors import BadValue
    from etl.ground.faults import unknown

    found = [f for f in load_forms().values() if f.form == code and version in (None, f.version)]
    if not found:
        known = {form.form for form in load_forms().values()}
        raise BadValue(unknown("biểu", "form", " ".join(filter(None, (code, version))), known))
    for form in found:
        typer.echo("\n".join(picture(form, shutil.get_terminal_size((150, 40)).columns)))


@forms.command("drop")
def drop_command(
    code: Annotated[str, typer.Argument(help="A form or an indicator that is not declared now.")],
    is_sure: Annotated[bool, typer.Option("--yes", help="Do it.")] = False,
) -> None:
    """Let go of a form or an indicator that you removed: what rests on it leaves the warehouse by
    the next night. Without --yes it only says what that is."""
    from etl import load as load_room
    from etl.ground.config import Settings
    from etl.ground.errors import KhoxaError

    settings = Settings.from_env()
    found = [gone for gone in load_room.gone_now(settings) if gone.code == code]
    if not found:
        raise KhoxaError(sentence(__file__, "nothing_to_drop", code=code))
    for gone in load_room.drop(settings, code) if is_sure else found:
        typer.echo(str(gone))
    typer.echo(sentence(__file__, "dropped" if is_sure else "not_dropped"))


@forms.command("lint")
def lint_command(
    files: Annotated[
        list[Path] | None,
        typer.Argument(parser=file_in, metavar="FILE...", help="Default: all there is."),
    ] = None,
) -> None:
    """Say what is wrong with forms, rules and tables, file by file and line by line.

    Exit code: 0 all are in order, 1 some are not.
    """
    from etl.catalogue.lint import lint

    for fault in (faults := lint(files or ())):
        typer.echo(str(fault))
    if not faults:
        typer.echo("mọi biểu, quy tắc và danh mục đều đúng / all forms and rules are in order")
    raise typer.Exit(int(bool(faults)))

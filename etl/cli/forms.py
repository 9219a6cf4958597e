"""`khoxa forms`: the forms that khoxa reads, what is wrong with any, and what one looks like."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from etl.cli.authoring import new, try_
from etl.cli.options import file_in

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
    from etl.catalogue.definitions import definitions
    from etl.catalogue.forms import load_forms

    for fault in definitions().faults:
        typer.echo(f"khoxa: {fault}", err=True)
    for form in load_forms().values():
        years = f"{form.valid.from_}-{form.valid.to}"
        typer.echo(
            f"{form.form:18} {form.version}  {years}  {'/'.join(form.filer):25} {form.title.vi}"
        )


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

"""The `khoxa` command: the same rooms as the nightly DAG, for a terminal."""

from __future__ import annotations

import csv
import logging
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.progress import Progress as Bar

from etl.cli.explaining import explain
from etl.cli.forms import forms
from etl.cli.headers import headers
from etl.cli.helping import say_version, spoken
from etl.cli.mail import mail
from etl.cli.night import summary
from etl.cli.options import (
    AsOf,
    file_in,
    folder_in,
    folder_option,
    moment,
    unit_option,
    workbook_out,
)
from etl.cli.reader import reader
from etl.cli.report import export, report
from etl.cli.servers import airflow, bi, down, login, up
from etl.cli.terminal import HarmlessLog, Terminal, as_cell, say, say_json
from etl.cli.tracing import trace
from etl.cli.unit import unit
from etl.cli.upkeep import backup, restore, verify
from etl.cli.usage import is_usage, usage
from etl.ground.config import Settings
from etl.ground.whole_file import closed_folder

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, help=__doc__)
db = typer.Typer(no_args_is_help=True, help="The warehouse server: start, stop, url, migrate.")
for name, group in {
    "db": db, "unit": unit, "reader": reader, "headers": headers, "forms": forms, "mail": mail,
}.items():  # fmt: skip
    app.add_typer(group, name=name)
for command in (report, explain, login, export, trace, backup, restore, verify, summary):
    app.command()(command)
LINES = 40
console = Terminal(soft_wrap=True)


@app.callback()
def khoxa(
    version: Annotated[
        bool,
        typer.Option("--version", callback=say_version, is_eager=True, help="Of khoxa itself."),
    ] = False,
) -> None:
    """The `khoxa` command: the same rooms as the nightly DAG, for a terminal."""


@app.command()
def run(
    inbox: Annotated[
        Path | None,
        typer.Option(
            parser=folder_in("--inbox"), metavar="FOLDER", help="Folder of filed workbooks."
        ),
    ] = None,
    received_at: Annotated[
        datetime | None,
        typer.Option(
            parser=moment("--received-at"),
            metavar="TIME",
            help="ISO time to enter the files at; default: now.",
        ),
    ] = None,
) -> None:
    """Run one night here and now, without Airflow."""
    from etl.cli.night import night

    settings = Settings.from_env()
    folder = inbox or Path(settings.inbox)
    if folder == settings.home / "inbox":
        closed_folder(settings.home)
        folder.mkdir(exist_ok=True)
    elif not inbox:
        folder_in("KHOXA_INBOX")(settings.inbox)
    if settings.warehouse_url is None and not settings.pgdata.exists():
        typer.echo("dựng kho lần đầu / the warehouse is built for the first time …")
        db_migrate()
    if not any(folder.iterdir()):
        typer.echo(f"hộp nhận tệp đang trống / the inbox is empty: {folder}")
    night(settings, folder, received_at, console, then=lambda: status(None))


@app.command()
def check(
    files: Annotated[
        list[Path], typer.Argument(parser=file_in, metavar="FILE...", help="Workbooks to check.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Findings as JSON.")] = False,
    out: Annotated[Path | None, folder_option("Folder for marked workbooks.")] = None,
) -> None:
    """Say what the nightly run would say to these files. Needs no warehouse.

    Exit code: 0 accepted, 1 rejected, 2 cannot be read at all (the worst of all files).
    """
    from etl.night.beside import beside

    with beside() as judge:  # before what reads is imported
        from etl.night.offline import check_files

        told = Terminal(stderr=True)  # so that --json can be piped
        hidden = not told.is_terminal or len(files) == 1
        with Bar(console=told, disable=hidden, transient=True) as bar:
            task = bar.add_task("Đọc / read", total=len(files))
            results = check_files(
                files, out, lambda done, _: bar.update(task, completed=done), judge
            )
    if as_json:
        say_json([result.as_dict() for result in results])
    else:
        from etl.cli.checked_text import print_checked

        print_checked(console, results)
    raise typer.Exit(max(result.exit_code for result in results))


@app.command()
def form(
    code: Annotated[str, typer.Argument(help="A form of `khoxa forms`.")],
    unit: Annotated[str, unit_option("Code or name of the unit that files: 02146, Kim Hỷ.")],
    period: Annotated[str, typer.Option(help="2025-H1, 2025-Y, 2025; 2021-2025 for a plan.")],
    out: Annotated[
        Path | None,
        typer.Option(parser=workbook_out("--out"), metavar="FILE", help="Workbook to write."),
    ] = None,
    version: Annotated[str | None, typer.Option(help="Default: the newest for the year.")] = None,
) -> None:
    """Write a blank form, ready for a unit to fill in."""
    from etl.blank import draw_form

    drawn = draw_form(Settings.from_env(), code, unit, period, out, version)
    typer.echo("\n".join(filter(None, (str(drawn.path), drawn.note))))


@app.command()
def status(
    unit: Annotated[
        str | None, unit_option("Only the filings of a unit and of those in it: code or name.")
    ] = None,
    with_all: Annotated[
        bool, typer.Option("--all", help=f"Every line; default: the first {LINES} of a table.")
    ] = False,
    with_figures: Annotated[
        bool, typer.Option("--figures", help="Figures, targets and funds too.")
    ] = False,
    as_of_day: AsOf = None,
) -> None:
    """What was filed, what is missing or rejected and why, and where to look next."""
    from etl.cli.report_text import print_status, print_unit
    from etl.night.as_of import as_of

    lines = None if with_all else LINES
    with as_of(Settings.from_env(), as_of_day) as then:
        if unit is None:
            print_status(console, then, lines, with_figures)
        else:
            print_unit(Terminal(piped=80), then, unit, lines)


@app.command()
def sql(
    query: Annotated[str, typer.Argument(help="One SELECT; runs as bi_reader.")],
    as_csv: Annotated[bool, typer.Option("--csv", help="The answer as CSV.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="The answer as JSON.")] = False,
    as_of_day: AsOf = None,
) -> None:
    """Ask the warehouse, with the rights of a BI tool."""
    from etl.cli.ask import ask
    from etl.cli.report_text import print_answer
    from etl.night.as_of import as_of

    with as_of(Settings.from_env(), as_of_day) as then:
        columns, rows = ask(then, query)
    if as_json:
        say_json([dict(zip(columns, row, strict=True)) for row in rows])
    elif as_csv:
        writer = csv.writer(sys.stdout)
        writer.writerow(columns)
        writer.writerows(map(as_cell, row) for row in rows)
    else:
        print_answer(console, columns, rows)


@db.command("start")
def db_start() -> None:
    """Start the embedded PostgreSQL."""
    from etl.ground import server

    typer.echo(server.start(Settings.from_env().pgdata))


@db.command("stop")
def db_stop() -> None:
    """Stop the embedded PostgreSQL."""
    from etl.ground import server

    was_on = server.stop(Settings.from_env().pgdata)
    typer.echo("đã dừng / stopped" if was_on else "không chạy / not running")


@db.command("url")
def db_url(
    role: Annotated[
        Literal["khoxa_loader", "khoxa_owner", "bi_reader"], typer.Option(help="Whose rights.")
    ] = "bi_reader",
) -> None:
    """Print the warehouse's SQLAlchemy URL for a role."""
    from etl.ground import database

    typer.echo(database.warehouse_url(Settings.from_env(), role))


@db.command("migrate")
def db_migrate() -> None:
    """Build or update the warehouse: migrations, seeds, views, comments, grants."""
    from etl.setup.migrate import migrate
    from etl.setup.probe import folders

    settings = Settings.from_env()
    folders(settings)
    migrate(settings)
    typer.echo("kho đã cập nhật / the warehouse is up to date")


app.command(
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
    add_help_option=False,
)(airflow)
for serving in (up, bi, down):
    app.command()(serving)


def start() -> None:
    """Run what was typed: a known failure is one sentence, not a traceback."""
    (logging.lastResort or logging.Handler()).setFormatter(HarmlessLog())  # it prints warnings
    try:
        code = spoken(typer.main.get_command(app))(standalone_mode=False)
    except typer.Abort:
        raise SystemExit(1) from None
    except Exception as error:
        if is_usage(error):
            if asked := usage(error):
                say(asked, err=True)
            raise SystemExit(getattr(error, "exit_code", 2)) from None
        from etl.cli.refused import known_failure

        if (known := known_failure(error)) is None:
            raise
        say(f"khoxa: {known.sentence}", err=True)
        raise SystemExit(known.exit_code) from error
    raise SystemExit(code if isinstance(code, int) else 0)

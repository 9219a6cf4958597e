"""The `khoxa` command: the same rooms as the nightly DAG, for a terminal."""

from __future__ import annotations

import csv
import errno
import json
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

import psycopg2  # type: ignore[import-untyped]
import typer
from rich.progress import Progress as Bar
from sqlalchemy.exc import ArgumentError, DBAPIError

from etl.cli.explaining import explain
from etl.cli.exporting import export
from etl.cli.forms import forms
from etl.cli.headers import headers
from etl.cli.options import AsOf, file_in, folder_in, folder_out, moment, workbook_out
from etl.cli.reader import reader
from etl.cli.report import report
from etl.cli.terminal import Terminal, as_cell
from etl.cli.tracing import trace
from etl.cli.unit import unit
from etl.ground.clock import now
from etl.ground.config import Settings
from etl.ground.errors import KhoxaError

app = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__
)
db = typer.Typer(no_args_is_help=True, help="The warehouse server: start, stop, url, migrate.")
app.add_typer(db, name="db")
app.add_typer(unit, name="unit")
app.add_typer(reader, name="reader")
app.add_typer(headers, name="headers")
app.add_typer(forms, name="forms")
app.command()(report)
app.command()(explain)
app.command()(export)
app.command()(trace)
console = Terminal(soft_wrap=True, width=None if sys.stdout.isatty() else 180)


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
    from etl.night import chain

    settings = Settings.from_env()
    started = received_at or now()
    folder = inbox or Path(settings.inbox)
    if not inbox:
        folder.mkdir(parents=True, exist_ok=True)
    steps = {"receive": chain.receive(settings, folder, started)}
    if not any(folder.iterdir()):
        typer.echo(f"hộp nhận tệp đang trống / the inbox is empty: {folder}")
    with Bar(console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task("Đọc / read")
        steps["read"] = chain.read_and_normalise(
            settings, lambda done, total: bar.update(task, completed=done, total=total)
        )
        for name in ("check", "load", "aggregate", "publish"):
            task = bar.add_task(name, total=1)
            steps[name] = getattr(chain, name)(settings)
            bar.update(task, completed=1)
    chain.record(settings, steps, started)
    status()
    chain.settle(settings)


@app.command()
def check(
    files: Annotated[
        list[Path], typer.Argument(parser=file_in, metavar="FILE...", help="Workbooks to check.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Findings as JSON.")] = False,
    out: Annotated[
        Path | None,
        typer.Option(
            parser=folder_out("--out"), metavar="FOLDER", help="Folder for marked workbooks."
        ),
    ] = None,
) -> None:
    """Say what the nightly run would say to these files. Needs no warehouse.

    Exit code: 0 accepted, 1 rejected, 2 cannot be read at all (the worst of all files).
    """
    from etl.night.offline import check_files

    results = check_files(files, out)
    if as_json:
        typer.echo(
            json.dumps([r.as_dict() for r in results], ensure_ascii=False, indent=1, default=str)
        )
    else:
        from etl.cli.report_text import print_checked

        print_checked(console, results)
    raise typer.Exit(max(result.exit_code for result in results))


@app.command()
def form(
    code: Annotated[str, typer.Argument(help="A form of `khoxa forms`.")],
    unit: Annotated[str, typer.Option(help="Code of the unit that files: 02152, 066.")],
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
def status(as_of_day: AsOf = None) -> None:
    """Filings, figures, funds, and where to look next."""
    from etl.cli.report_text import print_status
    from etl.night.as_of import as_of

    with as_of(Settings.from_env(), as_of_day) as then:
        print_status(console, then)


@app.command()
def sql(
    query: Annotated[str, typer.Argument(help="One SELECT; runs as bi_reader.")],
    as_csv: Annotated[bool, typer.Option("--csv")] = False,
    as_json: Annotated[bool, typer.Option("--json")] = False,
    as_of_day: AsOf = None,
) -> None:
    """Ask the warehouse, with the rights of a BI tool."""
    from etl.cli.ask import ask
    from etl.cli.report_text import print_table
    from etl.night.as_of import as_of

    with as_of(Settings.from_env(), as_of_day) as then:
        columns, rows = ask(then, query)
    if as_json:
        typer.echo(json.dumps([dict(zip(columns, row, strict=True)) for row in rows],
                              default=str, ensure_ascii=False, indent=1))  # fmt: skip
    elif as_csv:
        writer = csv.writer(sys.stdout)
        writer.writerow(columns)
        writer.writerows(map(as_cell, row) for row in rows)
    else:
        print_table(console, "", columns, rows)


@db.command("start")
def db_start() -> None:
    """Start the embedded PostgreSQL."""
    from etl.ground import server

    typer.echo(server.start(Settings.from_env().pgdata))


@db.command("stop")
def db_stop() -> None:
    """Stop the embedded PostgreSQL."""
    from etl.ground import server

    typer.echo("stopped" if server.stop(Settings.from_env().pgdata) else "not running")


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

    migrate(Settings.from_env())
    typer.echo("warehouse is up to date")


@app.command(
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
    add_help_option=False,
)
def airflow(context: typer.Context) -> None:
    """Run Airflow with khoxa's settings: `khoxa airflow dags test nightly_refresh`."""
    from etl.setup.airflow_home import environment, executable

    path = executable()
    os.execve(path, [path, *context.args], {**os.environ, **environment(Settings.from_env())})  # noqa: S606


@app.command()
def up() -> None:
    """Start Airflow with its UI and scheduler on the embedded PostgreSQL."""
    from etl.setup import airflow_home

    settings = Settings.from_env()
    typer.echo(airflow_home.up(settings))
    typer.echo(f"Hộp nhận tệp / inbox: {settings.inbox}")


@app.command()
def bi() -> None:
    """Put the dashboards into Superset and start it, on the embedded PostgreSQL."""
    from etl.setup import superset_home

    typer.echo(superset_home.up(Settings.from_env()))


@app.command()
def down() -> None:
    """Stop Airflow, Superset and the embedded PostgreSQL."""
    from etl.ground import server
    from etl.setup import airflow_home, superset_home

    settings = Settings.from_env()
    stopped = [home.down(settings) for home in (airflow_home, superset_home)]
    stopped.append(server.stop(settings.pgdata))
    typer.echo(
        "đã dừng / stopped" if any(stopped) else "không có gì đang chạy / nothing was running"
    )


def main() -> None:
    """Entry point: a known failure is one sentence, not a traceback."""
    try:
        app()
    except KhoxaError as error:
        typer.echo(f"khoxa: {error}", err=True)
        raise SystemExit(error.exit_code) from error
    except OSError as error:
        wrong = f"không đọc hoặc ghi được / cannot read or write: {error.filename or '…'}"
        full = " – đĩa đã đầy / the disk is full" if error.errno == errno.ENOSPC else ""
        raise SystemExit(f"khoxa: {wrong} ({error.strerror}){full}") from error
    except ArgumentError as error:
        wrong = "địa chỉ kho không đúng dạng / the URL of the warehouse cannot be read"
        raise SystemExit(f"khoxa: {wrong}: KHOXA_WAREHOUSE_URL") from error
    except (DBAPIError, psycopg2.Error) as error:
        from etl.cli.refused import said

        raise SystemExit(f"khoxa: {said(error)}") from error

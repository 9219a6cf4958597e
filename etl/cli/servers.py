"""Airflow, Superset and the embedded server together: started, stopped, asked; and who may do what
on Airflow's pages."""

from __future__ import annotations

import os
import sys
from typing import Annotated, Literal

import typer

from etl.ground.config import Settings
from etl.ground.yaml_file import sentence


def airflow(context: typer.Context) -> None:
    """Run Airflow with khoxa's settings: `khoxa airflow dags test nightly_refresh`."""
    from etl.setup import airflow_home

    airflow_home.run(Settings.from_env(), context.args)


def up() -> None:
    """Start Airflow with its UI and scheduler on the embedded PostgreSQL."""
    from etl.setup import airflow_home

    settings = Settings.from_env()
    typer.echo(airflow_home.up(settings))
    typer.echo(f"Hộp nhận tệp / inbox: {settings.inbox}")


def bi() -> None:
    """Put the dashboards into Superset and start it, on the embedded PostgreSQL."""
    from etl.setup import superset_home

    typer.echo(superset_home.up(Settings.from_env()))


def down() -> None:
    """Stop Airflow, Superset and the embedded PostgreSQL."""
    from etl.ground import server
    from etl.setup import airflow_home, superset_home

    settings = Settings.from_env()
    stopped = [home.down(settings) for home in (airflow_home, superset_home)]
    stopped.append(server.stop(settings.pgdata))
    typer.echo(sentence(__file__, "stopped" if any(stopped) else "none_running"))


def login(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What the person logs in as.")],
    role: Annotated[
        Literal["viewer", "officer", "admin"],
        typer.Option(help="viewer looks; officer also starts and clears the night; admin all."),
    ],
    email: Annotated[str, typer.Option(help="The person's own, no other login's.")],
) -> None:
    """Make a login of Airflow's pages, or give it another role and password; asks for the password.

    Needs requirements-fab.lock (docs/server.md).
    """
    from etl.setup import logins

    environment = logins.environment(Settings.from_env())
    words = [sys.executable, "-m", "etl.setup.logins", name, role, email]
    os.execve(sys.executable, words, environment)  # noqa: S606

"""Airflow, Superset and the embedded server together: started, stopped, asked."""

from __future__ import annotations

import os

import typer

from etl.ground.config import Settings


def airflow(context: typer.Context) -> None:
    """Run Airflow with khoxa's settings: `khoxa airflow dags test nightly_refresh`."""
    from etl.setup.airflow_home import environment, executable

    path = executable()
    os.execve(path, [path, *context.args], {**os.environ, **environment(Settings.from_env())})  # noqa: S606


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
    typer.echo(
        "đã dừng / stopped" if any(stopped) else "không có gì đang chạy / nothing was running"
    )

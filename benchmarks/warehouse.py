"""Fresh warehouses to measure on: an embedded server each, in a home of its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from etl.ground import database, server
from etl.ground.config import Settings
from etl.setup.migrate import migrate

PLAIN = "plain"


@contextmanager
def fresh(home: Path, inbox: Path, keep: bool) -> Iterator[Settings]:
    """A migrated, empty warehouse; it is stopped at the end, and removed unless `keep`."""
    _remove(home)
    settings = Settings(home=home, inbox=str(inbox))
    try:
        migrate(settings)
        yield settings
    finally:
        server.stop(settings.pgdata)
        if not keep:
            _remove(home)


def plain_database(settings: Settings) -> str:
    """URL of an empty database on the warehouse's server, for the floor and the usual script."""
    socket_dir = server.start(settings.pgdata)
    admin = database.administrator(socket_dir)
    with admin.connect() as connection:
        connection.exec_driver_sql(f"drop database if exists {PLAIN} with (force)")
        connection.exec_driver_sql(f"create database {PLAIN}")
    return server.url(socket_dir, "postgres", PLAIN)


def dsn(url: str) -> str:
    """The same database for psycopg2 without SQLAlchemy."""
    return f"host={unquote(url.rpartition('host=')[2])} user=postgres dbname={PLAIN}"


def rows(settings: Settings, query: str) -> list[tuple[Any, ...]]:
    """Answer of a query on the warehouse, as the loader."""
    with database.engine(settings).connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def plain_rows(url: str, query: str) -> list[tuple[Any, ...]]:
    """Answer of a query on the plain database."""
    with create_engine(url, poolclass=NullPool).connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def _remove(home: Path) -> None:
    """Remove a home, after stopping a server that an interrupted run left behind."""
    if home.exists():
        server.stop(home / "postgres")
        shutil.rmtree(home)

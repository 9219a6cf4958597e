"""One way to the warehouse: engines by role, SQL from files, COPY.

SQLAlchemy and the embedded server are imported where they are used: `khoxa check` needs neither.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from etl.ground.config import SQL_DIR, Settings
from etl.ground.errors import MissingSetting, NightIsRunning, RoleNotGranted, WrongUrl
from etl.ground.revision import must_fit

if TYPE_CHECKING:
    from sqlalchemy import Connection, CursorResult, Engine, TextClause

    Rows = CursorResult[*tuple[Any, ...]]

DATABASE = "khoxa"
_BULK = 30_000
# a part of the sample (100) tells enough: of a night's own table or of little a tenth
_ROUGHLY, _OF_BULK = 10, 30
_ESCAPES = (("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n"), ("\r", "\\r"), ("\0", ""))
_HALVES = re.compile("[\ud800-\udfff]")  # of a character: no text has them


def warehouse_url(settings: Settings, role: str = "khoxa_loader") -> str:
    """SQLAlchemy URL of the warehouse for a role; starts the embedded server if that is it.

    Roles: khoxa_loader (the job), khoxa_owner (migrations), bi_reader. Raises MissingSetting,
    WrongUrl.
    """
    if settings.warehouse_url:
        url = settings.url_of(role)
        if url is None:
            raise MissingSetting(role)
        return _sound(url)
    from etl.ground import server

    return server.url(server.start(settings.pgdata), role, DATABASE)


def _sound(url: str) -> str:
    """The URL, if SQLAlchemy can read it and it is PostgreSQL's. Raises WrongUrl."""
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        backend = make_url(url).get_backend_name()
    except (ArgumentError, ValueError) as error:
        raise WrongUrl from error
    if backend != "postgresql":
        raise WrongUrl
    return url


def engine(settings: Settings, role: str = "khoxa_loader") -> Engine:
    """An engine without pooling: a task opens one connection, works, and is gone."""
    return _engine(warehouse_url(settings, role))


def administrator(socket_dir: str, name: str = "postgres") -> Engine:
    """The embedded server's superuser, for roles and databases: every statement by itself."""
    from etl.ground import server

    url = server.url(socket_dir, "postgres", name)
    return _engine(url, isolation_level="AUTOCOMMIT")


@lru_cache(maxsize=64)
def _engine(url: str, **options: Any) -> Engine:
    """It holds no connection; a new one would ask the server again what it is, and write every
    statement anew."""
    from sqlalchemy import create_engine, make_url
    from sqlalchemy.pool import NullPool

    if make_url(url).get_driver_name() == "psycopg2":
        options["use_native_hstore"] = False  # no column is one; each connection would ask
    return create_engine(url, poolclass=NullPool, **options)


def beside(settings: Settings, name: str) -> str:
    """URL of a program's own database on the embedded server, owned by the role of that name.

    Makes both if they are not there: Airflow and Superset keep their metadata so.
    """
    from etl.ground import server

    socket_dir = server.start(settings.pgdata)
    with administrator(socket_dir).connect() as connection:
        names = connection.exec_driver_sql("select datname from pg_database").scalars()
        if name not in set(names):
            connection.exec_driver_sql(f"create role {name} login")
            connection.exec_driver_sql(f"create database {name} owner {name}")
        # a reader of the warehouse has no business there
        connection.exec_driver_sql(f"revoke connect on database {name} from public")
    return server.url(socket_dir, name, name)


@contextmanager
def night(settings: Settings, *, of_any: bool = False) -> Iterator[Connection]:
    """One transaction of the loader; two nights never write at once (the table ops.night, which
    no reader may lock). Where the settings hold a transaction, it is that one. Raises
    OtherRevision, unless a warehouse `of_any` khoxa will do.
    """
    if settings.transaction is not None:
        yield settings.transaction
        return
    with engine(settings).begin() as connection:
        _alone(connection, of_any=of_any)
        yield connection


def in_memory(connection: Connection) -> None:
    """Let a transaction sort and hash a whole country, as one of a night may: it is alone."""
    # to hash by text takes half of what sorting by it does; the planner takes both for alike
    limits = "set local work_mem = '256MB'; set local temp_buffers = '256MB'; set local jit = off"
    script(connection, f"{limits}; set local enable_mergejoin = off")


def _alone(connection: Connection, *, of_any: bool = False) -> None:
    in_memory(connection)
    connection.exec_driver_sql("lock table ops.night in exclusive mode")
    if not of_any:
        must_fit(connection)


@contextmanager
def passing(settings: Settings, day: date) -> Iterator[Settings]:
    """Settings whose doors all work in one transaction, which is rolled back, never committed.

    It holds the night's lock; who only reads waits for nobody. PostgreSQL itself refuses a commit
    (sql/as_of/never_committed.sql). Raises NightIsRunning where the lock is not to be had.
    """
    from sqlalchemy.exc import OperationalError

    with engine(settings).connect() as connection:
        transaction = connection.begin()
        try:
            ask(connection, "as_of/limits")
            try:
                _alone(connection)
            except OperationalError as error:
                raise NightIsRunning from error
            ask(connection, "as_of/never_committed")
            connection.execution_options(is_passing=True)
            yield replace(settings, as_of=day, transaction=connection)
        finally:
            transaction.rollback()


@contextmanager
def asking(settings: Settings, role: str = "khoxa_loader") -> Iterator[Connection]:
    """A connection to ask with the rights of a role, in the settings' transaction if any.

    Raises RoleNotGranted where the loader may not take the role.
    """
    from sqlalchemy.exc import ProgrammingError

    if settings.transaction is None:
        with engine(settings, role).connect() as connection:
            yield connection
        return
    try:
        script(settings.transaction, f"set local role {role}")
    except ProgrammingError as error:
        raise RoleNotGranted(role) from error
    yield settings.transaction
    script(settings.transaction, "set local role none")  # after an error all is rolled back


@lru_cache(maxsize=128)
def statement(name: str) -> str:
    """The text of sql/<name>.sql."""
    return (SQL_DIR / f"{name}.sql").read_text(encoding="utf-8")


def text(sql: str) -> TextClause:
    """A statement with parameters, for modules that start without SQLAlchemy."""
    from sqlalchemy import text as clause

    return clause(sql)


def ask(connection: Connection, name: str, /, **params: Any) -> Rows:
    """Run sql/<name>.sql; returns what its last statement gives. A file without parameters may hold
    several statements (and a % in it is a %)."""
    if not params:
        return script(connection, statement(name))
    return connection.execute(text(statement(name)), params)


def run(connection: Connection, name: str, /, **params: Any) -> int:
    """Run sql/<name>.sql; returns the number of rows that its last statement changed."""
    return int(ask(connection, name, **params).rowcount)


def analyze(connection: Connection, table: str, changed: int) -> None:
    """Tell the planner of a bulk change, so that what joins the table next knows its size: of a
    twentieth, however small, for a view over a table thought empty takes minutes (of less,
    autovacuum tells it); and an empty one that nobody has analysed is thought to hold hundreds.

    Not of one that is rolled back: the size of a table would stay as it was told.
    """
    sample = _OF_BULK if "." in table and changed > _BULK else _ROUGHLY
    if "." in table:  # of a night's own, nobody else tells the planner
        is_passing = connection.get_execution_options().get("is_passing")
        about = {"table": table, "changed": changed}
        if is_passing or not changed or not ask(connection, "setup/outgrew", **about).scalar():
            return
    script(
        connection,
        f"set local default_statistics_target = {sample}; analyze {table};"
        " set local default_statistics_target to default",
    )


def script(connection: Connection, sql: str) -> Rows:
    """Run a text of one or more statements without parameters (a % in it is a %)."""
    return connection.exec_driver_sql(sql, execution_options={"no_parameters": True})


def copy_line(row: Iterable[object]) -> str:
    """One row in PostgreSQL's COPY text format; None is null."""
    return "\t".join([_field(value) for value in row])


def _field(value: object) -> str:
    if value is None:
        return "\\N"
    text = value if type(value) is str else str(value)
    if text.isprintable() and "\\" not in text:
        return text
    for character, escape in _ESCAPES:
        text = text.replace(character, escape)
    return _HALVES.sub("\ufffd", text)


def copy_lines(rows: Sequence[Sequence[object]]) -> str:
    """Many rows as `copy_line` gives each, one below the other: quicker, column by column, where no
    text needs an escape."""
    columns = []
    for column in zip(*rows, strict=True):
        texts = ["\\N" if v is None else v if type(v) is str else str(v) for v in column]
        said = "".join(texts)
        if said.count("\\") != column.count(None) or not said.isprintable():
            return "\n".join(map(copy_line, rows))
        columns.append(texts)
    return "\n".join(map("\t".join, zip(*columns, strict=True)))


def copy_in(
    connection: Connection, table: str, columns: Sequence[str], lines: Iterable[str]
) -> int:
    """COPY rows (lines made by `copy_line`, or blocks of them) into a table; returns how many."""
    cursor = connection.connection.cursor()
    cursor.copy_expert(f"copy {table} ({', '.join(columns)}) from stdin", _Lines(lines))
    copied = int(cursor.rowcount)
    cursor.close()
    return copied


def copy_out(connection: Connection, query: str) -> io.BytesIO:
    """Result of a query as CSV with a header, ready for pandas.read_csv."""
    cursor = connection.connection.cursor()
    buffer = io.BytesIO()
    cursor.copy_expert(f"copy ({query}) to stdout (format csv, header)", buffer)
    cursor.close()
    buffer.seek(0)
    return buffer


class _Lines(io.TextIOBase):
    """A readable over lines, so that COPY takes them one block at a time."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self._held = ""
        self._at = 0

    def read(self, size: int | None = -1) -> str:
        """Up to `size` characters; "" at the end."""
        wanted = 1 << 16 if size is None or size < 0 else size
        if (length := len(self._held) - self._at) < wanted:
            parts = [self._held[self._at :]]
            while length < wanted and (line := next(self._lines, None)) is not None:
                parts.append(line + "\n")
                length += len(line) + 1
            self._held, self._at = "".join(parts), 0
        block = self._held[self._at : self._at + wanted]
        self._at += len(block)
        return block

"""The embedded server: who reaches its socket, and what a start finds that was cut off."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from etl.ground import server
from etl.ground.config import ROOT
from etl.ground.errors import ServerDown


@pytest.fixture
def home() -> Iterator[Path]:
    """A short path with a space; nobody but its owner may enter."""
    folder = Path(tempfile.mkdtemp(prefix="kho xã ", dir="/tmp"))
    yield folder
    for pgdata in folder.rglob("postgres"):
        if pgdata.is_dir():
            server.stop(pgdata)
    shutil.rmtree(folder)


def answers(socket_dir: str) -> int:
    url = server.url(socket_dir, "postgres", "postgres")
    with create_engine(url, poolclass=NullPool).connect() as connection:
        return int(connection.exec_driver_sql("select 1").scalar_one())


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_it_starts_behind_a_closed_door_and_again(home: Path) -> None:
    pgdata = home / "postgres"
    socket_dir = server.start(pgdata)
    assert answers(socket_dir) == 1 and Path(socket_dir) == pgdata
    assert mode(pgdata) == 0o700
    assert mode(pgdata / ".s.PGSQL.5432") == 0o700
    assert mode(home) & 0o066 == 0  # nobody else may list it
    assert server.start(pgdata) == socket_dir
    # killed, and its number given to another program
    pid = int((pgdata / "postmaster.pid").read_text().split()[0])
    left = (pgdata / "postmaster.pid").read_text().replace(str(pid), str(os.getpid()), 1)
    os.kill(pid, signal.SIGKILL)
    (pgdata / "postmaster.pid").write_text(left)
    assert answers(server.start(pgdata)) == 1
    assert server.stop(pgdata) and not server.stop(pgdata)
    assert "role" not in (pgdata / "log").read_text(), "asking whether it answers is no login"


def test_texts_are_ordered_as_on_a_server_whatever_the_login_speaks(home: Path) -> None:
    url = server.url(server.start(home / "postgres"), "postgres", "template1")
    query = "select datlocprovider, datlocale from pg_database where datname = current_database()"
    with create_engine(url, poolclass=NullPool).connect() as connection:
        provider, locale = connection.exec_driver_sql(query).one()
    said = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    assert provider == "b" and f"--builtin-locale={locale}" in said


def test_an_initdb_that_was_killed_is_begun_again(home: Path) -> None:
    pgdata = home / "postgres"
    for half in (pgdata, home / "postgres.new"):
        half.mkdir()
        (half / "PG_VERSION").write_text("18\n")
    assert answers(server.start(pgdata)) == 1
    assert not (home / "postgres.new").exists()


def test_data_without_its_control_file_are_never_thrown_away(home: Path) -> None:
    pgdata = home / "postgres"
    (pgdata / "base" / "16384").mkdir(parents=True)
    with pytest.raises(ServerDown, match="pg_control"):
        server.start(pgdata)
    assert (pgdata / "base" / "16384").exists()


def test_a_long_path_leads_to_a_socket_of_its_own_login(home: Path) -> None:
    pgdata = home / ("x" * 90) / "postgres"
    socket_dir = Path(server.start(pgdata))
    assert answers(str(socket_dir)) == 1
    assert socket_dir != pgdata and mode(socket_dir) == 0o700
    assert socket_dir.stat().st_uid == pgdata.stat().st_uid
    server.stop(pgdata)
    socket_dir.rmdir()
    socket_dir.mkdir()
    socket_dir.chmod(0o777)  # another login was there first
    try:
        with pytest.raises(ServerDown, match="another login"):
            server.start(pgdata)
    finally:
        socket_dir.rmdir()


def test_what_ended_a_start_is_said_though_it_stands_further_up(home: Path) -> None:
    pgdata = home / "postgres"
    server.start(pgdata)
    os.kill(int((pgdata / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
    for segment in (pgdata / "pg_wal").glob("0*"):
        segment.unlink()
    with pytest.raises(ServerDown, match=r"(PANIC|FATAL):.*checkpoint record"):
        server.start(pgdata)


def test_a_server_that_does_not_start_says_why(home: Path) -> None:
    pgdata = home / "postgres"
    server.start(pgdata)
    server.stop(pgdata)
    with (pgdata / "postgresql.conf").open("a") as conf:
        conf.write("shared_buffers = 'many'\n")
    with pytest.raises(ServerDown, match=r"(?s)không chạy được.*shared_buffers"):
        server.start(pgdata)

"""PostgreSQL's own programs: dump a database, and put a dump in the place of what it holds.

They are those of the embedded server's package, or newer ones on PATH: a program reads no server
that is newer than itself.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

from sqlalchemy import create_engine, make_url

from etl.ground.errors import NO_ROOM, KhoxaError
from etl.ground.server import BIN_DIR

_NAMED = {"dbname": "PGDATABASE", "user": "PGUSER", "application_name": "PGAPPNAME"}


class NoTool(KhoxaError):
    """A program of PostgreSQL's that is not there, or is older than the server."""

    sentence = (
        "máy chủ là PostgreSQL {wanted}, cần {0} {wanted} trở lên; đang có: {there}."
        " Cài bản mới rồi chạy lại"
        " / the server is PostgreSQL {wanted} and needs {0} {wanted} or newer; found: {there}."
        " Install a newer one, then run again"
    )


class ToolFailed(KhoxaError):
    """What a program of PostgreSQL's said as it failed."""

    def __init__(self, name: str, said: str) -> None:
        lines = [line for line in said.splitlines() if line.strip()][-3:]
        full = f"{' / '.join(NO_ROOM)}\n" if "No space left" in said else ""
        super().__init__(f"{full}{name}: {' '.join(lines) or '?'}")


def dump(url: str, target: Path) -> None:
    """Write the database of a URL to `target`, in pg_dump's custom format.

    Takes the rights of whoever may read every table. Raises NoTool, ToolFailed.
    """
    command = [_tool("pg_dump", _server_major(url)), "--format=custom", f"--file={target}"]
    done = subprocess.run(command, env=_environment(url), capture_output=True, text=True)
    if done.returncode:
        raise ToolFailed("pg_dump", done.stderr)


def restore(url: str, source: Path, before: str) -> None:
    """Put a dump in the place of all that the role of a URL owns in its database.

    In one transaction, which begins with the statements `before`: the database is as it was, or as
    the dump has it. Rights of roles are not part of it. Raises NoTool, ToolFailed.
    """
    major = _server_major(url)
    psql = [_tool("psql", major), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", "-"]
    read = [_tool("pg_restore", major), "--no-owner", "--no-privileges", "-f", "-", str(source)]
    with tempfile.TemporaryFile("w+") as said, tempfile.TemporaryFile("w+") as refused:
        with subprocess.Popen(
            psql, env=_environment(url), stdin=subprocess.PIPE, stdout=said, stderr=said
        ) as writer:
            assert writer.stdin is not None
            start = f"begin;\n{before}\ndrop owned by current_user cascade;\n"
            is_read = _feed(writer, start.encode(), read, refused.fileno())
        for name, said_by, is_well in (
            ("psql", said, writer.returncode == 0),
            ("pg_restore", refused, is_read),
        ):
            said_by.seek(0)
            if not is_well:
                raise ToolFailed(name, said_by.read())


def _feed(writer: subprocess.Popen[bytes], start: bytes, read: list[str], refused: int) -> bool:
    """Give psql the statements and the dump; commit only what was read to its end."""
    assert writer.stdin is not None
    try:
        writer.stdin.write(start)
        writer.stdin.flush()
        done = subprocess.run(read, stdout=writer.stdin, stderr=refused)
        # psql that stopped is the one to ask why
        is_read = done.returncode == 0 or writer.poll() is not None
        if done.returncode == 0:
            writer.stdin.write(b"\ncommit;\n")
    except BrokenPipeError:
        return True
    finally:
        with suppress(BrokenPipeError):
            writer.stdin.close()
    return is_read


def _tool(name: str, wanted: int) -> str:
    """Path of a program that is not older than the server. Raises NoTool."""
    found = []
    for path in (BIN_DIR / name, shutil.which(name)):
        if path and Path(path).exists():
            done = subprocess.run([path, "--version"], capture_output=True, text=True)
            version = done.stdout.split()[2] if done.returncode == 0 else ""
            if version and int(version.partition(".")[0]) >= wanted:
                return str(path)
            found.append(f"{version} ({path})")
    raise NoTool(name, wanted=wanted, there=", ".join(found) or "–")


def _server_major(url: str) -> int:
    with create_engine(url).connect() as connection:
        return int(connection.exec_driver_sql("show server_version_num").scalar_one()) // 10_000


def _environment(url: str) -> dict[str, str]:
    """The variables by which PostgreSQL's programs find a database; no password in an argument."""
    engine = create_engine(make_url(url))
    _arguments, known = engine.dialect.create_connect_args(engine.url)
    named = {_NAMED.get(key, f"PG{key.upper()}"): str(value) for key, value in known.items()}
    return {**os.environ, "PGCLIENTENCODING": "UTF8", **named}

"""What a terminal says where PostgreSQL is gone, full, or of another revision: what happened and
what to do, never a traceback, and `khoxa db migrate` only where it would help."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import psycopg2
import pytest
from sqlalchemy.exc import InternalError, OperationalError

from etl.cli.refused import known_failure, why_query_failed
from etl.ground import database, pg_tools
from etl.ground.config import Settings
from etl.setup.migrate import UnknownRevision, migrate
from tests.khoxa import khoxa


class Told(psycopg2.OperationalError):
    """An error with a SQLSTATE, as the driver makes it."""

    def __init__(self, words: str, code: str | None = None) -> None:
        super().__init__(words)
        self.code = code

    @property
    def pgcode(self) -> str | None:
        return self.code


@pytest.mark.parametrize(
    ("code", "words", "todo"),
    [
        ("42P01", 'relation "mart.x" does not exist', "db migrate"),
        (None, 'FATAL:  database "khoxa" does not exist', "db migrate"),
        (None, 'connection to server at "x" failed: Connection refused', "is its server up"),
        (None, "server closed the connection unexpectedly", "stopped in the middle"),
        ("57P01", "terminating connection due to administrator command", "stopped in the middle"),
        ("57P03", "the database system is shutting down", "stopped in the middle"),
        ("08006", "connection failure", "stopped in the middle"),
        ("53100", "could not extend file: No space left on device", "disk of the PostgreSQL"),
        (None, "could not write: No space left on device", "disk of the PostgreSQL"),
        ("53200", "out of memory", "less busy"),
        ("53300", "sorry, too many clients already", "no more connections"),
        (None, "FATAL:  remaining connection slots are reserved", "no more connections"),
        ("28P01", 'password authentication failed for user "x"', "wrong password"),
        (None, 'FATAL:  password authentication failed for user "x"', "wrong password"),
        ("57014", "canceling statement due to statement timeout", "took longer"),
        ("53400", "temporary file size exceeds temp_file_limit", "took longer"),
        ("22012", "division by zero", "division by zero"),
    ],
)
def test_what_happened_and_what_to_do(code: str | None, words: str, todo: str) -> None:
    for error in (Told(words, code), OperationalError("", {}, Told(words, code)),
                  InternalError("", {}, Told(words, code))):  # fmt: skip
        sentence = why_query_failed(error)
        assert todo in sentence and words.split("\n")[0] in sentence
        assert ("db migrate" in sentence) == (todo == "db migrate")


@pytest.mark.parametrize(
    ("number", "is_full"), [(errno.ENOSPC, True), (errno.EDQUOT, True), (errno.EACCES, False)]
)
def test_a_full_disk_of_the_data_folder_says_what_to_do(number: int, is_full: bool) -> None:
    ended = known_failure(OSError(number, os.strerror(number), "/srv/khoxa/kho/raw/ab"))
    assert ended and ended.exit_code == 1
    assert "/srv/khoxa/kho/raw/ab" in ended.sentence and os.strerror(number) in ended.sentence
    assert ("giải phóng chỗ" in ended.sentence and "make room" in ended.sentence) == is_full


def test_a_backup_that_finds_no_room_says_what_to_do(fresh_warehouse: Settings) -> None:
    with pytest.raises(pg_tools.ToolFailed, match=r"(?s)giải phóng chỗ.*make room.*pg_dump"):
        pg_tools.dump(str(fresh_warehouse.warehouse_url), Path("/dev/full"))


def test_no_traceback_where_the_server_is_gone(tmp_path: Path) -> None:
    url = f"postgresql+psycopg2://khoxa_loader@/khoxa?host={tmp_path}"
    done = khoxa("status", KHOXA_HOME=str(tmp_path), KHOXA_WAREHOUSE_URL=url, KHOXA_READER_URL=url)
    assert done.returncode == 1
    assert "is its server up" in done.stderr and "Traceback" not in done.stderr


def test_a_warehouse_of_another_khoxa(fresh_warehouse: Settings) -> None:
    with database.engine(fresh_warehouse, "khoxa_owner").begin() as connection:
        connection.exec_driver_sql("update alembic_version set version_num = '9999_future'")
    with pytest.raises(UnknownRevision, match="newer khoxa"):
        migrate(fresh_warehouse)

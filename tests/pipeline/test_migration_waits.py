"""A migration that a reader's long question holds up lets others read on, and says who it is."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Connection

from etl.ground import database, server
from etl.ground.config import Settings
from etl.setup import locks
from etl.setup.migrate import migrate

ASKED = "select count(*) from mart.fund_use"
WAITING = (
    "select exists (select from pg_locks where not granted"
    " and relation = 'dw.fact_target'::regclass)"
)


@pytest.fixture
def reading(fresh_warehouse: Settings) -> Iterator[tuple[Connection, str]]:
    """A BI tool in the middle of a question, for half a minute at most, and how it is named."""
    with database.engine(fresh_warehouse, "bi_reader").connect() as connection:
        connection.exec_driver_sql("set idle_in_transaction_session_timeout = '30s'")
        connection.exec_driver_sql("set application_name = 'Superset'")
        connection.exec_driver_sql(ASKED)
        pid = connection.exec_driver_sql("select pg_backend_pid()").scalar()
        yield connection, f"pid {pid}, bi_reader (Superset)"


def test_it_gives_up_and_says_who_and_others_read_on(
    fresh_warehouse: Settings, reading: tuple[Connection, str], monkeypatch
) -> None:
    monkeypatch.setattr(locks, "_TRIES", 1)
    with pytest.raises(locks.LocksHeld, match=r"chưa thay đổi gì.*nothing was changed") as refused:
        migrate(fresh_warehouse)
    assert str(refused.value).count(reading[1]) == 2
    with database.engine(fresh_warehouse, "bi_reader").connect() as another:
        another.exec_driver_sql("set lock_timeout = '1s'")
        assert another.exec_driver_sql(ASKED).scalar() == 0


def test_it_is_tried_again(
    fresh_warehouse: Settings, reading: tuple[Connection, str], monkeypatch, caplog
) -> None:
    paused = []

    def pause(seconds: int) -> None:
        paused.append(seconds)
        reading[0].rollback()  # the question is answered

    monkeypatch.setattr(locks, "sleep", pause)
    with caplog.at_level(logging.WARNING, "etl.setup.locks"):
        migrate(fresh_warehouse)
    assert paused == [30]
    assert [record.getMessage().count(reading[1]) for record in caplog.records] == [2]


def test_a_session_that_waits_for_an_upgrade_that_waits_for_it_ends_no_upgrade(
    warehouse: Settings, fresh_warehouse: Settings, monkeypatch
) -> None:
    engine, asked = database.engine(fresh_warehouse, "khoxa_owner"), []
    socket, name = server.start(warehouse.pgdata), str(engine.url.database)
    with (
        ThreadPoolExecutor() as beside,
        database.administrator(socket, name).connect() as other,
    ):
        # it never looks whether two wait for each other: the upgrade does
        other.exec_driver_sql("set deadlock_timeout = '1h'; begin; lock table dw.fact_fund")

        def work(connection: Connection) -> None:
            connection.exec_driver_sql("lock table dw.fact_target")
            if not asked:
                asked.append(beside.submit(other.exec_driver_sql, "lock table dw.fact_target"))
                while not connection.exec_driver_sql(WAITING).scalar():
                    pass
            connection.exec_driver_sql("lock table dw.fact_fund")

        def pause(_seconds: int) -> None:
            asked[0].result()
            other.exec_driver_sql("rollback")

        monkeypatch.setattr(locks, "sleep", pause)
        locks.patiently(engine, work)
    assert asked

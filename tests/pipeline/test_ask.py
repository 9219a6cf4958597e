"""`khoxa sql`: one statement that only reads; PostgreSQL's own words where it does not answer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from etl.cli.ask import NotAnswered, ask
from etl.ground import database
from etl.ground.config import Settings
from tests.khoxa import khoxa, variables


@pytest.mark.parametrize(
    "query",
    [
        "select 1; select 2",
        "begin; select 1",
        "commit",
        "",
        "-- nothing",
        "create temporary table t as select 1",
        "set role khoxa_loader",
        "copy (select 1) to stdout",
    ],
)
def test_what_is_not_one_reading_statement_is_refused(warehouse: Settings, query: str) -> None:
    with pytest.raises(NotAnswered, match=r"chỉ một câu hỏi.* / one statement, and only to read"):
        ask(warehouse, query)


def test_a_statement_that_changes_something_is_refused(warehouse: Settings) -> None:
    for query in (
        "with gone as (delete from dw.dim_year returning year) select * from gone",
        "select set_config('transaction_read_only', 'off', true)",
        "select 1; delete from mart.unit",
        "select nextval('pg_catalog.x')",
    ):
        with pytest.raises(NotAnswered):
            ask(warehouse, query)


@pytest.mark.parametrize(
    "query",
    ["select 1 as a;", "values (1)", "with x as (select 1 as a) select a from x -- 'end'; "],
)
def test_other_ways_to_ask(warehouse: Settings, query: str) -> None:
    assert ask(warehouse, query)[1] == [(1,)]


def test_the_place_of_an_error(warehouse: Settings) -> None:
    done = khoxa("sql", "select unit_nam from mart.unit", KHOXA_HOME=str(warehouse.home))
    assert done.returncode == 1
    first, line, caret, hint = done.stderr.splitlines()
    assert first == 'khoxa: column "unit_nam" does not exist'
    assert line == "LINE 1: select unit_nam from mart.unit"
    assert caret.index("^") == line.index("unit_nam")
    assert "unit_name" in hint and "migrate" not in done.stderr


def test_migrating_is_suggested_where_there_are_no_marts(
    warehouse: Settings, fresh_warehouse: Settings
) -> None:
    query = "select * from mart.no_such"
    done = khoxa("sql", query, KHOXA_HOME=str(warehouse.home))
    assert "no_such" in done.stderr and "migrate" not in done.stderr
    with database.engine(fresh_warehouse, "khoxa_owner").begin() as connection:
        connection.exec_driver_sql("alter schema mart rename to gone")
    done = khoxa("sql", query, **variables(fresh_warehouse))
    assert done.returncode == 1 and "khoxa db migrate" in done.stderr


def test_a_server_that_does_not_answer(tmp_path: Path) -> None:
    url = "postgresql+psycopg2://nobody@127.0.0.1:1/none"
    done = khoxa("sql", "select 1", KHOXA_WAREHOUSE_URL=url, KHOXA_READER_URL=url)
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert "KHOXA_WAREHOUSE_URL" in done.stderr and "migrate" not in done.stderr


def test_times_are_those_of_here(warehouse: Settings) -> None:
    query = "select timestamptz '2025-06-10T15:30:00Z' as at"
    done = khoxa("sql", query, "--json", KHOXA_HOME=str(warehouse.home))
    assert json.loads(done.stdout) == [{"at": "2025-06-10 22:30:00+07:00"}]

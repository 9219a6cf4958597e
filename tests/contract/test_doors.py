"""What bi_reader, the loader and every login may not do is asked for, and refused."""

from __future__ import annotations

import pytest
from sqlalchemy import create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from etl.ground import database, server
from etl.ground.config import Settings
from tests.night import Night

REFUSED = "permission denied|must be superuser|must be owner"


def ask(settings: Settings, role: str, query: str, name: str = database.DATABASE) -> object:
    url = server.url(server.start(settings.pgdata), role, name)
    with create_engine(url, poolclass=NullPool).begin() as connection:
        result = connection.exec_driver_sql(query)
        return result.scalar() if result.returns_rows else None


@pytest.mark.parametrize("query", [
    "create temporary table x (a integer)", "create temporary view x as select 1",
    "select query_to_xml('select 1', true, true, '')",
    "select table_to_xml('mart.unit', true, true, '')",
    "select query_to_xmlschema('select 1', true, true, '')",
    "select database_to_xml(true, true, '')", "select schema_to_xml('mart', true, true, '')",
    "select cursor_to_xml('c', 1, true, true, '')",
    "select * from ts_stat('select null::tsvector')",
    "select ts_rewrite('a'::tsquery, 'select ''a''::tsquery, ''b''::tsquery')",
    "select lo_create(0)", "select lo_creat(-1)", "select lo_from_bytea(0, 'x')",
    "select lo_unlink(1)", "select lo_import('/etc/passwd')", "select lo_export(1, '/tmp/x')",
    "select pg_advisory_lock(1)", "select pg_advisory_xact_lock(1802530680)",
    "select pg_try_advisory_lock(1)", "select pg_sleep(1)", "select pg_notify('x', 'y')",
    "lock table ops.night", "lock table ops.night in access share mode",
    "copy mart.unit to program 'true'", "copy (select 1) to '/tmp/x'",
    "select pg_read_file('/etc/passwd')", "select pg_ls_dir('.')",
    "set temp_file_limit = -1", "set session authorization khoxa_owner", "set role khoxa_loader",
    "alter role bi_reader connection limit -1", "select pg_reload_conf()",
])  # fmt: skip
def test_bi_reader_is_refused(warehouse: Settings, query: str) -> None:
    with pytest.raises(DBAPIError, match=REFUSED):
        ask(warehouse, "bi_reader", query)


@pytest.mark.parametrize("query", [
    "alter table raw.filing owner to khoxa_loader", "delete from raw.arrival",
    "truncate raw.filing",
    "insert into ref.reader_scope values ('x', '06')", "create table raw.x (a integer)",
    "insert into ref.reader_unit values ('x', '06', 'province', 1)", "delete from ref.reader_unit",
    "create function ref.x() returns integer language sql as 'select 1'", "create role x",
    "drop trigger history_is_kept on raw.filing",
    "alter table raw.filing disable trigger all",
    "copy raw.filing to program 'true'", "set role khoxa_owner", "drop schema office",
])  # fmt: skip
def test_the_loader_is_refused(warehouse: Settings, query: str) -> None:
    with pytest.raises(DBAPIError, match=REFUSED):
        ask(warehouse, "khoxa_loader", query)


def test_the_limits_of_bi_reader(warehouse: Settings) -> None:
    wanted = {"statement_timeout": "1min", "temp_file_limit": "2GB",
              "idle_in_transaction_session_timeout": "5min"}  # fmt: skip
    assert {name: ask(warehouse, "bi_reader", f"show {name}") for name in wanted} == wanted
    limit = "select rolconnlimit from pg_roles where rolname = 'bi_reader'"
    assert ask(warehouse, "bi_reader", limit) == 40


def test_a_database_of_another_program_is_closed(warehouse: Settings) -> None:
    database.beside(warehouse, "cua_airflow_thu")
    try:
        assert ask(warehouse, "cua_airflow_thu", "select 1", "cua_airflow_thu") == 1
        for role, name in (("bi_reader", "cua_airflow_thu"), ("cua_airflow_thu", "khoxa")):
            with pytest.raises(DBAPIError, match="permission denied for database"):
                ask(warehouse, role, "select 1", name)
    finally:
        with database.administrator(server.start(warehouse.pgdata)).connect() as connection:
            connection.exec_driver_sql("drop database cua_airflow_thu")
            connection.exec_driver_sql("drop role cua_airflow_thu")


def test_a_night_waits_for_no_reader(warehouse: Settings) -> None:
    """Whatever bi_reader holds, a night may begin."""
    url = server.url(server.start(warehouse.pgdata), "bi_reader", database.DATABASE)
    with create_engine(url, poolclass=NullPool).begin() as reader:
        reader.exec_driver_sql("select count(*) from mart.filing")
        with database.engine(warehouse).begin() as connection:
            connection.exec_driver_sql("set local lock_timeout = '1s'")
            connection.exec_driver_sql("lock table ops.night in exclusive mode")


def test_a_filing_is_never_deleted(after_samples) -> None:
    """The loader undoes filings only where nothing is committed, as for a past day."""
    with after_samples() as settings:
        night = Night(settings)
        before = night.rows("select count(*) from raw.filing")
        with database.engine(settings).connect() as connection:
            connection.exec_driver_sql("delete from ops.finding")
            rejected = "delete from raw.filing where state = 'rejected'"
            assert connection.exec_driver_sql(rejected).rowcount > 0
            with pytest.raises(DBAPIError, match="register of filings is kept whole"):
                connection.commit()
        assert night.rows("select count(*) from raw.filing") == before

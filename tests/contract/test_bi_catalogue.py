"""What BI tools ask of the catalogue when a person adds the warehouse: bi_reader gets an answer.

Metabase (the PostgreSQL JDBC driver's metadata) and Power BI (Npgsql) read pg_catalog and
information_schema: which tables may be read, their columns and types, keys, comments.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, text

from etl.ground import database
from etl.ground.config import ROOT, Settings

MODEL = json.loads((ROOT / "docs" / "marts.model.json").read_text(encoding="utf-8"))
PLAIN = {
    "bigint", "boolean", "date", "integer", "numeric", "smallint", "text",
    "timestamp with time zone", "timestamp without time zone",
}  # fmt: skip


@pytest.fixture
def reader(warehouse: Settings) -> Iterator[Connection]:
    with database.engine(warehouse, "bi_reader").connect() as connection:
        yield connection


def test_every_mart_is_listed_and_may_be_read(reader: Connection) -> None:
    """information_schema (Npgsql's Tables and Views) and pg_class with privileges (Metabase)."""
    named = set(reader.execute(text(
        "select table_schema || '.' || table_name from information_schema.tables"
        " where table_schema = 'mart' and table_type in ('BASE TABLE', 'VIEW')"
    )).scalars())  # fmt: skip
    allowed = set(reader.execute(text(
        "select n.nspname || '.' || c.relname from pg_catalog.pg_class as c"
        " inner join pg_catalog.pg_namespace as n on n.oid = c.relnamespace"
        " where n.nspname = 'mart' and c.relkind in ('r', 'p', 'v', 'f', 'm')"
        " and pg_catalog.has_schema_privilege(n.oid, 'usage')"
        " and pg_catalog.has_table_privilege(c.oid, 'select')"
    )).scalars())  # fmt: skip
    assert {table["name"] for table in MODEL["tables"]} <= named == allowed


def test_columns_have_plain_types_and_comments(reader: Connection) -> None:
    """No domain, array or enumeration that a tool would show as unknown."""
    rows = reader.execute(text(
        "select c.table_name, c.column_name, c.data_type, pg_catalog.col_description("
        " format('%I.%I', c.table_schema, c.table_name)::regclass, c.ordinal_position)"
        " from information_schema.columns as c where c.table_schema = 'mart'"
        .replace("::", "\\:\\:")
    )).all()  # fmt: skip
    assert len(rows) > 500
    listed = {table["name"].removeprefix("mart.") for table in MODEL["tables"]}
    odd = [row[:3] for row in rows if row[0] in listed and row[2] not in PLAIN]
    assert odd == [] and all(row[3] for row in rows)


def test_keys_are_asked_for_without_an_error_and_are_none(reader: Connection) -> None:
    """Views have no keys: docs/marts.model.json has them, and docs/bi.md says so."""
    for query in (
        "select constraint_name from information_schema.table_constraints"
        " where constraint_type in ('PRIMARY KEY', 'FOREIGN KEY') and table_schema = 'mart'",
        "select k.conname from pg_catalog.pg_constraint as k inner join pg_catalog.pg_class as c"
        " on c.oid = k.conrelid inner join pg_catalog.pg_namespace as n on n.oid = c.relnamespace"
        " where k.contype in ('p', 'f') and n.nspname = 'mart'",
        "select i.indexrelid from pg_catalog.pg_index as i inner join pg_catalog.pg_class as c"
        " on c.oid = i.indrelid inner join pg_catalog.pg_namespace as n on n.oid = c.relnamespace"
        " where n.nspname = 'mart'",
    ):
        assert reader.execute(text(query)).all() == []
    assert all(table["primary_key"] for table in MODEL["tables"])


def test_types_are_loaded_when_a_connection_opens(reader: Connection) -> None:
    """Npgsql reads every type with its elements and ranges at once; Metabase asks for enumerations
    and the version."""
    types = reader.execute(text(
        "select t.oid, t.typname, t.typtype, t.typelem, r.rngsubtype from pg_catalog.pg_type as t"
        " left join pg_catalog.pg_range as r on r.rngtypid = t.oid"
        " left join pg_catalog.pg_class as c on c.oid = t.typrelid"
        " where t.typtype in ('b', 'r', 'm', 'e', 'd')"
    )).all()  # fmt: skip
    assert len(types) > 100
    assert reader.execute(text("select count(*) from pg_catalog.pg_enum")).scalar() is not None
    assert int(reader.execute(text("show server_version_num")).scalar_one()) >= 160000


@pytest.mark.parametrize("table", MODEL["tables"], ids=lambda table: table["name"])
def test_a_first_look_costs_no_row(reader: Connection, table: dict) -> None:
    """Tools ask for the shape of a table before its rows; the columns are those of the model."""
    found = reader.execute(text(f"select * from {table['name']} where 1 = 0"))
    assert list(found.keys()) == [column["name"] for column in table["columns"]]

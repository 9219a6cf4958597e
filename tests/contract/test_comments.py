"""Every table and column that a BI tool can see says in both languages what it is."""

import re

import pytest

from etl.ground import database
from etl.ground.config import Settings

RELATIONS = """
    select n.nspname || '.' || c.relname, obj_description(c.oid, 'pg_class')
    from pg_class as c
    inner join pg_namespace as n on n.oid = c.relnamespace
    where n.nspname in ('dw', 'mart') and c.relkind in ('r', 'p', 'v', 'm')
"""
COLUMNS = """
    select n.nspname || '.' || c.relname || '.' || a.attname, col_description(c.oid, a.attnum)
    from pg_attribute as a
    inner join pg_class as c on c.oid = a.attrelid
    inner join pg_namespace as n on n.oid = c.relnamespace
    where
        n.nspname in ('dw', 'mart') and c.relkind in ('r', 'p', 'v', 'm')
        and a.attnum > 0 and not a.attisdropped
"""


def comments(settings: Settings, query: str) -> dict[str, str]:
    with database.engine(settings, "bi_reader").connect() as connection:
        rows = connection.exec_driver_sql(query).all()
    return {name: comment or "" for name, comment in rows}


def in_one_language(found: dict[str, str]) -> list[str]:
    halves = {name: [half.strip() for half in text.split(" / ")] for name, text in found.items()}
    return [name for name, parts in halves.items() if len(parts) != 2 or not all(parts)]


def test_every_table_and_view_is_explained(warehouse: Settings) -> None:
    found = comments(warehouse, RELATIONS)
    assert {"dw.fact_indicator", "dw.dim_commune", "mart.attainment"} <= set(found)
    assert in_one_language(found) == []


def test_every_column_is_explained(warehouse: Settings) -> None:
    found = comments(warehouse, COLUMNS)
    assert len(found) > 200
    assert in_one_language(found) == []


@pytest.mark.parametrize("mart", ["filing_status", "filing", "completeness"])
def test_states_of_filings_are_no_states_of_cells(warehouse: Settings, mart: str) -> None:
    said = comments(warehouse, COLUMNS)[f"mart.{mart}.state"]
    assert {"accepted", "rejected", "missing", "not_due"} <= set(re.findall(r"\w+", said))


def test_a_missing_or_third_half_is_noticed() -> None:
    found = {"a": "Năm", "b": "Năm / ", "c": "Năm / Year", "d": "", "e": "a / b / c"}
    assert in_one_language(found) == ["a", "b", "d", "e"]

"""The typical questions of benchmarks/bi_queries.yaml run, and find their rows by index: over a
country of two years and four indicators no table of figures is read from end to end."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from sqlalchemy import Connection

from benchmarks import bi_at_scale
from etl.ground import database

QUERIES = bi_at_scale.queries()
WHOLE_YEAR = {"communes_that_reported"}  # half of the table here


@pytest.fixture(scope="module")
def country(make_warehouse) -> Iterator[Connection]:
    with make_warehouse() as settings:
        bi_at_scale.put_ready(settings, range(2025, 2027), indicators=4)
        with database.engine(settings, "bi_reader").connect() as connection:
            yield connection


@pytest.mark.parametrize("name", QUERIES)
def test_a_typical_question_finds_its_rows_by_index(country: Connection, name: str) -> None:
    sql = QUERIES[name]["sql"]
    assert database.script(country, sql).all() != []
    plan = "\n".join(database.script(country, f"explain {sql}").scalars())
    read = set(re.findall(r"Seq Scan on (star_\w+|agg_\w+)", plan))
    assert read == set() or name in WHOLE_YEAR, plan

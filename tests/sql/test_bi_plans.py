"""The typical questions of benchmarks/bi_queries.yaml run, and read of the big tables little more
than a plain lookup by keys does, over a country of four years."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Connection

from benchmarks import bi_at_scale
from etl.ground import database
from etl.ground.config import Settings

QUERIES = bi_at_scale.queries()
YEARS, INDICATORS, COMMUNES = range(2023, 2027), 3, 10035
MORE = {  # of a few units of many, all may be read
    "province_trend_by_commune": len(YEARS) * COMMUNES, "one_period_of_a_district": COMMUNES,
}  # fmt: skip


@pytest.fixture(scope="module")
def country(make_warehouse) -> Iterator[Settings]:
    with make_warehouse() as settings:
        bi_at_scale.put_ready(settings, YEARS, INDICATORS, funds=1)
        yield settings


def read(connection: Connection, sql: str) -> int:
    """Rows of the tables of figures that a query looks at."""
    (plan,) = database.script(
        connection, f"explain (analyze, timing off, format json) {sql}"
    ).scalar_one()
    return round(looked_at(plan["Plan"]))


def looked_at(node: dict[str, Any]) -> float:
    below = sum(looked_at(child) for child in node.get("Plans", []))
    if not node.get("Relation Name", "").startswith("star_"):
        return below
    removed = sum(rows for name, rows in node.items() if name.startswith("Rows Removed by"))
    return below + (node["Actual Rows"] + removed) * node["Actual Loops"]


@pytest.mark.parametrize("name", QUERIES)
def test_a_typical_question_reads_what_it_needs(country: Settings, name: str) -> None:
    sql = QUERIES[name]["sql"]
    with database.engine(country, "bi_reader").connect() as connection:
        assert database.script(connection, sql).all() != []
        taken = read(connection, sql)
    with database.engine(country).connect() as connection:
        keys = bi_at_scale.indicator_keys(connection)
        needed = read(connection, QUERIES[name]["floor"].format(**keys))
    # with so few indicators, all of a period may be read; of all periods it would be eight times
    assert 0 < taken <= INDICATORS * max(needed, MORE.get(name, 0))

"""What a night asks of one year it finds by an index with the year in it, however many other years
the warehouse holds: told by plans that may choose, not by a clock."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Connection

from etl.aggregate import run
from etl.aggregate.models import models
from etl.ground import database
from etl.ground.config import Settings

TOUCHED = """
    set local enable_seqscan = off;
    set local enable_bitmapscan = off;
    insert into stg.touched (commune_key, district_key, province_key, year)
    select commune_key, district_key, province_key, 2025 from dw.dim_commune limit 1
"""
READ = {  # models, and the tables that grow with the years
    "star/06_star_invented": ("fact_indicator", "fact_target", "fact_fund"),
    "star/11_star_fund_stage": ("agg_fund",),
}


@pytest.fixture(scope="module")
def touched(warehouse: Settings) -> Iterator[Connection]:
    """A commune is touched, and the models before those of READ have run."""
    with database.night(warehouse) as connection:
        database.script(connection, TOUCHED)
        yield connection
        connection.rollback()


def scans(node: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The tables that a plan reads, each with what it is looked up by."""
    if "Relation Name" in node:
        yield node["Relation Name"], node.get("Index Cond", "")
    for child in node.get("Plans", []):
        yield from scans(child)


def test_a_year_is_found_by_its_index(touched: Connection) -> None:
    seen: dict[str, list[tuple[str, str]]] = {}
    grown: dict[str, int] = {}
    for model in models():
        if model.name in READ:
            sql = database.statement(f"marts/{model.name}")
            (plan,) = database.script(touched, f"explain (format json) {sql}").scalar_one()
            seen[model.name] = list(scans(plan["Plan"]))
        run(touched, model, grown)
    for name, tables in READ.items():
        looked_up = [(table, by) for table, by in seen[name] if table in tables]
        # what no commune filed is looked up by province, or once a night
        of_communes = [by for _, by in looked_up if "commune_key" in by or "unit_key" in by]
        assert {table for table, _ in looked_up} == set(tables)
        assert of_communes
        assert all("year" in by for by in of_communes)

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
HELD = """
    insert into raw.filing (filing_id, content_sha256, original_name, received_at, state, form,
        form_version, filer_level, filer_code, year, last_year, period, units_on)
    select 10000 * y + commune_key, 10000 * y + commune_key, '', now(), 'accepted', 'x', '1',
        'commune', commune_code, y, y, 'Y', make_date(y, 12, 31)
    from dw.dim_commune, generate_series(2021, 2025) as y where commune_key < 200;
    insert into dw.fact_indicator (filing_id, indicator_key, level, commune_key, province_key, year,
        period, measure, value, state, sheet, cell, text_as_filed)
    select filing_id, 1, 'commune', commune_key, province_key, year, 'Y', 'actual', 1, 'value', '',
        n, '1' from raw.filing, dw.dim_commune, generate_series(1, 9) as n
    where filing_id = 20250000 + commune_key;
    insert into dw.fact_fund (filing_id, fund_key, level, commune_key, province_key, year_from,
        year, period, stage, amount_million_vnd, state, sheet, cell, text_as_filed)
    select filing_id, 1, level, commune_key, province_key, year, year, 'Y', 'plan', 1, state, sheet,
        cell, '' from dw.fact_indicator;
    insert into dw.fact_target (filing_id, indicator_key, level, commune_key, province_key,
        year_from, year_to, year, period, basis, operator, unit_of_measure, target_value, state,
        section, text_as_printed, sheet, cell, text_as_filed, quantity)
    select filing_id, 1, level, commune_key, province_key, year, year, year, 'Y', 'registered', '=',
        '', 1, state, '', '', sheet, cell, '', 'count' from dw.fact_indicator;
    analyze raw.filing, dw.fact_indicator, dw.fact_fund, dw.fact_target;
"""
READ = {  # models, and the tables that grow with the years
    "indicator/17_commune_figure": ("agg_indicator",),
    "star/16_star_called": ("fact_indicator", "fact_target", "fact_fund"),
    "star/06_star_fund_line": ("agg_fund",),
}


@pytest.fixture(scope="module")
def touched(warehouse: Settings) -> Iterator[Connection]:
    """Facts are held, and a commune of their last year is touched."""
    with database.night(warehouse) as connection:
        database.script(connection, HELD + TOUCHED)
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

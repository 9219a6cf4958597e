"""A unit that a map leaves as it was is fetched and judged once: what comes of it is what comes of
judging it on every map by itself."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from sqlalchemy import Connection

from etl.aggregate import run
from etl.aggregate.models import models
from etl.ground import database
from etl.ground.config import Settings
from tests.night import Night
from tests.sql.attainment_world import Case, Target, plain_world
from tests.sql.attainment_world import judge as judged
from tests.sql.map_world import MAPS
from tests.sql.map_world_rows import settle

JUDGED = ("dw.agg_target", "dw.agg_target_commune", "dw.agg_attainment")
APART = {
    "target/01_stale_map_unit": "update stale_map_unit set figures_of = place_no",
    "target/10_target_twin": "delete from target_twin",
}
TOUCHED = (
    "insert into stg.touched (commune_key, district_key, province_key, year)"
    " select commune_key, district_key, province_key, year from dw.fact_indicator"
    " union select commune_key, district_key, province_key, year from dw.fact_target"
    " on conflict do nothing; analyze stg.touched"
)


@pytest.fixture
def touched(warehouse_with_samples: Night) -> Iterator[Connection]:
    with database.night(warehouse_with_samples.settings) as connection:
        database.script(connection, TOUCHED)
        yield connection
        connection.rollback()


def judge(connection: Connection, apart: str = "") -> dict[str, list[str]]:
    """What all targets of the samples give, with a model undone after it ran (`apart`)."""
    trial, grown = connection.begin_nested(), dict[str, int]()
    for model in models():
        if model.name.startswith(("indicator/", "target/")):
            run(connection, model, grown)
        if model.name == apart:
            database.script(connection, APART[apart])
    found = {
        name: sorted(connection.exec_driver_sql(f"select t::text from {name} as t").scalars())
        for name in JUDGED
    }
    found["twins"] = list(connection.exec_driver_sql("select target_no from target_twin").scalars())
    trial.rollback()
    return found


@pytest.mark.parametrize("apart", APART)
def test_it_is_as_if_every_map_were_judged_by_itself(touched: Connection, apart: str) -> None:
    once, each = judge(touched), judge(touched, apart)
    assert len(once.pop("twins")) > 20
    assert not each.pop("twins")
    assert all(once.values())
    assert once == each


@pytest.mark.parametrize("unit_map", ["as_filed", *MAPS])
def test_a_list_is_judged_by_figures_since_january(
    fresh_warehouse: Settings, unit_map: str
) -> None:
    """What a commune on the list had at the end of its second quarter is its half-year's, and no
    verdict's of its own, on any map."""
    settle(fresh_warehouse, plain_world(1))
    figures = {
        (1, "households", 2024, "OPEN", "baseline"): Decimal(100),
        (1, "poor_households", 2024, "OPEN", "baseline"): Decimal(40),
        (1, "poor_households", 2024, "Q2", "actual"): Decimal(20),
    }
    target = Target(
        "poor_households", "<=", Decimal(30), quantity="count", population="communes_30_pct_frozen"
    )
    (found,) = judged(fresh_warehouse, [Case(target, figures)], unit_map)
    shown = {when: (row["reason"], row["units_reported"]) for when, row in found.items()}
    assert shown == {(2024, "H1"): ("partial_coverage", 1)}

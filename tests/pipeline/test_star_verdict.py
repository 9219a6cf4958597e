"""Verdicts put ready by the night are those of dw.agg_attainment on the latest map, each target and
year once, by its last period."""

from __future__ import annotations

from sqlalchemy import text

from etl import aggregate
from etl.ground import database
from tests.night import Night

JUDGED = """
    select distinct on (a.level, a.unit_key, a.target_id, a.year)
        ref.unit_id(a.level, a.unit_key), a.year, a.target_id, a.period, a.verdict,
        a.attainment_pct, a.actual_value, t.target_value
    from dw.agg_attainment as a
    inner join dw.agg_target as t using (unit_map, level, unit_key, target_id)
    where a.unit_map = '2025-07-01'
    order by
        a.level, a.unit_key, a.target_id, a.year, ref.last_month(a.period) desc, a.period desc
"""
READY = """
    select unit_id, year, target_id, period, verdict, attainment_pct, actual_value, target_value
    from dw.star_verdict
"""
TOUCH_ONE = """
    insert into stg.touched (commune_key, district_key, province_key, year)
    select commune_key, district_key, province_key, year from dw.fact_target
    where commune_key is not null order by commune_key limit 1
"""


def test_the_marts_have_each_verdict_once(warehouse_with_samples: Night) -> None:
    judged = warehouse_with_samples.rows(JUDGED)
    assert len(judged) > 100
    assert sorted(map(str, warehouse_with_samples.rows(READY))) == sorted(map(str, judged))
    shown = warehouse_with_samples.rows("select count(*) from mart.verdict_stated")
    assert shown == [(len(judged),)]


def test_a_unit_that_leaves_the_map_is_forgotten_and_the_others_stay(after_samples) -> None:
    with after_samples() as settings:
        night = Night(settings)
        before = night.rows(READY)
        gone = max(row[0] for row in before)
        with database.engine(settings, "khoxa_owner").begin() as connection:
            connection.execute(
                text("update dw.dim_unit set is_on_map = false where unit_id = :gone"),
                {"gone": gone},
            )
            connection.execute(text(TOUCH_ONE))
        aggregate.aggregate(settings)
        left = [row for row in before if row[0] != gone]
        assert sorted(map(str, night.rows(READY))) == sorted(map(str, left))

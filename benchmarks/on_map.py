"""What it costs to express a country's figures on the maps, beside a plain GROUP BY."""

from __future__ import annotations

import time
from pathlib import Path

from sqlalchemy import Connection, text

from benchmarks import warehouse
from etl.aggregate import run
from etl.aggregate.models import models
from etl.ground import database
from etl.ground.config import Settings

INDICATORS, ROUNDS = 40, 3
MAPPED = (  # from the figures of communes to those of units on a map
    "commune_figure", "counted_elsewhere", "merged_commune", "counted_share", "alike_commune",
    "alike_figure", "unit_part", "unit_sum", "unit_expected", "unit_total", "stands_as_filed",
    "unit_on_map", "agg_indicator_unknown",
)  # fmt: skip
FILL = """
    insert into dw.agg_indicator
    select
        'commune', c.commune_key, c.district_key, c.province_key, 2025, 'H1', 'actual', i.no,
        abs(hashint4(c.commune_key + i.no)) % 1000, null, 0, 1, 1, 1, 1, 'as_filed', 0
    from dw.dim_commune as c
    cross join generate_series(1, {indicators}) as i (no)
    where date '2025-06-30' >= c.valid_from and date '2025-06-30' < c.valid_to;
    insert into stg.touched
    select distinct unit_key, district_key, province_key, year from dw.agg_indicator;
    analyze dw.agg_indicator;
    analyze stg.touched
"""
PLAIN = """
    create temporary table plain on commit drop as
    select district_key, year, period, measure, indicator_key, sum(numerator) as numerator
    from dw.agg_indicator
    where level = 'commune' and unit_map = 'as_filed'
    group by district_key, year, period, measure, indicator_key
"""
SUMS = """
    create temporary table sums on commit drop as
    select
        m.map_unit_no, a.year, a.period, a.measure, a.indicator_key,
        case when count(m.weight) = count(*) then sum(a.numerator * m.weight) end as numerator,
        count(*) as units_reported
    from dw.agg_indicator as a
    inner join ref.map_share as m on m.commune_key = a.unit_key
    inner join ref.map_unit as u using (map_unit_no)
    where
        a.level = 'commune' and a.unit_map = 'as_filed'
        and u.unit_map = '2025-07-01' and u.level = 'commune'
    group by m.map_unit_no, a.year, a.period, a.measure, a.indicator_key
"""


def measure(home: Path, keep: bool) -> str:
    """Three lines: seconds, the best of three, and what they are of the plain GROUP BY's."""
    with warehouse.fresh(home / "run-map", home, keep) as settings:
        with database.engine(settings, "khoxa_owner").begin() as connection:
            database.script(connection, FILL.format(indicators=INDICATORS))
        rounds = [_round(settings) for _ in range(ROUNDS)]
    plain, sums, mapped = (min(times) for times in zip(*rounds, strict=True))
    return (
        f"\n10035 communes x {INDICATORS} indicators: plain GROUP BY {plain:.2f} s\n"
        f"  summed onto the communes of 2025-07-01: {sums:.2f} s, ratio {sums / plain:.1f}\n"
        f"  as the nightly job does it (all maps and levels, rates, coverage, written):"
        f" {mapped:.2f} s, ratio {mapped / plain:.1f}"
    )


def _round(settings: Settings) -> tuple[float, float, float]:
    with database.night(settings) as connection:
        plain, sums = _seconds(connection, PLAIN), _seconds(connection, SUMS)
        known = {model.title: model for model in models()}
        grown: dict[str, int] = {}
        run(connection, known["stale_unit"], grown)
        started = time.perf_counter()
        for name in MAPPED:
            run(connection, known[name], grown)
        mapped = time.perf_counter() - started
        connection.rollback()
    return plain, sums, mapped


def _seconds(connection: Connection, statement: str) -> float:
    started = time.perf_counter()
    connection.execute(text(statement))
    return time.perf_counter() - started

"""What it costs to express a country's figures on the maps, beside a plain GROUP BY."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from sqlalchemy import Connection

from benchmarks import cpu, warehouse
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
WRITTEN = """
    create temporary table written (like dw.agg_indicator including all) on commit drop;
    insert into written (
        level, unit_key, district_key, province_key, year, period, measure, indicator_key,
        numerator, units_expected, units_reported, districts_expected, districts_reported,
        unit_map, shares_unknown
    )
    select
        u.level, u.unit_key, min(a.district_key), min(a.province_key), a.year, a.period, a.measure,
        a.indicator_key, sum(a.numerator * m.weight), count(*), count(*),
        count(distinct a.district_key), count(distinct a.district_key), u.unit_map, 0
    from dw.agg_indicator as a
    inner join ref.map_share as m on m.commune_key = a.unit_key
    inner join ref.map_unit as u using (map_unit_no)
    where
        a.level = 'commune' and a.unit_map = 'as_filed' and (
            u.unit_map = 'as_filed'
            or u.unit_map = '2025-07-01' and u.level <> 'district'
            and not (u.level = 'commune' and m.is_itself)
        )
    group by u.map_unit_no, a.year, a.period, a.measure, a.indicator_key
"""


def measure(home: Path, keep: bool) -> str:
    """Three lines: processor seconds of PostgreSQL, the best of three, and what they are of those
    of the plain GROUP BY."""
    with warehouse.fresh(home / "run-map", home, keep) as settings:
        with database.engine(settings, "khoxa_owner").begin() as connection:
            database.script(connection, FILL.format(indicators=INDICATORS))
        rounds = [_round(settings) for _ in range(ROUNDS)]
    plain, written, mapped = (min(spent) for spent in zip(*rounds, strict=True))
    return (
        f"\n10035 communes x {INDICATORS} indicators, CPU: plain GROUP BY {plain:.2f} s\n"
        f"  GROUP BY of all units that are written, with coverage and keys: {written:.2f} s,"
        f" ratio {written / plain:.1f}\n"
        f"  as the nightly job does it (all maps and levels, rates, coverage, written):"
        f" {mapped:.2f} s, ratio {mapped / plain:.1f}, to the line above {mapped / written:.1f}"
    )


def _round(settings: Settings) -> tuple[float, float, float]:
    with database.night(settings) as connection:
        plain, written = (
            _spent(connection, partial(database.script, connection, sql))
            for sql in (PLAIN, WRITTEN)
        )
        known = {model.title: model for model in models()}
        grown: dict[str, int] = {}
        run(connection, known["stale_unit"], grown)
        mapped = sum(
            _spent(connection, partial(run, connection, known[name], grown)) for name in MAPPED
        )
        connection.rollback()
    return plain, written, mapped


def _spent(connection: Connection, work: Callable[[], object]) -> float:
    backend = connection.exec_driver_sql("select pg_backend_pid()").scalar_one()
    before = cpu.of(backend)
    work()
    return cpu.of(backend) - before

"""What it costs to judge every target of a country, and those that one filing touches."""

from __future__ import annotations

import time
from pathlib import Path

from sqlalchemy import Connection, text

from benchmarks import warehouse
from etl.aggregate import run
from etl.aggregate.models import models
from etl.ground import database
from etl.ground.config import Settings

IN_FORCE = "date '2025-01-01' >= {0}.valid_from and date '2025-01-01' < {0}.valid_to"
FILL = f"""
    insert into raw.filing (
        filing_id, content_sha256, original_name, received_at, state, form, filer_level,
        filer_code, year, last_year, period, units_on, version
    )
    select
        district_key, district_key, '', '2025-02-01', 'accepted', 'target_registration', 'district',
        district_code, 2025, 2025, 'Y', '2025-01-01', 1
    from dw.dim_district as d where {IN_FORCE.format("d")};
    insert into dw.fact_target (
        filing_id, indicator_key, level, commune_key, district_key, province_key, year, period,
        basis, operator, target_value, unit_of_measure, state, section, text_as_printed, sheet,
        cell, text_as_filed, quantity, year_from, year_to
    )
    select
        c.district_key, i.indicator_key, 'commune', c.commune_key, c.district_key, c.province_key,
        2025, 'Y', 'registered', '=', 10, i.unit_of_measure, 'value', '', '', 'S',
        i.indicator_code || c.commune_key, '', 'change', 2025, 2025
    from dw.dim_commune as c
    cross join dw.dim_indicator as i
    where
        i.indicator_code in ('poor_households_reduction', 'poverty_rate_reduction', 'poverty_rate')
        and c.district_key is not null and {IN_FORCE.format("c")};
    insert into dw.agg_indicator (
        level, unit_key, district_key, province_key, year, period, measure, indicator_key,
        numerator, denominator, value, units_expected, units_reported, districts_expected,
        districts_reported, unit_map
    )
    select
        'commune', f.commune_key, f.district_key, f.province_key, 2025, p.period, p.measure,
        f.indicator_key, 5 + f.commune_key % 10, 400, 5 + f.commune_key % 10, 1, 1, 1, 1, 'as_filed'
    from dw.fact_target as f
    cross join (values ('OPEN', 'baseline'), ('H1', 'actual'), ('Y', 'registered'))
        as p (period, measure);
    insert into dw.agg_indicator (
        level, unit_key, district_key, province_key, year, period, measure, indicator_key,
        numerator, denominator, value, units_expected, units_reported, districts_expected,
        districts_reported, unit_map
    )
    select
        'district', district_key, district_key, province_key, year, period, measure, indicator_key,
        sum(numerator), sum(denominator), avg(value), count(*), count(*), 1, 1, 'as_filed'
    from dw.agg_indicator
    group by district_key, province_key, year, period, measure, indicator_key;
    analyze dw.agg_indicator;
    analyze dw.fact_target;
    analyze raw.filing
"""
ALL = """
    insert into stg.touched
    select distinct unit_key, district_key, province_key, year
    from dw.agg_indicator where level = 'commune'
"""
ONE = "delete from stg.touched where ctid not in (select min(ctid) from stg.touched)"


def measure(home: Path, keep: bool) -> str:
    """Two lines: seconds for every target, and for those of one commune and its parents."""
    with warehouse.fresh(home / "run-judged", home, keep) as settings:
        with database.engine(settings, "khoxa_owner").begin() as connection:
            database.script(connection, f"{FILL}; {ALL}")
        whole, targets = _judge(settings)
        with database.engine(settings, "khoxa_owner").begin() as connection:
            database.script(connection, ONE)
        one, few = _judge(settings)
    return (
        f"\nevery target of the country judged: {targets} on all maps, {whole:.1f} s\n"
        f"  of one commune's filing, with its parents: {few}, {one:.2f} s,"
        f" {100 * one / whole:.1f} %"
    )


def _judge(settings: Settings) -> tuple[float, int]:
    (stale_unit,) = (m for m in models() if m.makes == ("stale_unit",))
    with database.night(settings) as connection:
        database.script(connection, "analyze stg.touched")
        grown: dict[str, int] = {}
        run(connection, stale_unit, grown)
        started = time.perf_counter()
        for model in models():
            if model.name.startswith("target/"):
                run(connection, model, grown)
        seconds = time.perf_counter() - started
        return seconds, _count(connection)


def _count(connection: Connection) -> int:
    query = (
        "select count(*) from dw.agg_attainment"
        " join stale_map_unit using (unit_map, level, unit_key)"
    )
    return int(connection.execute(text(query)).scalar_one())

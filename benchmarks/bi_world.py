"""The marts made for dragging at the size of a country: rows put straight into the tables behind
them, in the order in which nights leave them (a province and year at a time, years in turn)."""

from __future__ import annotations

from sqlalchemy import Connection, text

from etl.aggregate import run
from etl.aggregate.models import models
from etl.ground import database

TABLES = (
    "dw.dim_unit", "dw.star_period", "dw.star_year", "dw.star_fund", "dw.agg_target",
    "dw.agg_attainment", "dw.star_verdict",
)  # fmt: skip
COUNTED, RATED, JUDGED = "poor_households", "poverty_rate", "poor_households_reduction"
MAP = """
    delete from ref.map_date where map_on = (select max(map_on) from ref.map_date);
    create temporary table bi_indicator as
    select indicator_key, kind from dw.dim_indicator
    order by indicator_code in (:counted, :rated, :judged) desc, kind, indicator_code
    limit :indicators
"""
UNITS = """
    create temporary table bi_unit as
    select level, unit_id, unit_key, province_id
    from dw.dim_unit where is_on_map and not is_rest
"""
# a figure is made of keys alone, so that every run draws the same
FIGURE = "1 + abs(hashint4(u.unit_id * 64 + i.indicator_key) + :year) % 400"
REASON = "case when abs(hashint4(u.unit_id + :year)) % 50 = 0 then 'not_filed' else '' end"
PERIODS = f"""
    insert into dw.star_period (
        level, unit_id, province_id, year, period, indicator_key, numerator, denominator, value,
        units_expected, units_reported, reason, is_self_filed, is_illustrative
    )
    select
        u.level, u.unit_id, u.province_id, :year, p.period, i.indicator_key, f.figure, 1000,
        case i.kind when 'rate' then f.figure / 10 else f.figure end, 1, 1, r.reason, false, false
    from bi_unit as u
    cross join bi_indicator as i
    cross join (values ('H1'), ('Y')) as p (period)
    cross join lateral (select {REASON} as reason) as r
    cross join lateral (
        select case r.reason when '' then cast({FIGURE} as numeric) end as figure
    ) as f
    order by u.province_id, i.indicator_key, u.level, p.period, u.unit_id
"""
YEARS = """
    insert into dw.star_year (
        level, unit_id, province_id, year, indicator_key, period, numerator, denominator, value,
        units_expected, units_reported, reason, is_self_filed, opening, assigned, is_rate,
        is_illustrative
    )
    select
        level, unit_id, province_id, year, indicator_key, period, numerator, denominator, value,
        units_expected, units_reported, reason, is_self_filed, numerator + 10, 20, kind = 'rate',
        is_illustrative
    from dw.star_period as u
    inner join bi_indicator using (indicator_key)
    where year = :year and period = 'Y'
    order by province_id, indicator_key, level, unit_id
"""
MONEY = """
    insert into dw.star_fund (
        level, unit_id, province_id, year, period, fund_key, plan_million_vnd,
        allocated_million_vnd, disbursed_million_vnd, units_expected, units_reported, is_of_year
    )
    select
        u.level, u.unit_id, u.province_id, :year, p.period, f.fund_key,
        case p.period when 'Y' then 900 end, 800, abs(hashint4(u.unit_id + f.fund_key)) % 800,
        1, 1, p.period = 'Y'
    from bi_unit as u
    cross join (select fund_key from dw.dim_fund order by fund_key limit :funds) as f
    cross join (values ('H1'), ('Y')) as p (period)
    order by u.province_id, u.level, p.period, f.fund_key, u.unit_id
"""
TARGETS = """
    insert into dw.agg_target (
        unit_map, level, unit_key, target_id, indicator_key, year, period, basis, operator,
        target_value, unit_of_measure, text_as_printed, section, quantity, period_type, year_from,
        year_to, sub_population, measured_against, is_aspirational, statement_no, document,
        is_current, asked_by, judged_by, gathered, is_yearly, unit_scope
    )
    select
        m.unit_map, u.level, u.unit_key, concat_ws(':', i.indicator_code, :year, b.basis),
        i.indicator_key, :year, 'Y', b.basis, '>=', 10, i.unit_of_measure, '>= 10', '', 'change',
        'year', :year, :year, '', 'plan', false, '', '', true, b.basis, 'unit', 'year', true, 'all'
    from bi_unit as u
    inner join ref.map_unit as m using (level, unit_key)
    cross join (values ('own_plan'), ('province')) as b (basis)
    cross join dw.dim_indicator as i
    where i.indicator_code in (:rated, :judged) and m.unit_map in ('as_filed', '2025-06-30')
    order by u.province_id, u.unit_id
"""
VERDICTS = """
    insert into dw.agg_attainment (
        unit_map, level, unit_key, target_id, year, period, operator_read, actual_value,
        attainment_pct, verdict, reason, units_expected, units_reported, due_pct,
        poverty_standard, is_self_filed
    )
    select
        t.unit_map, t.level, t.unit_key, t.target_id, t.year, p.period, '>=', f.figure,
        10 * f.figure,
        case when f.figure < 10 then p.missed else 'met' end, '', 1, 1, 50, '2022-2026', false
    from dw.agg_target as t
    cross join (values ('H1', 'behind'), ('Y', 'not_met')) as p (period, missed)
    cross join lateral (
        select abs(hashint4(t.unit_key * 4 + t.indicator_key) + t.year) % 20 as figure
    ) as f
    where t.year = :year
"""
STALE = """
    analyze dw.agg_attainment;
    analyze dw.agg_target;
    create temporary table stale_map_unit as
    select unit_map, level, unit_key from ref.map_unit
"""


def fill(connection: Connection, years: range, indicators: int, funds: int) -> None:
    """So many indicators and lines of money of all units before 1 July 2025."""
    known: dict[str, object] = {"counted": COUNTED, "rated": RATED, "judged": JUDGED}
    known |= {"funds": funds, "indicators": indicators}
    _script(connection, MAP, known)
    for name in ("04_unit_place", "04_unit_place_label", "04_unit_place_rest"):
        database.script(connection, database.statement(f"seeds/units/{name}"))
    _script(connection, UNITS, known)
    for year in years:
        for sql in (PERIODS, YEARS, MONEY, TARGETS, VERDICTS):
            _script(connection, sql, {**known, "year": year})
    _script(connection, STALE, known)
    (judged,) = (model for model in models() if model.name == "star/24_star_verdict")
    run(connection, judged, {})


def _script(connection: Connection, sql: str, known: dict[str, object]) -> None:
    for statement in sql.split(";"):
        connection.execute(text(statement), known)

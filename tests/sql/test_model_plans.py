"""What a model reads grows with what was filed, never with its square."""

from __future__ import annotations

from typing import Any

from etl.ground import database
from etl.ground.config import Settings

UNITS = 500
FILED = f"""
    create temporary table filed_figure on commit drop as
    select
        'commune' as level, u as unit_key, 2025 as year, p as period, 'actual' as measure,
        i.indicator_key, 1::numeric as value, false as is_bridged, i.indicator_code, i.kind
    from generate_series(1, {UNITS}) as u
    cross join (values ('H1'), ('H2')) as h (p)
    cross join lateral (
        select indicator_key, indicator_code, kind from dw.dim_indicator
        where timing = 'flow' and kind = 'count' limit 1
    ) as i;
    analyze filed_figure
"""


def scanned(node: dict[str, Any], table: str) -> float:
    """Rows of a table that a plan looked at."""
    own = node.get("Relation Name") == table and "Scan" in node["Node Type"]
    rows = node["Actual Rows"] + node.get("Rows Removed by Filter", 0)
    below = sum(scanned(part, table) for part in node.get("Plans", []))
    return below + own * rows * node["Actual Loops"]


def test_years_of_halves_are_read_a_few_times_each_not_once_a_unit(warehouse: Settings) -> None:
    model = database.statement("marts/indicator/07_counted_figure")
    with database.engine(warehouse).begin() as connection:
        database.script(connection, FILED)
        asked = f"explain (analyze, timing off, format json) {model}"
        plan = database.script(connection, asked).scalar_one()[0]["Plan"]
        made = connection.exec_driver_sql("select count(*) from filed_figure where period = 'Y'")
        assert made.scalar_one() == UNITS
    # once for the periods, once for the parts, and once more to look whether the whole was filed
    assert scanned(plan, "filed_figure") <= 3 * 2 * UNITS


DISBURSED = f"""
    create temporary table fund_stage on commit drop as
    select
        'commune' as level, u as commune_key, 0 as district_key, 1 as province_key,
        2025::smallint as year_from, 2025::smallint as year, p as period, 1::smallint as fund_key,
        1::smallint as line_key, 'disbursed' as stage, 1::numeric as amount, true as is_stated
    from generate_series(1, {UNITS}) as u
    cross join (values ('M01'), ('M02'), ('M03')) as m (p);
    analyze fund_stage
"""


def test_months_of_money_are_read_a_few_times_each_not_once_a_line(warehouse: Settings) -> None:
    model = database.statement("marts/fund/03_fund_whole")
    with database.engine(warehouse).begin() as connection:
        database.script(connection, DISBURSED)
        asked = f"explain (analyze, timing off, format json) {model}"
        plan = database.script(connection, asked).scalar_one()[0]["Plan"]
        made = connection.exec_driver_sql(
            "select count(*), sum(amount) from fund_stage where period = 'Q1'"
        )
        assert tuple(made.one()) == (UNITS, 3 * UNITS)
    # once for the last months, once for all that they may complete
    assert scanned(plan, "fund_stage") <= 2 * 3 * UNITS


def test_a_month_said_in_two_cells_is_one_month(warehouse: Settings) -> None:
    halves = DISBURSED.replace("1::numeric as amount", "0.5 as amount").replace(
        "generate_series(1, ", "generate_series(1, 2) cross join generate_series(1, "
    )
    with database.engine(warehouse).begin() as connection:
        database.script(connection, halves)
        connection.exec_driver_sql(
            "delete from fund_stage where commune_key = 1 and period = 'M02'"
        )
        database.run(connection, "marts/fund/03_fund_whole")
        made = connection.exec_driver_sql(
            "select count(*), sum(amount) from fund_stage where period = 'Q1'"
        )
        assert tuple(made.one()) == (UNITS - 1, 3 * (UNITS - 1))


ALIKE = """
    create temporary table commune_figure on commit drop as
    select
        c as commune_key, 1 as district_key, 2025 as year, 'H1' as period, 'actual' as measure,
        1 as indicator_key, n::numeric as numerator, null::numeric as denominator,
        date '2025-06-30' as figure_on, date '2025-06-30' as nearest_on, b as is_bridged,
        'all' as unit_scope, 'count' as kind
    from (values
        (1, 5, false), (2, 7, false), (3, 11, false), (4, 13, false), (5, 17, false), (6, 19, true),
        (7, null, false)
    ) as f (c, n, b);
    create temporary table counted_share on commit drop as
    select
        u as map_unit_no, l as level, f.commune_key, 2025 as year, f.figure_on, f.is_bridged,
        case when f.commune_key = 3 and u = 20 then 0.5 else w end as weight
    from commune_figure as f
    cross join (values (10, 'district', 1), (20, 'province', 1)) as s (u, l, w)
    union all
    select 30 + commune_key, 'commune', commune_key, year, figure_on, is_bridged, 1
    from commune_figure;
    create temporary table counted_elsewhere on commit drop as
    select 4 as commune_key, 2025 as year;
    create temporary table merged_commune on commit drop as
    select 5 as commune_key, 2025 as year
"""


def test_communes_that_count_alike_are_added_up_once_and_no_other(warehouse: Settings) -> None:
    with database.engine(warehouse).begin() as connection:
        database.script(connection, ALIKE)
        for name in ("21_alike_commune", "22_alike_figure"):
            database.run(connection, f"marts/indicator/{name}")
        rows = connection.exec_driver_sql(
            "select commune_key, numerator, units from alike_figure order by commune_key"
        ).all()
    # 1 and 2 are alike; 3 has another share, 4 counts elsewhere, 5 as those merged into it, 6 is
    # bridged; 7 has no number
    assert [tuple(row) for row in rows] == [
        (1, 12, 2),
        (3, 11, 1),
        (4, 13, 1),
        (5, 17, 1),
        (6, 19, 1),
    ]

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
    # once for the parts, and once more to look whether the whole was filed
    assert scanned(plan, "filed_figure") <= 2 * 2 * UNITS

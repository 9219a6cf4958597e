"""What a merger leaves no number of is kept once a unit, period and measure, shown by indicator and
not stored figure by figure."""

from __future__ import annotations

from sqlalchemy import Connection, text

from etl import aggregate
from etl.ground import database
from etl.ground.config import Settings
from tests.sql.test_cases import (
    CASES,
    _fact,
    _filing,
    _rows,
    _touch_all,
    passing,  # noqa: F401 -- a fixture
    place,  # noqa: F401 -- a fixture
)

SPLIT = CASES / "units_split_without_weights"
# Xã Bàu Bàng has an unknown part of Thị trấn Lai Uyên, which filed these two and so their rate
KEPT = """
    select i.indicator_code
    from dw.agg_indicator_unknown as a
    inner join mart.unit as u using (level, unit_key)
    inner join dw.dim_indicator as i on i.indicator_key = any(a.indicator_keys)
    where u.unit_name = 'Xã Bàu Bàng' and a.unit_map = '2025-07-01' and a.measure = 'baseline'
"""
LINES = """
    select count(*)
    from dw.agg_indicator_unknown as a
    inner join mart.unit as u using (level, unit_key)
    where u.unit_name = 'Xã Bàu Bàng' and a.unit_map = '2025-07-01' and a.measure = 'baseline'
"""
SHOWN = """
    select indicator_code
    from mart.indicator_by_unit
    where unit_name = 'Xã Bàu Bàng' and unit_map = '2025-07-01' and measure = 'baseline'
        and value is null
"""
STORED = """
    select count(*)
    from dw.agg_indicator
    where
        unit_map <> 'as_filed' and level <> 'province'
        and num_nonnulls(numerator, denominator, value) = 0
"""


def column(connection: Connection, query: str) -> list[object]:
    return list(connection.execute(text(query)).scalars())


def test_it_is_kept_once_and_shown_for_each_indicator(passing: Settings) -> None:  # noqa: F811
    with database.night(passing) as connection:
        for row in _rows(SPLIT / "filing.yaml"):
            _filing(connection, row)
        for number, row in enumerate(_rows(SPLIT / "fact_indicator.yaml")):
            _fact(connection, "fact_indicator", number, row)
        _touch_all(connection)
    aggregate.aggregate(passing)
    with database.night(passing) as connection:
        kept = column(connection, KEPT)
        assert {"households", "poor_households", "poverty_rate"} <= set(kept)
        assert sorted(kept) == sorted(column(connection, SHOWN))
        assert column(connection, LINES) == [1]
        assert column(connection, STORED) == [0]

"""What a merger leaves no number of is kept once a unit, period and measure, shown by indicator and
not stored figure by figure."""

from __future__ import annotations

from sqlalchemy import Connection, text

from etl import aggregate
from etl.aggregate.explain import _step
from etl.aggregate.models import models
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


ALONE = CASES / "mean_weighted_by_heads"
NO_COUNTS = """
    select count(*)
    from dw.agg_indicator_unknown as a
    inner join mart.unit as u using (level, unit_key)
    inner join dw.dim_indicator as i on i.indicator_key = any(a.indicator_keys)
    where
        u.unit_name = 'Xã Côn Minh' and a.unit_map = '2025-07-01'
        and i.indicator_code = 'poverty_rate' and a.units_reported = 1
"""


def test_a_rate_of_one_of_three_is_kept_so_too(passing: Settings) -> None:  # noqa: F811
    """As the migration of an older warehouse keeps it; else `verify` finds the two to differ."""
    rate = {"filing_id": 1, "commune": "02188", "indicator": "poverty_rate", "period": "H1",
            "measure": "actual", "value": 50}  # fmt: skip
    with database.night(passing) as connection:
        for row in _rows(ALONE / "filing.yaml"):
            _filing(connection, row)
        _fact(connection, "fact_indicator", 0, rate)
        _touch_all(connection)
    aggregate.aggregate(passing)
    with database.night(passing) as connection:
        assert column(connection, NO_COUNTS) == [1]
        assert column(connection, STORED) == [0]


def test_it_is_explained_for_the_indicator_asked_for(passing: Settings) -> None:  # noqa: F811
    with database.night(passing) as connection:
        for row in _rows(SPLIT / "filing.yaml"):
            _filing(connection, row)
        for number, row in enumerate(_rows(SPLIT / "fact_indicator.yaml")):
            _fact(connection, "fact_indicator", number, row)
        database.run(connection, "explain/scope", unit="25822", indicator="households", year=None)
        grown: dict[str, int] = {}
        for model in models():
            if model.name.startswith("indicator/"):
                found = list(_step(connection, model, grown))
                if model.makes[0] == "dw.agg_indicator_unknown":
                    break
        (step,) = found
    named = {row[step.columns.index("indicator_code")] for row in step.rows}
    assert named == {"households"}

"""The naive question gets the right answer: sums over the marts made for dragging."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.night import Night

LEVELS = ("commune", "district", "province")
# sheets of the samples: Na Rì's 17 communes report 2 810 poor households in mid-2025, Ba Tơ's one
# 109, and huyện Bắc Hà 3 420 for itself
HALF_YEAR = 2810 + 109 + 3420
# by the end of the year Na Rì's six new communes have 2 623; the other two have only their half
LATEST = 2623 + 109 + 3420


def one(night: Night, query: str) -> Decimal:
    ((value,),) = night.rows(query)
    return value


@pytest.mark.parametrize("level", LEVELS)
def test_poor_households_of_a_half_year(warehouse_with_samples: Night, level: str) -> None:
    query = (
        f"select sum(value) from mart.count_{level}_by_period"
        " where period_key = '2025-H1' and indicator_code = 'poor_households'"
    )
    assert one(warehouse_with_samples, query) == HALF_YEAR == 6339


@pytest.mark.parametrize("level", LEVELS)
def test_two_periods_of_a_year_are_not_added_up(warehouse_with_samples: Night, level: str) -> None:
    query = (
        f"select sum(value) from mart.count_{level}"
        " where year = 2025 and indicator_code = 'poor_households'"
    )
    assert one(warehouse_with_samples, query) == LATEST


def test_every_sum_is_that_of_the_facts(warehouse_with_samples: Night) -> None:
    """What communes, and a district for itself, filed as reached in a half-year."""
    facts = warehouse_with_samples.rows(
        "select i.indicator_code, sum(f.value) from dw.fact_indicator as f"
        " inner join raw.current_filing using (filing_id)"
        " inner join dw.dim_indicator as i using (indicator_key)"
        " where f.year = 2025 and f.period = 'H1' and f.measure = 'actual' and f.state = 'value'"
        " and i.kind = 'count' and (f.level = 'commune' or f.district_key in ("
        "select district_key from dw.dim_district where district_code = '085'))"
        " and i.indicator_code in ('poor_households', 'households', 'near_poor_households')"
        " group by 1 order by 1"
    )
    for level in LEVELS:
        found = warehouse_with_samples.rows(
            f"select indicator_code, sum(value) from mart.count_{level}_by_period"
            " where period_key = '2025-H1' and indicator_code in"
            " ('poor_households', 'households', 'near_poor_households') group by 1 order by 1"
        )
        assert found == facts, level


def test_what_is_missing_has_a_row(warehouse_with_samples: Night) -> None:
    """A filter on a figure keeps districts and communes of the province that have none."""
    rows = warehouse_with_samples.rows(
        "select count(*) filter (where reason = 'not_filed'), count(*)"
        " from mart.count_commune_by_period"
        " where period_key = '2025-H1' and indicator_code = 'poor_households'"
        " and district_name = 'Ba Tơ'"
    )
    # the district became seven communes, and one of another's; only Thị trấn Ba Tơ's has a report
    assert rows == [(7, 8)]

"""Every check of sql/checks finds the wrong it is named for, and nothing on a sound warehouse."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from etl import aggregate
from etl.ground import database
from etl.ground.config import SQL_DIR
from etl.ground.errors import UnsoundWarehouse
from tests.night import Night

COMMUNE = "(select commune_key from dw.dim_commune where commune_code = '02146')"
BREAK = {
    "unit_not_in_force": "update raw.filing set units_on = '2025-09-01'"
    " where form = 'commune_report'",
    "orphan_fact": "update dw.fact_indicator set indicator_key = 9999"
    f" where commune_key = {COMMUNE}",
    "orphan_words": "update dw.fact_responsibility set agency_key = 9999"
    " where province_key = (select province_key from dw.dim_commune"
    f" where commune_key = {COMMUNE}) and year = 2025",
    "two_current_filings": "update raw.filing set state = 'accepted'"
    " where form = 'target_register'",
    "two_filings_disagree": f"update dw.fact_indicator set period = 'H1', measure = 'actual'"
    f" where commune_key = {COMMUNE}",
    "rate_above_100": "update dw.agg_indicator set numerator = denominator + 1",
    "parent_is_not_the_sum": "update dw.agg_indicator set numerator = numerator + 1"
    " where level = 'district'",
    "more_units_than_expected": "update dw.agg_indicator set units_reported = 18"
    " where level = 'district'",
    "own_is_not_the_sum": "insert into dw.agg_indicator_own (level, unit_key, province_key, year,"
    " period, measure, indicator_key, numerator)"
    " select level, unit_key, province_key, year, period, measure, indicator_key, numerator + 1"
    " from dw.agg_indicator where level = 'district' and unit_map = 'as_filed'"
    f" and unit_key = (select district_key from dw.dim_commune where commune_key = {COMMUNE})"
    " and measure not in ('assigned', 'registered') and year = 2025 and not is_self_filed",
    "parts_are_not_the_whole": "insert into dw.agg_indicator (level, unit_key, province_key, year,"
    " period, measure, indicator_key, numerator, value, units_expected, units_reported,"
    " districts_expected, districts_reported, unit_map, shares_unknown)"
    " select level, unit_key, province_key, year, quarter, measure, indicator_key,"
    " numerator + more, value + more, 1, 1, 1, 1, unit_map, 0"
    " from dw.agg_indicator cross join (values ('Q1', 1), ('Q2', 0)) as q (quarter, more)"
    f" where level = 'commune' and unit_key = {COMMUNE} and period = 'H1' and measure = 'actual'"
    " and unit_map = 'as_filed' and value > 0",
    "disbursed_above_plan": "update dw.agg_fund set disbursed_million_vnd = plan_million_vnd + 1"
    " where level = 'district'",
}
RATES_APART = (  # of what no row of dw.agg_indicator holds
    "insert into dw.agg_indicator_own (level, unit_key, province_key, year, period, measure,"
    " indicator_key, numerator, denominator)"
    " select 'district', district_key, province_key, 2025, 'Q3', 'actual', indicator_key, 101, 100",
    "insert into dw.agg_indicator_bridged (commune_key, province_key, year, period, measure,"
    " indicator_key, numerator, denominator)"
    " select commune_key, province_key, 2025, 'Q3', 'actual', indicator_key, 101, 100",
)
TOUCH = text(
    "insert into stg.touched select commune_key, district_key, province_key, 2025"
    " from dw.dim_commune where district_key ="
    " (select district_key from dw.dim_district where district_code = '066')"
)


def test_every_check_is_broken_here() -> None:
    assert set(BREAK) == {path.stem for path in (SQL_DIR / "checks").glob("*.sql")}


@pytest.mark.parametrize("path", sorted((SQL_DIR / "checks").glob("*.sql")), ids=lambda p: p.stem)
def test_a_check_says_its_grain_and_severity(path: Path) -> None:
    first, second = path.read_text(encoding="utf-8").splitlines()[:2]
    assert first.startswith("-- one row per ")
    assert second in ("-- severity: fail", "-- severity: warn")


def test_each_check_finds_its_own(after_samples) -> None:
    with after_samples() as settings, database.engine(settings).connect() as connection:
        connection.execute(TOUCH)
        assert aggregate.bad_rows(connection) == {}
        for name, sentence in BREAK.items():
            with connection.begin_nested() as savepoint:
                connection.execute(text(sentence))
                assert database.script(connection, database.statement(f"checks/{name}")).all(), name
                savepoint.rollback()
        for sentence in RATES_APART:
            with connection.begin_nested() as savepoint:
                connection.execute(
                    text(
                        f"{sentence} from dw.dim_commune, dw.dim_indicator"
                        f" where commune_key = {COMMUNE} and indicator_code = 'poverty_rate'"
                    )
                )
                assert aggregate.bad_rows(connection) == {"rate_above_100": 1}
                savepoint.rollback()
        # the district's own: 18 fund cells, 19 targets, 3 totals of its annex, and 4 that its
        # province assigned to two
        for fact, cells in (("fact_fund", 18), ("fact_target", 26)):
            with connection.begin_nested() as savepoint:
                connection.execute(
                    text(f"update dw.{fact} set district_key = 9999 where level = 'district'")
                )
                assert aggregate.bad_rows(connection)["orphan_fact"] == cells
                savepoint.rollback()


@pytest.mark.parametrize(
    ("check", "wrong"),
    [("more_units_than_expected", "units_reported = units_expected + 1"),
     ("rate_above_100", "numerator = denominator + 1")],
)  # fmt: skip
def test_the_province_that_a_touched_one_became_is_looked_at(
    check: str, wrong: str, after_samples
) -> None:
    """Of Na Rì, in Bắc Kạn, the figures on the map of today are Thái Nguyên's."""
    with after_samples() as settings, database.engine(settings).connect() as connection:
        connection.execute(TOUCH)
        changed = connection.execute(
            text(
                f"update dw.agg_indicator set {wrong} where year = 2025 and level = 'province'"
                " and unit_map = '2025-07-01' and indicator_key ="
                " (select indicator_key from dw.dim_indicator"
                " where indicator_code = 'poverty_rate')"
                " and unit_key in (select province_key from dw.dim_province"
                " where province_name = 'Thái Nguyên')"
            )
        ).rowcount
        assert changed > 0
        assert aggregate.bad_rows(connection) == {check: changed}


@pytest.mark.parametrize(
    ("check", "wrong"),
    [("more_units_than_expected", "units_reported = 2, units_expected = 1"),
     ("rate_above_100", "denominator = numerator - 1")],
)  # fmt: skip
def test_a_commune_is_looked_at_as_filed(check: str, wrong: str, after_samples) -> None:
    with after_samples() as settings, database.engine(settings).connect() as connection:
        connection.execute(TOUCH)
        changed = connection.execute(
            text(
                f"update dw.agg_indicator set {wrong} where level = 'commune' and year = 2025"
                f" and unit_map = 'as_filed' and unit_key = {COMMUNE} and indicator_key ="
                " (select indicator_key from dw.dim_indicator"
                " where indicator_code = 'poverty_rate')"
            )
        ).rowcount
        assert changed > 0
        assert aggregate.bad_rows(connection) == {check: changed}


def test_an_unsound_warehouse_keeps_the_marts_it_had(after_samples) -> None:
    with after_samples() as settings:
        night = Night(settings)
        before = night.rows("select t::text from dw.agg_indicator t order by 1")
        with database.night(settings) as connection:
            connection.execute(text(BREAK["orphan_fact"]))
            connection.execute(TOUCH)
        with pytest.raises(UnsoundWarehouse, match="orphan_fact"):
            aggregate.aggregate(settings)
        assert night.rows("select t::text from dw.agg_indicator t order by 1") == before


def test_what_the_night_put_there_is_looked_at_and_nothing_beside_it(after_samples) -> None:
    """Of Kim Hỷ: the commune, Na Rì and Bắc Kạn as filed, and on the map of today Văn Lang, which
    it lies in, and Thái Nguyên. No other commune of Na Rì is, though all have figures."""
    with after_samples() as settings, database.engine(settings).connect() as connection:
        connection.exec_driver_sql(
            "insert into stg.touched select commune_key, district_key, province_key, 2025"
            " from dw.dim_commune where commune_code = '02146' and '2025-06-30' >= valid_from"
            " and '2025-06-30' < valid_to"
        )
        looked_at = connection.exec_driver_sql(
            "select distinct u.unit_name from stg.touched_figure as t"
            " inner join dw.dim_unit as u on u.level = t.level and u.unit_key = t.unit_key"
            " and not u.is_rest"
        )
        assert {name.split(" ", 1)[1] for name in looked_at.scalars()} == {
            "Kim Hỷ", "Na Rì", "Bắc Kạn", "Văn Lang", "Thái Nguyên",
        }  # fmt: skip

"""Sums over the marts made for dragging, in worlds drawn at random, against a second method."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import Phase, given, settings
from sqlalchemy import text

from etl.aggregate import aggregate
from etl.ground import database
from etl.ground.config import Settings
from tests.fuzz import COUNT
from tests.sql.map_world import FOREVER, Filing, Link, Oracle, Unit, World
from tests.sql.map_world_rows import arrive, settle
from tests.sql.test_map_world import RULES, worlds

LATEST = "2025-07-01"
LEVELS = {"commune": "province_id", "district": "province_id", "province": "unit_id"}
Sums = dict[tuple[int, str, str], Decimal]  # province, indicator, period -> sum
SPENT = text("""
    with fund as (
        insert into dw.fact_fund (filing_id, fund_key, level, commune_key, province_key, year_from,
            year, period, stage, amount_million_vnd, state, sheet, cell, text_as_filed)
        select :filing, min(f.fund_key), 'commune', :unit, min(c.province_key), 2025, 2025, 'Y',
            'disbursed', :amount, 'value', 'S', 'B1', ''
        from dw.dim_fund as f cross join dw.dim_commune as c where c.commune_key = :unit
        returning commune_key, province_key, year
    )
    insert into stg.touched (commune_key, province_key, year)
    select commune_key, province_key, year from fund on conflict do nothing
""")


@pytest.fixture(scope="module")
def place(make_warehouse) -> Iterator[Settings]:
    with make_warehouse() as found:
        yield found


def counted(world: World, level: str = "province") -> Sums:
    """What each province, or district, on the latest map has of each count, where that can be told;
    with the parts of a household that a split leaves, which only printed figures are rounded to."""
    return {
        (key[2], key[3], f"{world.year}-{key[5]}"): row[0]
        for key, row in Oracle(world).table().items()
        if key[:2] == (LATEST, level) and key[4] in ("actual", "baseline")
        and "rate" not in key[3] and row[2] is not None
    }  # fmt: skip


def dragged(place: Settings, level: str, above: str = "") -> Sums:
    """`value` dropped on province (or the units of `above`), indicator and period, of one level."""
    query = (
        f"select {above or LEVELS[level]} / 4, indicator_code, period_key, sum(value)"
        f" from mart.count_{level}_by_period group by 1, 2, 3"
    )
    with database.engine(place, "bi_reader").connect() as connection:
        return {tuple(row[:3]): row[3] for row in connection.execute(text(query))}


@settings(RULES, max_examples=COUNT // 200, phases=(Phase.generate,))
@given(world=worlds())
def test_every_level_has_the_same_sums(place: Settings, world: World) -> None:
    settle(place, world)
    arrive(place, world, list(world.filings))
    expected = counted(world)
    told = {
        (key[2], key[3], f"{world.year}-{key[5]}") for key in Oracle(world).table()
        if key[:2] == (LATEST, "province")
    }  # fmt: skip
    for level in LEVELS:
        found = dragged(place, level)
        wrong = {k: (found.get(k), v) for k, v in expected.items() if found.get(k) != v}
        assert wrong == {}, level
        assert not {k: v for k, v in found.items() if v and k not in told}, level


@settings(RULES, max_examples=COUNT // 200, phases=(Phase.generate,))
@given(world=worlds())
def test_a_district_has_the_sum_of_its_communes(place: Settings, world: World) -> None:
    """Also one of whose communes some lie in another province by now."""
    settle(place, world)
    arrive(place, world, list(world.filings))
    expected = counted(world, "district")
    for level, district in (("commune", "district_id"), ("district", "unit_id")):
        found = dragged(place, level, district)
        wrong = {k: (found.get(k), v) for k, v in expected.items() if found.get(k) != v}
        assert wrong == {}, level


def test_a_name_of_a_district_has_the_same_communes_at_all_times(place: Settings) -> None:
    """District 1 has communes 1 and 2, district 2 has 3; by the reform 2 and 3 become one. Commune
    1 alone is dragged under its district's name, before and after; the district's row ends."""
    reform = date(2025, 7, 1)
    ends = [Unit(n, date(2021, 1, 1), reform, d, 1) for n, d in ((1, 1), (2, 1), (3, 2))]
    begins = [Unit(n, reform, FOREVER, None, 1) for n in (4, 5)]
    filings = [
        Filing(n, period, n, day, {("poor_households", "actual", period): value})
        for n, period, day, value in (
            (1, "H1", date(2025, 6, 30), 100), (2, "H1", date(2025, 6, 30), 40),
            (3, "H1", date(2025, 6, 30), 7), (4, "Y", date(2025, 12, 31), 90),
            (5, "Y", date(2025, 12, 31), 41),
        )
    ]  # fmt: skip
    world = World(
        2025, (Unit(1, date(2021, 1, 1), FOREVER),),
        tuple(Unit(n, date(2021, 1, 1), reform, None, 1) for n in (1, 2)), (*ends, *begins),
        tuple(Link(reform, old, new, True, None) for old, new in ((1, 4), (2, 5), (3, 5))),
        tuple(filings),
    )  # fmt: skip
    settle(place, world)
    arrive(place, world, filings)
    query = (
        "select {} as name, sum(value) filter (where period_key = '2025-H1'),"
        " sum(value) filter (where period_key = '2025-Y') from mart.count_{}_by_period"
        " where indicator_code = 'poor_households' and not is_rest group by 1 order by 1"
    )
    with database.engine(place, "bi_reader").connect() as connection:
        by_commune, by_district = (
            [tuple(row) for row in connection.execute(text(query.format(*asked)))]
            for asked in (("district_name", "commune"), ("unit_id / 4", "district"))
        )
    assert by_commune == [("N (không trọn)", 100, 90), (None, 40 + 7, 41)]
    assert by_district == [(1, 100 + 40, None), (2, 7, None)]
    assert dragged(place, "commune") == {
        (1, "poor_households", "2025-H1"): 147, (1, "poor_households", "2025-Y"): 131
    }  # fmt: skip


def parted() -> World:
    """A district of two communes: by the reform one becomes commune 3, the other commune 4, of
    another province, which files twice."""
    reform = date(2025, 7, 1)
    ends = [Unit(n, date(2021, 1, 1), reform, 1, 1) for n in (1, 2)]
    begins = [Unit(n, reform, FOREVER, None, n - 2) for n in (3, 4)]
    poor = ("poor_households", "actual", "Y")
    filings = [
        Filing(n, "Y", commune, date(2025, 12, 31), {poor: value})
        for n, commune, value in ((1, 3, 100), (2, 4, 40), (3, 4, 33))
    ]
    return World(
        2025, tuple(Unit(n, date(2021, 1, 1), FOREVER) for n in (1, 2)),
        (Unit(1, date(2021, 1, 1), reform, None, 1),), (*ends, *begins),
        tuple(Link(reform, n, n + 2, True, None) for n in (1, 2)), tuple(filings),
    )  # fmt: skip


def test_a_district_of_two_provinces(place: Settings) -> None:
    """What a commune in another province files alone reaches its district; its money is one
    province's."""
    world = parted()
    settle(place, world)
    arrive(place, world, list(world.filings[:2]))
    arrive(place, world, [world.filings[2]])
    for level, district in (("commune", "district_id"), ("district", "unit_id")):
        found = dragged(place, level, district)
        assert found[1, "poor_households", "2025-Y"] == 100 + 33, level
    with database.engine(place).begin() as connection:
        for filing, unit in ((1, 3), (3, 4)):
            connection.execute(SPENT, {"filing": filing, "unit": unit, "amount": 10 * unit})
    aggregate(place)
    for level, province in LEVELS.items():
        query = (
            f"select {province} / 4, sum(disbursed_million_vnd) from mart.fund_{level} group by 1"
        )
        with database.engine(place, "bi_reader").connect() as connection:
            spent = {tuple(row) for row in connection.execute(text(query))}
        assert spent == {(1, 30), (2, 40)}, level


def test_what_only_a_commune_in_another_province_filed(place: Settings) -> None:
    """Its district has it, but of the provinces the commune's alone."""
    world = parted()
    settle(place, world)
    arrive(place, world, [world.filings[1]])
    with database.engine(place).begin() as connection:
        connection.execute(SPENT, {"filing": 2, "unit": 4, "amount": 40})
    aggregate(place)
    for level, province in LEVELS.items():
        found = {key[0]: value for key, value in dragged(place, level).items() if value}
        assert found == {2: 40}, level
        query = (
            f"select {province} / 4, sum(disbursed_million_vnd) from mart.fund_{level} group by 1"
        )
        with database.engine(place, "bi_reader").connect() as connection:
            spent = {tuple(row) for row in connection.execute(text(query)) if row[1]}
        assert spent == {(2, 40)}, level


@settings(RULES, max_examples=COUNT // 200, phases=(Phase.generate,))
@given(world=worlds())
def test_a_year_is_one_of_its_periods(place: Settings, world: World) -> None:
    """The sum of a year is, in every province, that of the period which the mart names."""
    settle(place, world)
    arrive(place, world, list(world.filings))
    expected = counted(world)
    for level, province in LEVELS.items():
        query = (
            f"select ({province} - 1) / 4, indicator_code, period_key, sum(value)"
            f" from mart.count_{level} where year = {world.year} and period_key is not null"
            " group by 1, 2, 3"
        )
        with database.engine(place, "bi_reader").connect() as connection:
            rows = [tuple(row) for row in connection.execute(text(query))]
        assert len({row[:2] for row in rows}) == len(rows), "one period a province and year"
        for key, code, period, total in rows:
            if (key, code, period) in expected:
                assert total == expected[key, code, period], (level, key, code)

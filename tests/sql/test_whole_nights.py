"""Nights of few files come to what one night of all of them comes to, in worlds drawn at random."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from random import Random

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from etl.ground import database
from etl.ground.config import Settings
from tests.fuzz import COUNT
from tests.sql.attainment_world import plain_world
from tests.sql.map_world import MAPS, World
from tests.sql.map_world_rows import put_maps, put_units, settle
from tests.sql.paper_world import Paper, Rows, held, night, papers
from tests.sql.test_map_world import RULES, _before, worlds

Nights = list[list[tuple[Paper, Rows | None]]]
# of each province, period and count: its own figure and why it has none, and the sums below
LEVELS = text("""
    select province_id, indicator_code, period_key, sum(value) filter (where level = 'province'),
        max(reason) filter (where level = 'province'),
        coalesce(sum(value) filter (where level = 'district'), 0),
        coalesce(sum(value) filter (where level = 'commune'), 0)
    from (
        select 'commune' as level, province_id, indicator_code, period_key, value, reason
        from mart.count_commune_by_period
        union all
        select 'district', province_id, indicator_code, period_key, value, reason
        from mart.count_district_by_period
        union all
        select 'province', province_id, indicator_code, period_key, value, reason
        from mart.count_province_by_period
    ) as f
    group by province_id, indicator_code, period_key
""")

SUMS = text("""
    select indicator_code, target_value from mart.target
    where
        level = 'district' and unit_code = 'u1' and unit_map = 'as_filed'
        and basis = 'registered_sum'
""")


@pytest.fixture(scope="module")
def place(make_warehouse) -> Iterator[Settings]:
    with make_warehouse() as found:
        yield found


def nights(dice: Random, filed: list[Paper], turn: int, count: int, last: date) -> Nights:
    """A paper that is read again is in several; one of units that begin at last, after the turn."""
    found: Nights = [[] for _ in range(count)]
    for paper in filed:
        first = turn if paper.units_on >= last else 0
        when = sorted(dice.sample(range(first, count), len(paper.readings)))
        for number, rows in zip(when, paper.readings, strict=True):
            found[number].append((paper, rows))
    return found


def differences(place: Settings, world: World, seed: int) -> dict[str, tuple[list[str], list[str]]]:
    """Rows by table that one whole night has and nights of few files have not, and the reverse. The
    last change of units, and the maps, may become known in between."""
    dice = Random(seed)
    filed = papers(dice, world)
    settle(place, world)
    night(place, [(paper, paper.readings[-1]) for paper in filed])
    whole = held(place)
    count = dice.choice((2, 2, 3, 6))
    turn = dice.randrange(count - 1) if dice.random() < 0.5 else 0
    last = max((link.on for link in world.links), default=date.max)
    if turn:
        settle(place, _before(world, last), dice.choice((MAPS, {})))
    else:
        settle(place, world)
    for number, read in enumerate(nights(dice, filed, turn, count, last)):
        if turn and number == turn:
            with database.engine(place, "khoxa_owner").begin() as connection:
                put_units(connection, world)
                put_maps(connection, world)
        night(place, read)
    found = held(place)
    return {
        name: (sorted(rows - found[name]), sorted(found[name] - rows))
        for name, rows in whole.items() if rows != found[name]
    }  # fmt: skip


def apart(place: Settings) -> list[tuple[object, ...]]:
    """Provinces and counts of which two levels have different sums, and the province does not say
    that it is not known."""
    with database.engine(place, "bi_reader").connect() as connection:
        rows = [tuple(row) for row in connection.execute(LEVELS)]
    return [
        row for row in rows
        if (row[3] is None and row[4] == "not_filed" and any(row[5:]))
        or (row[3] is not None and set(row[3:4] + row[5:]) != {row[3]})
    ]  # fmt: skip


@settings(RULES, max_examples=COUNT // 50, phases=(Phase.generate,))
@given(world=worlds(), seed=st.integers(0, 10**9))
def test_nights_of_few_files(place: Settings, world: World, seed: int) -> None:
    assert not differences(place, world, seed)
    assert not apart(place)


def registered(world: World, number: int, commune: int, code: str, value: object) -> Paper:
    """Of a commune of 500 households, 50 of them poor at the start of the year."""
    target = {"indicator": code, "basis": "registered", "operator": "=", "quantity": "level",
              "target_value": value}  # fmt: skip
    opening = (
        ("fact_indicator", {"indicator": name, "period": "OPEN", "measure": "baseline", "value": n})
        for name, n in (("poor_households", 50), ("households", 500))
    )
    unit = world.commune(commune)
    return Paper(number, "register_commune", "commune", unit, 2025, 2025, "Y", date(2025, 1, 1), "",
                 ((("fact_target", target), *opening),))  # fmt: skip


def test_sums_are_of_what_the_units_own_communes_stated(place: Settings) -> None:
    """What communes elsewhere register adds no row here, before or after; in the unit it does."""
    world = plain_world(2)  # districts 1 and 2, whose communes are 11 to 13 and 21 to 23
    settle(place, world)
    shown = []
    for paper in (
        registered(world, 1, 11, "poor_households", 30),
        registered(world, 2, 21, "poverty_rate", 7),
        registered(world, 3, 13, "poor_households", 40),
        registered(world, 4, 12, "poverty_rate", 8),
    ):
        night(place, [(paper, paper.readings[-1])])
        with database.engine(place).connect() as connection:
            shown.append({tuple(row) for row in connection.execute(SUMS)})
    # 70 of the 1 000 households of communes 11 and 13 are 7 %; 8 % of commune 12 rest on no count
    both = ("poor_households", 70)
    first = [{("poor_households", 30)}] * 2
    assert shown == [*first, {both}, {both, ("poverty_rate", 7)}]


def plan(world: World, number: int, *asked: int) -> Paper:
    """The district asks so much of its communes; each plan is of a document of its own."""
    rows = tuple(
        ("fact_target", {"indicator": "poor_households", "basis": "assigned", "operator": "<=",
                         "quantity": "level", "target_value": commune, "at": world.commune(commune),
                         "document": f"{number}/KH"})
        for commune in asked
    )  # fmt: skip
    return Paper(number, "plan_district", "district", world.districts[0], 2025, 2025, "Y",
                 date(2025, 1, 1), "", (rows,))  # fmt: skip


def asked_of(place: Settings, commune: int) -> list[tuple[object, ...]]:
    query = text(
        "select document, is_current, in_force_to from mart.target"
        " where level = 'commune' and unit_map = 'as_filed' and unit_code = :code"
    )
    with database.engine(place).connect() as connection:
        return [tuple(row) for row in connection.execute(query, {"code": f"u{commune}"})]


def test_what_a_version_that_is_given_back_replaced_stands_again(place: Settings) -> None:
    """Also for whom that version asked nothing of."""
    world = plain_world(1)
    settle(place, world)
    first, second = plan(world, 1, 11, 12), plan(world, 2, 11)
    for read in ((first, first.readings[0]), (second, second.readings[0])):
        night(place, [read])
    assert asked_of(place, 12) == [("1/KH", False, date(2025, 1, 3))]
    night(place, [(second, None)])
    assert asked_of(place, 12) == [("1/KH", True, None)]


def test_what_amended_a_version_that_is_given_back_is_the_first(place: Settings) -> None:
    world = plain_world(1)
    settle(place, world)
    first, second = plan(world, 1, 11), plan(world, 2, 12)
    begins = []
    for read in ((first, first.readings[0]), (second, second.readings[0]), (first, None)):
        night(place, [read])
        with database.engine(place).connect() as connection:
            found = connection.scalar(text(
                "select min(in_force_from) from mart.target where level = 'commune'"
                " and unit_map = 'as_filed' and unit_code = 'u12'"))  # fmt: skip
        begins.append(found)
    assert begins == [None, date(2025, 1, 3), None]


def test_a_version_that_is_read_late_amends_from_its_own_day(place: Settings) -> None:
    world = plain_world(1)
    settle(place, world)
    papers = (plan(world, 1, 11, 12), plan(world, 3, 11), plan(world, 2, 11))
    ends = []
    for paper in papers:
        night(place, [(paper, paper.readings[0])])
        ends.append(asked_of(place, 12)[0][2])
    assert ends == [None, date(2025, 1, 4), date(2025, 1, 3)]


def test_a_filing_that_is_read_anew_as_another_units_replaces_nothing_of_the_first(
    place: Settings,
) -> None:
    """Its unit's name was misread until somebody listed the spelling."""
    world = plain_world(1)
    settle(place, world)
    first, second = (registered(world, n, 11, "poor_households", 30 + n) for n in (1, 2))
    for paper in (first, second, replace(second, unit=world.commune(12))):
        night(place, [(paper, paper.readings[0])])
    with database.engine(place).connect() as connection:
        shown = {tuple(row) for row in connection.execute(SUMS)}
    assert shown == {("poor_households", 31 + 32)}

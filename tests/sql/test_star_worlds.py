"""Sums over the marts made for dragging, in worlds drawn at random, against a second method."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from hypothesis import Phase, given, settings
from sqlalchemy import text

from etl.ground import database
from etl.ground.config import Settings
from tests.fuzz import COUNT
from tests.sql.map_world import Oracle, World
from tests.sql.map_world_rows import arrive, settle
from tests.sql.test_map_world import RULES, worlds

LATEST = "2025-07-01"
LEVELS = {"commune": "province_id", "district": "province_id", "province": "unit_id"}
Sums = dict[tuple[int, str, str], Decimal]  # province, indicator, period -> sum


@pytest.fixture(scope="module")
def place(make_warehouse) -> Iterator[Settings]:
    with make_warehouse() as found:
        yield found


def counted(world: World) -> Sums:
    """What each province on the latest map has of each count, where that can be told; with the
    parts of a household that a split leaves, which only printed figures are rounded to."""
    return {
        (key[2], key[3], f"{world.year}-{key[5]}"): row[0]
        for key, row in Oracle(world).table().items()
        if key[:2] == (LATEST, "province") and key[4] in ("actual", "baseline")
        and "rate" not in key[3] and row[2] is not None
    }  # fmt: skip


def dragged(place: Settings, level: str) -> Sums:
    """`value` dropped on province, indicator and period, of one level."""
    query = (
        f"select ({LEVELS[level]} - 1) / 4, indicator_code, period_key, sum(value)"
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
    for level in LEVELS:
        found = dragged(place, level)
        wrong = {k: (found.get(k), v) for k, v in expected.items() if found.get(k) != v}
        assert wrong == {}, level


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

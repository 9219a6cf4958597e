"""Figures on the maps of two dates, in whichever order they came, against a second method."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl import aggregate
from etl.ground import database
from etl.ground.config import Settings
from tests.fuzz import COUNT
from tests.sql.map_world import FOREVER, MAPS, Filing, Link, Oracle, Unit, World
from tests.sql.map_world_rows import arrive, ask, put_maps, put_units, settle, stored

START, REFORM = date(2021, 1, 1), date(2025, 7, 1)
EVENT_DAYS = [
    date(2024, 11, 1), date(2025, 2, 1), date(2025, 6, 30), REFORM, date(2025, 9, 1),
    date(2026, 1, 1),
]  # fmt: skip
RULES = settings(
    max_examples=COUNT // 100, deadline=None, derandomize=True, database=None,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """One year of two provinces, three districts, some communes and at most two event days."""
    days = set(draw(st.lists(st.sampled_from(EVENT_DAYS), max_size=2, unique=True)))
    ends = FOREVER
    if draw(st.booleans()):  # districts end, and perhaps both provinces become one
        ends = REFORM
        days = {REFORM, *sorted(days)[:1]}
    renewed = ends == REFORM and draw(st.booleans())
    end = REFORM if renewed else FOREVER
    provinces = [Unit(1, START, end), Unit(2, START, end)]
    if renewed:
        provinces.append(Unit(3, REFORM, FOREVER))
    districts = tuple(Unit(n, START, ends, None, p) for n, p in ((1, 1), (2, 1), (3, 2)))
    first = draw(st.lists(st.sampled_from(districts), min_size=4, max_size=7))
    communes = [Unit(n, START, FOREVER, d.key, d.province) for n, d in enumerate(first, 1)]
    links: list[Link] = []
    for day in sorted(days):
        parents = [
            (d.key, d.province) for d in districts if d.on(day)
        ] or [(None, p.key) for p in provinces if p.on(day)]  # fmt: skip
        _event(draw, communes, links, day, parents, is_for_all=day == ends or None)
    year = draw(st.sampled_from([2025, 2025, 2024, 2026]))
    filings = tuple(_filings(draw, year, communes))
    return World(year, tuple(provinces), districts, tuple(communes), tuple(links), filings)


def _event(draw, communes, links, day, parents, is_for_all) -> None:
    """Groups of communes become one or two others; the rest stays, unless it is for all."""
    waiting = draw(st.permutations([unit for unit in communes if unit.on(day)]))
    while waiting:
        size = draw(st.sampled_from([1, 1, 2, 3]))
        group, waiting = waiting[:size], waiting[size:]
        if not is_for_all and draw(st.booleans()):
            continue
        new = [len(communes) + n + 1 for n in range(draw(st.sampled_from([1, 1, 1, 2])))]
        for place, unit in enumerate(group):
            communes[communes.index(unit)] = Unit(
                unit.key, unit.start, day, unit.district, unit.province
            )
            ways = new if place == 0 else draw(st.sampled_from([new, new[:1], new[-1:]]))
            share = draw(st.sampled_from([None, Decimal("0.25"), Decimal("0.5")]))
            shares = [share, share and 1 - share]
            for key, weight in zip(ways, shares, strict=False):
                whole = len(ways) == 1
                links.append(Link(day, unit.key, key, whole, None if whole else weight))
        for key in new:
            district, province = draw(st.sampled_from(parents))
            communes.append(Unit(key, day, FOREVER, district, province))


def _filings(draw, year: int, communes: list[Unit]) -> Iterator[Filing]:
    number = 0
    open_poor, open_all = ((name, "baseline", "OPEN") for name in ("poor_households", "households"))
    for form, month, day in (("plan", 1, 1), ("H1", 6, 30), ("Y", 12, 31)):
        units_on = date(year, month, day)
        for unit in communes:
            if not unit.on(units_on):
                continue
            for _ in range(draw(st.sampled_from([0, 1, 1, 1, 2]))):
                figures = {}
                if form == "plan":
                    cut = ("poor_households_reduction", "registered", "Y")
                    figures[cut] = draw(st.integers(0, 9))
                else:
                    figures["poor_households", "actual", form] = draw(st.integers(0, 50))
                    figures["households", "actual", form] = draw(st.integers(500, 999))
                if form == "plan" or draw(st.booleans()):
                    figures[open_poor] = draw(st.integers(10, 60))
                    figures[open_all] = draw(st.integers(500, 999))
                for figure in draw(st.sets(st.sampled_from(sorted(figures)), max_size=1)):
                    del figures[figure]
                number += 1
                yield Filing(number, form, unit.key, units_on, figures)


@pytest.fixture(scope="module")
def place(make_warehouse) -> Iterator[Settings]:
    with make_warehouse() as found:
        yield found


@RULES
@given(world=worlds())
def test_maps_are_what_the_document_says(place: Settings, world: World) -> None:
    settle(place, world)
    arrive(place, world, list(world.filings))
    expected, found = Oracle(world).table(), ask(place)
    assert expected.keys() == found.keys()
    for key, want in expected.items():
        known = 4 if want[4] is None else 6  # the document counts units of the figure's day only
        assert found[key][:known] == want[:known], key


@settings(RULES, max_examples=COUNT // 200)
@given(world=worlds(), data=st.data())
def test_nights_in_any_order_come_to_the_same(
    place: Settings, world: World, data: st.DataObject
) -> None:
    settle(place, world)
    arrive(place, world, list(world.filings))
    at_once = stored(place)
    settle(place, world)
    nights = [data.draw(st.integers(0, 2)) for _ in world.filings]
    for night in range(3):
        arrive(place, world, [f for f, n in zip(world.filings, nights, strict=True) if n == night])
    assert stored(place) == at_once


@settings(RULES, max_examples=COUNT // 200)
@given(world=worlds(), days=st.sampled_from([MAPS, MAPS, {}]))
def test_an_event_or_a_map_that_comes_later(
    place: Settings, world: World, days: dict[str, date]
) -> None:
    """The last event, and maps, come after what was filed before its day was aggregated."""
    last = max([link.on for link in world.links], default=date(2027, 1, 1))
    filings = [filing for filing in world.filings if filing.units_on < last]
    settle(place, world)
    arrive(place, world, filings)
    at_once = stored(place)
    settle(place, _before(world, last), days)
    arrive(place, world, filings)
    with database.engine(place, "khoxa_owner").begin() as connection:
        put_units(connection, world)
        put_maps(connection, world)
    aggregate.aggregate(place)
    assert stored(place) == at_once


def _before(world: World, day: date) -> World:
    """The world as it was known before the events of a day; parents are what they will be."""
    communes = (
        replace(unit, end=FOREVER) if unit.end == day else unit
        for unit in world.communes if unit.start < day
    )  # fmt: skip
    links = tuple(link for link in world.links if link.on < day)
    return replace(world, communes=tuple(communes), links=links)

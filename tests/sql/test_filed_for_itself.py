"""What a district filed for itself is in its province's total on the map of today, however that
province came by its communes; or the province says that the part is not known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import text

from etl.ground import database
from etl.ground.config import Settings
from tests.sql.map_world import FOREVER, Link, Unit, World
from tests.sql.map_world_rows import settle
from tests.sql.paper_world import Paper, night
from tests.sql.test_star_worlds import dragged

START, REFORM = date(2021, 1, 1), date(2025, 7, 1)
KEY = ("poor_households", "2025-H1")
LEVELS = ("commune", "district", "province")


@pytest.fixture(scope="module")
def place(make_warehouse) -> Iterator[Settings]:
    with make_warehouse() as found:
        yield found


def world(*after: int) -> World:
    """Provinces 1 and 2; district 1 has communes 1 and 2, district 2 commune 3, both of province 1;
    district 3 of province 2 has commune 4. By the reform commune n becomes 10 + n, in the n-th
    province of `after`."""
    provinces = tuple(Unit(n, START, FOREVER) for n in (1, 2))
    districts = tuple(Unit(n, START, REFORM, None, p) for n, p in ((1, 1), (2, 1), (3, 2)))
    of = {1: districts[0], 2: districts[0], 3: districts[1], 4: districts[2]}
    old = [Unit(n, START, REFORM, d.key, d.province) for n, d in of.items()]
    new = [Unit(10 + n, REFORM, FOREVER, None, p) for n, p in enumerate(after, 1)]
    links = tuple(Link(REFORM, n, 10 + n, True, None) for n in of)
    return World(2025, provinces, districts, (*old, *new), links)


def filed(place: Settings, drawn: World, values: dict[tuple[str, int], int]) -> None:
    """Half-year reports of poor households, by level and key of who filed them."""
    settle(place, drawn)
    units = {
        (level, unit.key): unit
        for level in LEVELS for unit in getattr(drawn, f"{level}s")
    }  # fmt: skip
    papers = [
        report(n, units[who], who[0], value) for n, (who, value) in enumerate(values.items(), 1)
    ]
    night(place, [(paper, paper.readings[-1]) for paper in papers])


def report(number: int, unit: Unit, level: str, value: int) -> Paper:
    row = {"indicator": KEY[0], "period": "H1", "measure": "actual", "value": value}
    day = max(date(2025, 6, 30), unit.start)
    return Paper(number, f"report_{level}", level, unit, 2025, 2025, "H1", day, "",
                 ((("fact_indicator", row),),))  # fmt: skip


def totals(place: Settings, level: str) -> dict[int, Decimal | None]:
    """By province, where there is anything."""
    return {key[0]: value for key, value in dragged(place, level).items()
            if key[1:] == KEY and value}  # fmt: skip


def said(place: Settings, province: int, unit_map: str = "2025-07-01") -> tuple[object, ...]:
    query = (
        "select value, reason, units_reported, units_expected from mart.indicator_by_unit"
        " where level = 'province' and unit_code = :code and unit_map = :unit_map"
        " and indicator_code = 'poor_households' and period = 'H1' and measure = 'actual'"
    )
    with database.engine(place).connect() as connection:
        asked = {"code": f"u{province}", "unit_map": unit_map}
        return tuple(connection.execute(text(query), asked).one())


@pytest.mark.parametrize(
    ("after", "values", "expected", "reported"),
    [
        # province 1 loses commune 3, of another district than the one that filed for itself
        ((1, 1, 2, 2), {("district", 1): 100}, {1: 100}, (2, 2)),
        ((1, 1, 2, 2), {("district", 1): 100, ("commune", 3): 7, ("commune", 4): 5},
         {1: 100, 2: 12}, (2, 2)),
        # it gains commune 4: 100 of two communes, 7 of the third, 5 of the one that came
        ((1, 1, 1, 1), {("district", 1): 100, ("commune", 3): 7, ("commune", 4): 5},
         {1: 112}, (4, 4)),
        # what one of the two communes filed is in what the district filed
        ((1, 1, 1, 1), {("district", 1): 100, ("commune", 1): 60, ("commune", 4): 5},
         {1: 105}, (3, 4)),
        # the new commune 11 is one of the district's two, and files late: the district has it
        ((1, 1, 2, 2), {("district", 1): 100, ("commune", 11): 66}, {1: 100}, (2, 2)),
        # 13, late, is of district 2, which filed nothing: what district 1 filed lacks it
        ((1, 1, 1, 1), {("district", 1): 100, ("commune", 13): 7, ("commune", 14): 5},
         {1: 112}, (4, 4)),
        # and 14 was in province 2, of which province 1 filed nothing
        ((1, 1, 1, 1), {("province", 1): 100, ("commune", 14): 5}, {1: 105}, (4, 4)),
        # the whole district goes to province 2, which has a commune of its own
        ((2, 2, 1, 2), {("district", 1): 100, ("commune", 3): 7}, {1: 7, 2: 100}, (1, 1)),
    ],
)  # fmt: skip
def test_it_is_in_every_level(
    place: Settings,
    after: Sequence[int],
    values: dict[tuple[str, int], int],
    expected: dict[int, int],
    reported: tuple[int, int],
) -> None:
    filed(place, world(*after), values)
    for level in LEVELS:
        assert totals(place, level) == expected, level
    assert said(place, 1) == (expected[1], "", *reported)


def test_a_district_of_two_provinces_has_no_known_part(place: Settings) -> None:
    filed(place, world(1, 2, 2, 2), {("district", 1): 100})
    assert totals(place, "district") == {1: 100}
    assert totals(place, "province") == {}
    assert said(place, 1) == (None, "split_without_weights", 0, 1)


def test_a_province_that_gains_and_loses_communes_is_itself_on_the_day_that_it_filed_of(
    place: Settings,
) -> None:
    """Province 1 gives commune 3 for commune 4: on the map of the day before, it is what it filed.
    What it filed of that day is in neither province of today whole."""
    filed(place, world(1, 1, 2, 1), {("province", 1): 100, ("commune", 3): 7})
    assert said(place, 1, "2025-06-30") == (100, "", 3, 3)
    assert said(place, 2) == (7, "", 1, 1)


def test_a_former_province_known_by_one_district_lacks_no_late_commune_of_the_others(
    place: Settings,
) -> None:
    """All of province 1 goes to province 2: 100 of two communes, 7 of commune 13, late."""
    filed(place, world(2, 2, 2, 2), {("district", 1): 100, ("commune", 13): 7})
    for level in LEVELS:
        assert totals(place, level) == {2: 107}, level
    assert said(place, 2) == (107, "", 3, 4)


@pytest.mark.parametrize("late", [{}, {("commune", 11): 66}])
def test_a_province_that_goes_on_known_by_one_district_lacks_no_late_commune_of_the_others(
    place: Settings, late: dict[tuple[str, int], int]
) -> None:
    """100 of two communes, the former one of commune 11 among them; 7 of commune 13."""
    filed(place, world(1, 1, 1, 2), {("district", 1): 100, ("commune", 13): 7, **late})
    for level in LEVELS:
        assert totals(place, level) == {1: 107}, level
    assert said(place, 1, "as_filed") == said(place, 1) == (107, "", 3, 3)


def test_a_province_that_gives_all_it_had_takes_what_it_filed_along(place: Settings) -> None:
    """All three communes of province 1 go to province 2, and commune 4 comes to it."""
    filed(place, world(2, 2, 2, 1), {("province", 1): 100, ("commune", 4): 5})
    for level in LEVELS:
        assert totals(place, level) == {1: 5, 2: 100}, level
    assert said(place, 2) == (100, "", 3, 3)


def test_communes_that_came_later_and_all_filed_are_not_less_than_one_district(
    place: Settings,
) -> None:
    late = {("commune", 11): 40, ("commune", 12): 60, ("commune", 13): 7}
    filed(place, world(1, 1, 1, 2), {("district", 1): 90, **late})
    for level in LEVELS:
        assert totals(place, level) == {1: 107}, level
    assert said(place, 1) == (107, "", 3, 3)


def test_a_district_that_had_no_communes_on_the_day_adds_nothing_to_one_that_filed(
    place: Settings,
) -> None:
    """District 1 filed 100 of communes 1 and 2. The latter is 12 of district 2 by now, and files 40
    of that day late."""
    districts = tuple(Unit(n, START, FOREVER, None, 1) for n in (1, 2))
    old, new = Unit(2, START, REFORM, 1, 1), Unit(12, REFORM, FOREVER, 2, 1)
    communes = (Unit(1, START, FOREVER, 1, 1), old, new)
    links = (Link(REFORM, 2, 12, True, None),)
    drawn = World(2025, (Unit(1, START, FOREVER),), districts, communes, links)
    filed(place, drawn, {("district", 1): 100, ("commune", 12): 40})
    assert said(place, 1, "as_filed") == (100, "", 2, 2)


def test_a_district_is_not_less_than_as_many_communes_that_came_later(place: Settings) -> None:
    """Communes 1 to 3 become one; half of the two of today is 5, half of the four of then is 12."""
    drawn = world(2, 2, 2, 2)
    links = tuple(replace(link, new=11 if link.old < 4 else 14) for link in drawn.links)
    communes = tuple(one for one in drawn.communes if one.key not in (12, 13))
    filed(place, replace(drawn, communes=communes, links=links),
          {("district", 2): 7, ("commune", 14): 5})  # fmt: skip
    assert said(place, 2) == (12, "", 2, 4)

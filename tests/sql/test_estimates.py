"""An estimate of the whole year that was filed before a reform counts the units of then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text

from etl.ground import database
from etl.ground.config import Settings
from tests.sql.map_world import World
from tests.sql.map_world_rows import settle
from tests.sql.paper_world import Paper, night
from tests.sql.test_filed_for_itself import LEVELS, world

BEFORE, AFTER = date(2025, 6, 30), date(2025, 9, 30)
Estimates = dict[tuple[str, int, date], int]  # level, unit, day of the filing


@pytest.fixture(scope="module")
def place(make_warehouse) -> Iterator[Settings]:
    with make_warehouse() as found:
        yield found


def merged() -> World:
    """As `world`, in province 1 all; but communes 1 and 2 become one, 11, so that after the reform
    there are three."""
    drawn = world(1, 1, 1, 1)
    links = tuple(replace(link, new=11) if link.old == 2 else link for link in drawn.links)
    communes = tuple(one for one in drawn.communes if one.key != 12)
    return replace(drawn, communes=communes, links=links)


def said(place: Settings, drawn: World, values: Estimates, unit_map: str) -> tuple[object, ...]:
    """Of province 1, after these filed what poor households they will have at the end of 2025."""
    settle(place, drawn)
    units = {(level, unit.key): unit for level in LEVELS for unit in getattr(drawn, f"{level}s")}
    papers = [
        Paper(number, f"estimate_{level}", level, units[level, key], 2025, 2025, "Y", day, "",
              ((("fact_indicator", {"indicator": "poor_households", "period": "Y",
                                    "measure": "estimate", "value": value}),),))
        for number, ((level, key, day), value) in enumerate(values.items(), 1)
    ]  # fmt: skip
    night(place, [(paper, paper.readings[-1]) for paper in papers])
    query = text(
        "select value, units_reported, units_expected, districts_reported, districts_expected"
        " from mart.indicator_by_unit where level = 'province' and unit_code = 'u1'"
        " and unit_map = :unit_map and indicator_code = 'poor_households' and measure = 'estimate'"
    )
    with database.engine(place).connect() as connection:
        return tuple(connection.execute(query, {"unit_map": unit_map}).one())


@pytest.mark.parametrize(
    ("values", "as_filed", "on_map"),
    [
        # communes 1 and 2 in what their district filed, 3 and 4 alone: 100 + 7; of the province of
        # then, which had no commune 4, and on the map of today, which has it
        ({("district", 1, BEFORE): 100, ("commune", 3, BEFORE): 7}, (107, 3, 3, 2, 2),
         (107, 3, 4, 2, 3)),
        ({("district", 1, BEFORE): 100, ("district", 2, BEFORE): 7, ("commune", 4, BEFORE): 5},
         (107, 3, 3, 2, 2), (112, 4, 4, 3, 3)),
        ({("district", 1, BEFORE): 100}, (100, 2, 3, 1, 2), (100, 2, 4, 1, 3)),
    ],
)  # fmt: skip
def test_it_counts_the_communes_there_were(
    place: Settings, values: Estimates, as_filed: tuple[int, ...], on_map: tuple[int, ...]
) -> None:
    assert said(place, merged(), values, "as_filed") == as_filed
    assert said(place, merged(), values, "2025-07-01") == on_map

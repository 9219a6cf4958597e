"""What some communes registered is held against what they reached, or those that they became."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import text

from etl.ground import database
from etl.ground.config import Settings
from tests.sql.map_world import World
from tests.sql.map_world_rows import settle
from tests.sql.paper_world import Paper, Row, night
from tests.sql.test_estimates import merged
from tests.sql.test_filed_for_itself import world

NOT_KNOWN = ("not_assessable", "partial_coverage")
NOWHERE = (None, None)


@pytest.fixture(scope="module")
def place(make_warehouse) -> Iterator[Settings]:
    with make_warehouse() as found:
        yield found


def filed(number: int, drawn: World, commune: int, day: date, table: str, *rows: Row) -> Paper:
    unit = drawn.commune(commune)
    said = tuple((table, {"indicator": "jobs_created", **row}) for row in rows)
    return Paper(number, table, "commune", unit, 2025, 2025, "Y", day, "", (said,))


def judged(place: Settings, drawn: World, reported: Mapping[int, int]) -> tuple[object, ...]:
    """Of the province on the map after the reform: communes 1 and 2 registered 5 new jobs each in
    January; these communes reported so many of the whole year."""
    settle(place, drawn)
    wanted = {"basis": "registered", "operator": "=", "quantity": "change", "target_value": 5}
    papers = [filed(n, drawn, n, date(2025, 1, 1), "fact_target", wanted) for n in (1, 2)]
    for number, (commune, value) in enumerate(reported.items(), 3):
        reached = {"period": "Y", "measure": "actual", "value": value}
        day = date(2025, 12, 31)
        papers.append(filed(number, drawn, commune, day, "fact_indicator", reached))
    night(place, [(paper, paper.readings[-1]) for paper in papers])
    query = text(
        "select target_value, actual_value, verdict, reason, units_reported, units_expected"
        " from mart.attainment where level = 'province' and unit_code = 'u1'"
        " and unit_map = '2025-07-01' and basis = 'registered_sum'"
    )
    with database.engine(place).connect() as connection:
        return tuple(connection.execute(query).one())


@pytest.mark.parametrize(
    ("reported", "reached", "verdict", "known"),
    [
        # four communes became four, 1 and 2 now 11 and 12
        ({11: 6, 12: 6}, 12, ("exceeded", "partial_coverage"), 2),
        ({13: 6, 14: 6}, 12, NOT_KNOWN, 0),
        ({12: 6, 13: 6}, 12, NOT_KNOWN, 1),
        ({11: 4, 12: 4}, 8, ("not_met", "partial_coverage"), 2),
    ],
)  # fmt: skip
def test_as_many_others_say_nothing_of_them(
    place: Settings, reported: Mapping[int, int], reached: int, verdict: tuple[str, str], known: int
) -> None:
    found = judged(place, world(1, 1, 1, 1), reported)
    assert found == (Decimal(10), Decimal(reached), *verdict, known, 4)


@pytest.mark.parametrize(
    ("reported", "reached", "verdict"),
    [
        # 1 and 2 are 11 together, one of three communes by December
        ({11: 12}, 12, ("exceeded", "partial_coverage")),
        ({13: 12}, 12, NOT_KNOWN),
        ({11: 4, 13: 2}, 6, ("not_met", "partial_coverage")),
        ({11: 9, 13: 2}, 11, NOT_KNOWN),
    ],
)  # fmt: skip
def test_what_they_became_stands_for_them(
    place: Settings, reported: Mapping[int, int], reached: int, verdict: tuple[str, str]
) -> None:
    found = judged(place, merged(), reported)
    assert found == (Decimal(10), Decimal(reached), *verdict, len(reported), 3)


def counted(year_end: bool, **values: int) -> list[Row]:
    period, measure = ("Y", "actual") if year_end else ("OPEN", "baseline")
    return [{"indicator": code, "period": period, "measure": measure, "value": value}
            for code, value in values.items()]  # fmt: skip


def test_a_rate_without_its_counts_is_no_part_of_a_sum(place: Settings) -> None:
    """Communes 1 and 2 want 25 of 500 households to be poor. There are 20 in one, 4 %; of the
    other, known by its 9 % alone, nothing is in the sum."""
    drawn = world(1, 1, 1, 1)
    settle(place, drawn)
    wanted = [
        {"indicator": code, "basis": "registered", "operator": "=", "quantity": "level",
         "target_value": value}
        for code, value in (("poor_households", 25), ("households", 500), ("poverty_rate", 5))
    ]  # fmt: skip
    start, end = date(2025, 1, 1), date(2025, 12, 31)
    opening = counted(year_end=False, poor_households=50, households=500)
    reached = counted(year_end=True, poor_households=20, households=500)
    papers = [
        filed(1, drawn, 1, start, "fact_target", *wanted),
        filed(2, drawn, 2, start, "fact_target", *wanted),
        filed(3, drawn, 1, start, "fact_indicator", *opening),
        filed(4, drawn, 2, start, "fact_indicator", *opening),
        filed(5, drawn, 11, end, "fact_indicator", *reached),
        filed(6, drawn, 12, end, "fact_indicator", *counted(year_end=True, poverty_rate=9)),
    ]
    night(place, [(paper, paper.readings[-1]) for paper in papers])
    query = text(
        "select target_value, actual_value, verdict, reason, units_reported, units_expected"
        " from mart.attainment where level = 'province' and unit_code = 'u1' and unit_map ="
        " '2025-07-01' and basis = 'registered_sum' and indicator_code = 'poverty_rate'"
    )
    with database.engine(place).connect() as connection:
        found = tuple(connection.execute(query).one())
    assert found == (Decimal(5), Decimal(4), *NOT_KNOWN, 1, 4)


@pytest.mark.parametrize(
    ("opened", "start"),
    [
        ({1: 50, 2: 70}, [(120, "114.29"), (60, "114.29")]),
        ({2: 70, 3: 80}, [NOWHERE, NOWHERE]),  # 1 may have started anywhere
        ({3: 80, 4: 90}, [NOWHERE]),  # a registered rate divides by the opening households
        ({1: 50, 2: 70, 3: 80}, [NOWHERE, NOWHERE]),  # 3 registered nothing
        ({1: 50, 2: 70, 3: 80, 4: 90}, [NOWHERE, NOWHERE]),
    ],
)
def test_a_sum_starts_where_those_in_it_started(
    place: Settings, opened: Mapping[int, int], start: list[tuple[int | None, str | None]]
) -> None:
    """Of 100 households each, communes 1 and 2 want 25 to be poor, and have 20: from 120 to 40 is
    114,29 % of the way to 50, as from 60 % to 20 % is of that to 25 %."""
    drawn = world(1, 1, 1, 1)
    settle(place, drawn)
    wanted = [
        {"indicator": code, "basis": "registered", "operator": "=", "quantity": "level",
         "target_value": value}
        for code, value in (("poor_households", 25), ("households", 100), ("poverty_rate", 25))
    ]  # fmt: skip
    jan, dec = date(2025, 1, 1), date(2025, 12, 31)
    papers = [filed(n, drawn, n, jan, "fact_target", *wanted) for n in (1, 2)]
    for commune, poor in opened.items():
        rows = counted(year_end=False, poor_households=poor, households=100)
        papers.append(filed(2 + commune, drawn, commune, jan, "fact_indicator", *rows))
    for commune in (11, 12):
        rows = counted(year_end=True, poor_households=20, households=100)
        papers.append(filed(commune, drawn, commune, dec, "fact_indicator", *rows))
    night(place, [(paper, paper.readings[-1]) for paper in papers])
    query = text(
        "select baseline_value, attainment_pct from mart.attainment"
        " where level = 'province' and unit_code = 'u1' and unit_map = '2025-07-01' and basis ="
        " 'registered_sum' and indicator_code in ('poor_households', 'poverty_rate')"
        " and verdict = 'exceeded' order by indicator_code"
    )
    with database.engine(place).connect() as connection:
        found = [tuple(row) for row in connection.execute(query)]
    assert found == [(at and Decimal(at), way and Decimal(way)) for at, way in start]

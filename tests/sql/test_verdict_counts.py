"""A count of verdicts is a count of targets, in worlds drawn at random, against a second method."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from random import Random

import pytest
from sqlalchemy import text

from etl import aggregate
from etl.ground import database
from etl.ground.config import Settings
from tests.sql.test_cases import _fact, _filing, _touch_all

DISTRICTS = ("066", "085", "060", "061", "062", "063", "064", "065")  # of two provinces
COUNTS = {"jobs_created": "person", "labour_export": "person", "vocational_trainees": "person"}
ASKERS = ("province", "own_plan")  # the superior's word first
Asked = dict[tuple[str, str], dict[str, list[int]]]  # district, indicator -> who -> its values


@pytest.fixture(scope="module")
def place(make_warehouse) -> Iterator[Settings]:
    with make_warehouse() as empty, database.engine(empty).connect() as connection:
        connection.execution_options(is_passing=True)
        yield replace(empty, transaction=connection)


def drawn(dice: Random) -> tuple[Asked, dict[tuple[str, str], int]]:
    """Who asks how much of whom, and what was reached; an asker may say a thing twice."""
    asked: Asked = {}
    for district in DISTRICTS:
        for code in COUNTS:
            who = {
                asker: [dice.randint(90, 110) for _ in range(dice.choice((1, 1, 2)))]
                for asker in ASKERS if dice.random() < 0.6
            }  # fmt: skip
            if who:
                asked[district, code] = who
    return asked, {key: dice.randint(90, 110) for key in asked}


def file(connection, asked: Asked, reached: dict[tuple[str, str], int]) -> None:
    """One filing of each asker (1: a province, 2: the district itself), and the results."""
    levels = {1: "province", 2: "district", 3: "district"}
    for number, level in levels.items():
        _filing(connection, {"filing_id": number, "filer_level": level, "form": f"drawn{number}",
                             "period": "Y"})  # fmt: skip
    cells = iter(range(10_000))
    for (district, code), who in asked.items():
        for asker, values in who.items():
            for value in values:
                _fact(connection, "fact_target", next(cells), {
                    "filing_id": 1 + ASKERS.index(asker), "district": district, "indicator": code,
                    "basis": "assigned", "operator": ">=", "target_value": value,
                    "unit_of_measure": COUNTS[code], "quantity": "change"})  # fmt: skip
        _fact(connection, "fact_indicator", next(cells), {
            "filing_id": 3, "district": district, "indicator": code, "period": "Y",
            "measure": "actual", "value": reached[district, code]})  # fmt: skip
    _touch_all(connection)


@pytest.mark.parametrize("seed", range(6))
def test_rows_are_targets_and_met_ones_add_up(place: Settings, seed: int) -> None:
    asked, reached = drawn(Random(seed))
    assert place.transaction is not None
    with place.transaction.begin() as transaction:
        with database.night(place) as connection:
            file(connection, asked, reached)
        aggregate.aggregate(place)
        with database.asking(place) as connection:
            rows = connection.execute(text(
                "select indicator_code, count(*), sum(judged_targets), sum(met_targets),"
                " min(met_targets) from mart.verdict_district group by 1")).all()  # fmt: skip
            stated = connection.execute(text("select count(*) from mart.verdict_stated"
                                             " where level = 'district'")).scalar()  # fmt: skip
            by_unit = connection.execute(text(
                "select unit_code, indicator_code, asked_by, met_targets, target_text"
                " from mart.verdict_district")).all()  # fmt: skip
        transaction.rollback()
    targets = Counter(code for _, code in asked)
    assert {code: (count, judged) for code, count, judged, *_ in rows} == {
        code: (count, count) for code, count in targets.items()
    }
    assert stated == sum(len(values) for who in asked.values() for values in who.values())
    assert len(by_unit) == len(asked)
    for unit, code, asker, met, value in by_unit:
        who = asked[unit, code]
        assert asker == next(one for one in ASKERS if one in who)
        assert int(value) in who[asker]
        assert met == (reached[unit, code] >= int(value))
    met_sum = {code: met for code, _, _, met, _ in rows}
    assert met_sum == {
        code: sum(met for _, of, _, met, _ in by_unit if of == code) for code in targets
    }

"""What a night compares a verdict with is the verdict of the same target, of an earlier version."""

from __future__ import annotations

from sqlalchemy import text

from etl import aggregate
from etl.ground import database
from etl.ground.config import Settings
from tests.sql.test_cases import _fact, _filing, _touch_all

PLAN = {"filer_level": "district", "filer_code": "066", "form": "drawn", "period": "Y"}
# of the same unit, form, years and period: only the latest counts
LATEST = """update raw.filing as f set superseded_by = n.filing_id from raw.filing as n
 where n.filing_id = :number and f.filing_id < :number and f.last_year = n.last_year"""


def asked(place: Settings, number: int, last_year: int, indicator: str, document: str) -> list[str]:
    """The names by which nights compare what is asked, after one more plan that asks something of a
    district in the very cell that the others do."""
    with database.night(place) as connection:
        _filing(connection, {**PLAN, "filing_id": number, "last_year": last_year})
        connection.execute(text(LATEST), {"number": number})
        _fact(connection, "fact_target", 1, {
            "filing_id": number, "district": "066", "indicator": indicator, "operator": ">=",
            "basis": "assigned", "target_value": 100, "unit_of_measure": "person",
            "quantity": "change", "document": document})  # fmt: skip
        _touch_all(connection)
    aggregate.aggregate(place)
    with database.asking(place) as connection:
        names = text("select asked from stg.judged_target order by target_id")
        return list(connection.execute(names).scalars())


def test_a_version_asks_what_the_one_before_it_asked(fresh_warehouse: Settings) -> None:
    before = asked(fresh_warehouse, 1, 2025, "jobs_created", "12/KH")
    assert asked(fresh_warehouse, 2, 2025, "jobs_created", "12/KH") == before
    (other,) = asked(fresh_warehouse, 3, 2025, "labour_export", "12/KH")
    assert other not in before


def test_plans_that_stand_beside_each_other_ask_each_their_own(fresh_warehouse: Settings) -> None:
    (first,) = asked(fresh_warehouse, 1, 2025, "jobs_created", "12/KH")
    of_more_years = asked(fresh_warehouse, 2, 2030, "jobs_created", "12/KH")
    amended = asked(fresh_warehouse, 3, 2025, "jobs_created", "30/KH")
    assert first in of_more_years and {*of_more_years} < {*amended}
    assert len(of_more_years) == len({*of_more_years}) == 2
    assert len(amended) == len({*amended}) == 3

"""Money of a year in which all communes of a province went to another one, and it had none left."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import text

from etl.ground import database
from etl.ground.config import Settings
from tests.sql.map_world_rows import settle
from tests.sql.paper_world import Paper, night
from tests.sql.test_filed_for_itself import world


def test_the_communes_of_its_last_day_count(fresh_warehouse: Settings) -> None:
    """One of its three communes says what it planned and spent: 1 of 3, as on the day before."""
    drawn = world(2, 2, 2, 2)
    settle(fresh_warehouse, drawn)
    rows = tuple(
        ("fact_fund", {"line": 0, "stage": stage, "period": "Y", "amount_million_vnd": amount})
        for stage, amount in (("plan", 10), ("disbursed", 4))
    )
    paper = Paper(1, "money_commune", "commune", drawn.commune(1), 2025, 2025, "Y",
                  date(2025, 1, 1), "", (rows,))  # fmt: skip
    night(fresh_warehouse, [(paper, rows)])
    query = text(
        "select level, plan_million_vnd, disbursed_million_vnd, units_reported, units_expected"
        " from mart.fund_use where unit_code in ('u1') order by level"
    )
    with database.engine(fresh_warehouse).connect() as connection:
        found = [tuple(row) for row in connection.execute(query)]
    ten, four = Decimal(10), Decimal(4)
    assert found == [
        ("commune", ten, four, 1, 1), ("district", ten, four, 1, 2), ("province", ten, four, 1, 3),
    ]  # fmt: skip

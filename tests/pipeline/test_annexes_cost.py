"""What annexes and page of one unit cost: each question once, and of the country's rows few."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import event

from etl.ground import database
from etl.reports import annexes
from tests.night import Night

Question = tuple[str, Any]
# the widest question, the cascade, reads 65 000 rows; one that looks each unit up in a list of the
# 14 000 versions reads millions
MOST = 150_000


@pytest.fixture(scope="module", params=["02146", "066"])
def asked(
    request: pytest.FixtureRequest, warehouse_with_samples: Night, tmp_path_factory: Any
) -> list[Question]:
    """The questions that annexes and page of a commune, and of a district, put."""
    settings, found = warehouse_with_samples.settings, []
    engine = database.engine(settings, "bi_reader")

    def keep(_connection: Any, _cursor: Any, statement: str, params: Any, *_: Any) -> None:
        found.append((statement, params))

    event.listen(engine, "before_cursor_execute", keep)
    try:
        annexes(settings, request.param, 2025, None, tmp_path_factory.mktemp("cost"))
    finally:
        event.remove(engine, "before_cursor_execute", keep)
    return [each for each in found if each[0].startswith("-- grain")]


def test_nothing_is_asked_twice(asked: list[Question]) -> None:
    assert len(asked) > 15
    assert len(asked) == len({repr(question) for question in asked})


def test_no_question_reads_the_country_over_and_over(
    asked: list[Question], warehouse_with_samples: Night
) -> None:
    with database.engine(warehouse_with_samples.settings, "bi_reader").connect() as connection:
        for statement, params in asked:
            explained = f"explain (analyze, timing off, format json) {statement}"
            [(plan,)] = connection.exec_driver_sql(explained, params).all()
            assert rows_read(plan[0]["Plan"]) < MOST, statement


def rows_read(node: dict[str, Any]) -> float:
    """Rows that tables gave, and those that were looked at and left."""
    looked_at = (node["Actual Rows"] + node.get("Rows Removed by Filter", 0)) * node["Actual Loops"]
    below = sum(rows_read(each) for each in node.get("Plans", []))
    return below + (looked_at if "Relation Name" in node else 0)

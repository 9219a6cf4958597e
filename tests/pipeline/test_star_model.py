"""docs/marts.model.json tells BI tools the truth: keys are unique, relations lead somewhere, and
what it says may be added up is a number; no rate is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.night import Night

PAGE = Path(__file__).parents[2] / "docs" / "marts.model.json"
TABLES = {table["name"]: table for table in json.loads(PAGE.read_text("utf-8"))["tables"]}
NUMBERS = {"numeric", "integer", "smallint", "bigint"}


@pytest.mark.parametrize("name", sorted(set(TABLES) - {"mart.trace"}))  # of every figure at once
def test_keys_and_relations(warehouse_with_samples: Night, name: str) -> None:
    table = TABLES[name]
    key = ", ".join(table["primary_key"])
    twice = f"select count(*) from (select from {name} group by {key} having count(*) > 1) as t"
    assert warehouse_with_samples.rows(twice) == [(0,)]
    for column, referred in table["foreign_keys"].items():
        mart, place = referred.rsplit(".", 1)
        lost = (
            f"select count(*) from {name} where {column} is not null"
            f" and {column} not in (select {place} from {mart})"
        )
        assert warehouse_with_samples.rows(lost) == [(0,)], column


def test_only_numbers_are_added_up_and_no_rate() -> None:
    for table in TABLES.values():
        added = [column for column in table["columns"] if column["aggregate"]]
        assert {column["type"] for column in added} <= NUMBERS
        if "rate" in table["name"]:
            assert added == []
            assert not {"value", "opening"} & {column["name"] for column in table["columns"]}
            assert "sum(numerator)" in table["measures"]["rate"]
        if "count" in table["name"]:
            assert added


def test_the_comment_tells_the_key(warehouse_with_samples: Night) -> None:
    ((comment,),) = warehouse_with_samples.rows(
        "select obj_description('mart.count_district'::regclass)"
    )
    assert comment.endswith("Key: unit_id, year, indicator_key")

"""The expectations that rules may use are those of Great Expectations that judge row by row."""

from __future__ import annotations

from typing import Any

import pytest

from etl.catalogue import rule_file
from etl.check.lean import import_engine
from etl.ground.yaml_file import words_beside

EXPECTATIONS: dict[str, list[str]] = words_beside(rule_file.__file__)["expectations"]
ARGUMENTS: dict[str, Any] = {
    "column": "a", "column_A": "a", "column_B": "b", "column_list": ["a", "b"], "min_value": 0,
    "max_value": 1, "strict_min": True, "strict_max": True, "value_set": [1], "regex": "a",
    "value": 1, "or_equal": True, "ignore_row_if": "never", "value_pairs_set": [(1, 2)],
    "sum_total": 1,
}  # fmt: skip


def arguments(name: str) -> dict[str, Any]:
    given = {argument: ARGUMENTS[argument] for argument in EXPECTATIONS[name]}
    return given | ({"ignore_row_if": "neither"} if "column_A" in given else {})


@pytest.mark.parametrize("name", EXPECTATIONS)
def test_each_is_one_that_takes_these(name: str) -> None:
    import_engine()
    from great_expectations.expectations.registry import get_expectation_impl

    from etl.check.suites import _ROW_BY_ROW

    implementation: Any = get_expectation_impl(name)
    expectation = implementation(**arguments(name))
    assert isinstance(expectation, _ROW_BY_ROW)
    with pytest.raises(Exception, match="extra fields not permitted"):
        implementation(**arguments(name), vale=1)

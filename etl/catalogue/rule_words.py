"""Words of a rule that nobody would miss until a filing breaks it: the expectation and its
arguments, and what stands in braces in its sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from etl.catalogue.frame_columns import CELLS, COVERAGE, EARLIER
from etl.catalogue.rules import Rule
from etl.ground.faults import unknown

_PAIR, _SEVERAL = {"column_A", "column_B", "ignore_row_if"}, {"column_list", "ignore_row_if"}
# Great Expectations' expectations that judge row by row, and what each takes (a test holds this
# against the package)
EXPECTATIONS: dict[str, set[str]] = {
    "expect_column_values_to_be_between": {
        "column", "min_value", "max_value", "strict_min", "strict_max",
    },
    "expect_column_values_to_be_in_set": {"column", "value_set"},
    "expect_column_values_to_not_be_in_set": {"column", "value_set"},
    "expect_column_values_to_be_null": {"column"},
    "expect_column_values_to_not_be_null": {"column"},
    "expect_column_values_to_be_unique": {"column"},
    "expect_column_values_to_match_regex": {"column", "regex"},
    "expect_column_values_to_not_match_regex": {"column", "regex"},
    "expect_column_value_lengths_to_be_between": {"column", "min_value", "max_value"},
    "expect_column_value_lengths_to_equal": {"column", "value"},
    "expect_column_pair_values_a_to_be_greater_than_b": _PAIR | {"or_equal"},
    "expect_column_pair_values_to_be_equal": _PAIR,
    "expect_column_pair_values_to_be_in_set": _PAIR | {"value_pairs_set"},
    "expect_compound_columns_to_be_unique": _SEVERAL,
    "expect_select_column_values_to_be_unique_within_record": _SEVERAL,
    "expect_multicolumn_sum_to_equal": _SEVERAL | {"sum_total"},
}  # fmt: skip
# what a finding has of itself (rules.render, check.report)
_OWN = {"seen", "expected", "sheet", "cell", "row", "column"}
_OWN_OF = {CELLS: {"formula", *(f"{role}_from" for role in EARLIER)}, COVERAGE: {"source"}}


def word_faults(rule: Rule, columns: Iterable[str]) -> Iterator[str]:
    """What is wrong with them, where a rule's frame has these columns, its computed ones too."""
    for name, arguments in (rule.expect or {}).items():
        if name not in EXPECTATIONS:
            yield unknown("phép kiểm tra", "expectation", name, EXPECTATIONS)
            continue
        for argument in set(arguments) - EXPECTATIONS[name]:
            yield unknown("mục", "argument", argument, EXPECTATIONS[name])
    if rule.expect:
        known = {*columns, *(f"{column}_cell" for column in columns), *_OWN}
        known |= _OWN_OF.get(rule.frame or "", set())
        for name in sorted(rule.placeholders - known):
            yield unknown("chỗ điền", "placeholder", name, known)

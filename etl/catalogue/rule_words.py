"""Words of a rule that nobody would miss until a filing breaks it: the expectation and its
arguments, and what stands in braces in its sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from etl.catalogue.frame_columns import CELLS, COVERAGE, EARLIER
from etl.catalogue.rules import Rule
from etl.ground.faults import unknown
from etl.ground.yaml_file import words_beside

# what a finding has of itself (rules.render, check.report)
_OWN = {"seen", "expected", "sheet", "cell", "row", "column"}
_OWN_OF = {CELLS: {"formula", *(f"{role}_from" for role in EARLIER)}, COVERAGE: {"source"}}


def word_faults(rule: Rule, columns: Iterable[str]) -> Iterator[str]:
    """What is wrong with them, where a rule's frame has these columns, its computed ones too."""
    judging = words_beside(__file__)["expectations"]
    for name, arguments in (rule.expect or {}).items():
        if name not in judging:
            yield unknown("phép kiểm tra", "expectation", name, judging)
            continue
        for argument in set(arguments) - set(judging[name]):
            yield unknown("mục", "argument", argument, judging[name])
    if rule.expect:
        known = {*columns, *(f"{column}_cell" for column in columns), *_OWN}
        known |= _OWN_OF.get(rule.frame or "", set())
        for name in sorted(rule.placeholders - known):
            yield unknown("chỗ điền", "placeholder", name, known)

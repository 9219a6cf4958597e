"""Great Expectations: one validation a frame, for all filings at once.

Only this module and the one that writes Data Docs import great_expectations, and the room's door
imports them when it is called, after etl/check/lean.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import great_expectations as gx
import numpy as np
import pandas as pd
from great_expectations.core.batch_definition import BatchDefinition
from great_expectations.data_context.types.base import (
    DataContextConfig,
    InMemoryStoreBackendDefaults,
    ProgressBarsConfig,
)
from great_expectations.expectations.expectation import (
    ColumnMapExpectation,
    ColumnPairMapExpectation,
    Expectation,
    MulticolumnMapExpectation,
)
from great_expectations.expectations.metadata_types import FailureSeverity
from great_expectations.expectations.registry import get_expectation_impl

from etl.catalogue.rules import Rule
from etl.check.frames import Frame
from etl.ground.errors import BrokenRule
from etl.ground.records import Severity

_ROW_BY_ROW = (ColumnMapExpectation, ColumnPairMapExpectation, MulticolumnMapExpectation)
_ROW = "row_id"
_GX_SEVERITY = {
    Severity.FAIL: FailureSeverity.CRITICAL,
    Severity.WARN: FailureSeverity.WARNING,
}


@cache
def _data() -> BatchDefinition[Any]:
    """Where a frame becomes a batch: one in-memory Great Expectations context for all validations,
    since each costs as much as five of these."""
    config = DataContextConfig(
        store_backend_defaults=InMemoryStoreBackendDefaults(),
        progress_bars=ProgressBarsConfig(globally=False),
    )
    context = gx.get_context(mode="ephemeral", project_config=config)
    asset = context.data_sources.add_pandas("khoxa").add_dataframe_asset("figures")
    return asset.add_batch_definition_whole_dataframe("batch")


@contextmanager
def _remembering() -> Iterator[None]:
    """While a suite is validated, an expectation works out once what it is configured by: Great
    Expectations asks ten to twenty times, which was a quarter of a small batch."""
    plain = Expectation.configuration
    known: dict[int, tuple[Expectation, Any]] = {}  # with each, so that no other gets its number

    def once(expectation: Expectation) -> Any:
        number = id(expectation)
        if number not in known:
            known[number] = expectation, plain.__get__(expectation)
        return known[number][1]

    Expectation.configuration = property(once)  # type: ignore[assignment, method-assign]
    try:
        yield
    finally:
        Expectation.configuration = plain  # type: ignore[method-assign]


class Session:
    """Validations of the rules of every form, or of one form version's own; `results`: what they
    found, by frame."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.results: dict[str, Any] = {}

    def offending(
        self, name: str, frame: Frame, rules: Iterable[Rule]
    ) -> Iterator[tuple[Rule, pd.DataFrame, list[int]]]:
        """Per rule that some rows break: the frame as judged, and the `row_id` of all of them.

        A rule on a column that no filing of the batch has is left out.
        Raises BrokenRule: a rule that cannot judge this frame.
        """
        data, used = _computed(frame, rules)
        if used and len(data):
            by_code = {rule.rule: rule for rule in used}
            # each expectation copies the rows that it judges, with all that stands in them
            judged = data[[_ROW, *(c for c in data if any(c in rule.columns for rule in used))]]
            results = self._run(name, judged, [_expectation(rule) for rule in used])
            for result in results:
                rule = by_code[result.expectation_config.meta["rule"]]
                if rows := _row_ids(rule, result):
                    yield rule, data, rows

    def _run(self, name: str, data: pd.DataFrame, expectations: list[Expectation]) -> list[Any]:
        suite = gx.ExpectationSuite(name=f"{self.name}.{name}", expectations=expectations)
        result_format = {
            "result_format": "COMPLETE",
            "unexpected_index_column_names": [_ROW],
            "return_unexpected_index_query": False,
        }
        batch = _data().get_batch(batch_parameters={"dataframe": data})
        with _remembering():
            self.results[name] = batch.validate(suite, result_format=result_format)
        return list(self.results[name].results)


def _computed(frame: Frame, rules: Iterable[Rule]) -> tuple[pd.DataFrame, list[Rule]]:
    """The frame with the columns that rules compute, and the rules that it has columns for."""
    data, used = frame.data, []
    for rule in rules:
        named = rule.columns - set(rule.compute) | ({rule.cell} if rule.cell else set())
        if unknown := named - frame.known:
            raise BrokenRule(rule.file, rule.rule, f"{rule.frame} has no column {sorted(unknown)}")
        for column, expression in rule.compute.items():
            if column in data:
                raise BrokenRule(rule.file, rule.rule, f"{rule.frame} already has {column!r}")
            try:
                terms = data[[str(name) for name in data if str(name) in expression]]
                values = np.asarray(terms.eval(expression, engine="python"), np.float64)
            except Exception as error:
                raise BrokenRule(rule.file, rule.rule, f"{expression}: {error}") from error
            data = data.assign(**{column: values})
        if rule.columns <= set(data.columns):
            used.append(rule)
    return data, used


def _expectation(rule: Rule) -> Expectation:
    """The rule's expectation; it must judge row by row, for the filer needs every cell."""
    assert rule.expect is not None
    ((name, arguments),) = rule.expect.items()
    try:
        implementation = get_expectation_impl(name)
        expectation = implementation(
            **arguments,
            meta={"rule": rule.rule},
            notes=f"{rule.rule}: {rule.en}",
            severity=_GX_SEVERITY[rule.severity],
        )
    except Exception as error:
        raise BrokenRule(rule.file, rule.rule, f"{name}: {error}") from error
    if not isinstance(expectation, _ROW_BY_ROW):
        raise BrokenRule(rule.file, rule.rule, f"{name} does not judge row by row")
    return expectation


def _row_ids(rule: Rule, result: Any) -> list[int]:
    """All offending rows of one result. An expectation that raised is a broken rule."""
    info = result.exception_info or {}
    for outcome in (info, *info.values()):
        if isinstance(outcome, dict) and outcome.get("raised_exception"):
            raise BrokenRule(rule.file, rule.rule, str(outcome.get("exception_message")))
    return [int(row[_ROW]) for row in result.result.get("unexpected_index_list") or ()]

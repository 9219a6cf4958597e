"""Attainment never contradicts itself, and is what a second method finds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import combinations
from random import Random
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, Phase, Verbosity, given, settings
from hypothesis import strategies as st

from etl.ground.config import ROOT, Settings
from tests.sql import attainment_draws as draws
from tests.sql.attainment_oracle import Oracle
from tests.sql.attainment_world import (
    INDICATORS,
    Case,
    Figures,
    When,
    judge,
    merged_world,
    plain_world,
)
from tests.sql.map_world import MAPS
from tests.sql.map_world_rows import settle

LANES, MERGED_LANES = 360, 120
MAP = "2025-07-01"
DICE = st.randoms(use_true_random=True)
ORDER = {"not_met": 0, "met": 1, "exceeded": 2, "behind": 0, "on_track": 1}
FINAL = {"not_met", "met", "exceeded"}
# a verdict stands, and this is to be known of it
CAVEATS = {
    "", "partial_coverage", "years_missing", "pair_disagrees", "definitions_disagree",
    "average_so_far", "holds_now", "within_its_limit", "already_reached", "mid_period_linear_path",
    "above_its_limit", "below_its_limit", "rate_so_far",
}  # fmt: skip
REASONS = set(
    yaml.safe_load((ROOT / "etl/reports/words.yaml").read_text(encoding="utf-8"))["reasons"]
)
OBSTACLES = REASONS - CAVEATS | {"partial_coverage", "years_missing"}
Row = dict[str, Any]
Found = dict[When, Row]
# a batch is a hundred small cases: the smallest that fails is shown, so nothing is to shrink
RULES = settings(
    max_examples=2, deadline=None, derandomize=True, database=None, phases=[Phase.generate],
    verbosity=Verbosity.quiet, suppress_health_check=list(HealthCheck),
)  # fmt: skip


@pytest.fixture(scope="module")
def place(make_warehouse) -> Iterator[Settings]:
    with make_warehouse() as found:
        settle(found, plain_world(LANES), {})
        yield found


@pytest.fixture(scope="module")
def merged_place(make_warehouse) -> Iterator[Settings]:
    with make_warehouse() as found:
        settle(found, merged_world(MERGED_LANES), {MAP: MAPS[MAP]})
        yield found


def none_of(wrong: list[tuple[object, ...]]) -> None:
    """Fails with the smallest of the cases that are wrong."""
    if wrong:
        texts = ("\n".join(map(str, one)) for one in wrong)
        pytest.fail(f"{len(wrong)} wrong, the smallest:\n{min(texts, key=len)}", pytrace=False)


LADDERS = [
    (shape, operator)
    for shape in draws.EVERY for operator in draws.operators(shape)
    if operator != "between" or INDICATORS[shape.indicator].direction != "none"
]  # fmt: skip


@settings(RULES, max_examples=1)  # every shape and operator is in each
@given(dice=DICE)
def test_more_progress_never_lowers_a_verdict(place: Settings, dice: Random) -> None:
    ladders = [draws.ladder(dice, *one) for one in LADDERS]
    wrong = []
    for rows in _climbed(place, ladders):
        for (worse, low), (better, high) in combinations(rows, 2):
            wrong += [
                (worse, when, low[when], *_gained(worse, better), high[when])
                for when in low.keys() & high.keys() if _falls(low[when], high[when])
            ]  # fmt: skip
    none_of(wrong)


def _climbed(place: Settings, ladders: list[list[Case]]) -> Iterator[list[tuple[Case, Found]]]:
    for start in range(0, len(ladders), LANES // 3):
        part = ladders[start : start + LANES // 3]
        found = iter(judge(place, [case for steps in part for case in steps]))
        yield from ([(case, next(found)) for case in steps] for steps in part)


def _gained(worse: Case, better: Case) -> set[object]:
    return set(better.figures.items()) - set(worse.figures.items())


def _falls(low: Row, high: Row) -> bool:
    """Whether what is better is judged worse, from the same start and communes."""
    same = ("baseline_value", "units_reported", "units_expected")
    if low["verdict"] == "not_assessable" or any(low[name] != high[name] for name in same):
        return False
    if high["verdict"] == "not_assessable":  # a verdict on all communes is never lost
        return low["reason"] not in ("partial_coverage", "years_missing")
    before, after = low["attainment_pct"], high["attainment_pct"]
    if (before is None) != (after is None) or (before is not None and before > after):
        return True
    return ORDER[low["verdict"]] > ORDER[high["verdict"]]


@RULES
@given(dice=DICE)
def test_a_sum_is_judged_as_the_unit_that_filed_it(place: Settings, dice: Random) -> None:
    cases = [draws.complete(dice, draws.SUMMED) for _ in range(LANES // 3)]
    own = [replace(case, figures=draws.district_sum(case.figures)) for case in cases]
    _same(judge(place, [*cases, *own]), cases)


def _same(found: list[Found], cases: list[Case]) -> None:
    """The batch holds the cases and then other ways to file each; all must be judged alike."""
    rounds = [found[n : n + len(cases)] for n in range(0, len(found), len(cases))]
    none_of([
        (case, when, first.get(when), other.get(when))
        for others in rounds[1:]
        for case, first, other in zip(cases, rounds[0], others, strict=True)
        for when in first.keys() | other.keys()
        if _seen(first.get(when)) != _seen(other.get(when))
    ])  # fmt: skip


def _seen(row: Row | None) -> object:
    names = ("actual_value", "baseline_value", "attainment_pct", "verdict", "reason")
    return row and [row[name] for name in names]


SUMS = [shape for shape in draws.FLOWS if shape.period_type == "cumulative"]


@RULES
@given(dice=DICE)
def test_years_are_judged_as_one_year_with_their_sum(place: Settings, dice: Random) -> None:
    cases = [draws.complete(dice, SUMS) for _ in range(LANES // 4)]
    at_once = []
    for case in cases:
        total: Figures = {}
        for (who, code, _, period, measure), value in case.figures.items():
            if period == "Y":
                key = (who, code, 2024, period, measure)
                total[key] = total.get(key, Decimal(0)) + value
        target = replace(case.target, period_type="year", year_from=2024)
        at_once.append(Case(target, total))
    last = (2024, "Y")
    found = judge(place, [*cases, *at_once])
    _same([{last: rows[last]} for rows in found], cases)


@RULES
@given(dice=DICE)
def test_a_merged_unit_is_judged_as_what_became_it(merged_place: Settings, dice: Random) -> None:
    ways = list(zip(*(draws.merged(dice) for _ in range(MERGED_LANES // 3)), strict=True))
    _same(judge(merged_place, [case for way in ways for case in way], MAP), list(ways[0]))


@RULES
@given(dice=DICE)
def test_a_verdict_or_a_reason(place: Settings, dice: Random) -> None:
    cases = [draws.wild(dice) for _ in range(LANES // 2)]
    none_of([
        (case, when, wrong, row)
        for case, rows in zip(cases, judge(place, cases), strict=True)
        for when, row in rows.items() if (wrong := _wrong(case, when, row))
    ])  # fmt: skip


def _wrong(case: Case, when: When, row: Row) -> str:
    """What a row of mart.attainment may not say."""
    year, period = when
    target, verdict = case.target, row["verdict"]
    yearly = ("year", "annual_rate", "each_year", "standing")
    is_last = period == "Y" and (target.period_type in yearly or year == target.year_to)
    rules = {
        "a verdict that there is none such": verdict in {*ORDER, "not_assessable"},
        "a reason that there is none such": row["reason"] in (
            OBSTACLES if verdict == "not_assessable" else CAVEATS
        ),
        "progress without a verdict": verdict != "not_assessable" or row["attainment_pct"] is None,
        "a verdict on nothing": row["actual_value"] is not None or verdict == "not_assessable",
        "due": row["actual_value"] is None or 0 <= row["due_pct"] <= 100,
        "final before the end": verdict not in FINAL or is_last,
        "on its way at the end": verdict not in ("on_track", "behind") or not is_last,
        "outside its years": target.year_from <= year <= target.year_to,
    }  # fmt: skip
    return ", ".join(name for name, holds in rules.items() if not holds)


@settings(RULES, max_examples=3)
@given(dice=DICE)
def test_a_second_method_finds_the_same(place: Settings, dice: Random) -> None:
    cases = [draws.judged(dice, draws.EVERY) for _ in range(LANES)]
    wrong = []
    for case, rows in zip(cases, judge(place, cases), strict=True):
        found = {when: (row["verdict"], row["attainment_pct"]) for when, row in rows.items()}
        expected = Oracle(case).rows()
        wrong += [
            (case, when, f"expected {expected.get(when)}", found.get(when), rows.get(when))
            for when in expected.keys() | found.keys() if expected.get(when) != found.get(when)
        ]  # fmt: skip
    none_of(wrong)

"""A night that dies anywhere, or meets another one, leaves the warehouse of a quiet night."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from etl.ground.config import Settings
from tests.dying import kill_at, night_apart
from tests.night import Night

KILLS = {
    "raw files kept, register not yet written": "raw.filing",
    "figures staged, filings not yet recognised": "recognised",
    "read, not yet checked": "staging/asked",
    "some facts loaded, some not": "warehouse/fact_fund",
    "facts loaded, versions not yet numbered": "warehouse/version",
    "aggregates forgotten, not yet made again": "marts/indicator/14_commune_as_filed",
    "targets read, not yet judged": "marts/target/29_target_why_not",
}


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Na Rì's register, plan, funds, results, assignment and half-year reports."""
    inbox = tmp_path_factory.mktemp("inbox")
    for pattern in ("na_ri_*_2025.xlsx", "bao_cao_6_thang_2025_*.xlsx"):
        for path in Night.inbox.glob(pattern):
            shutil.copy2(path, inbox)
    return inbox


@pytest.fixture(scope="module")
def undisturbed(inbox: Path, make_warehouse) -> dict[str, list[str]]:
    """Every row that one night on the inbox leaves."""
    with make_warehouse() as settings:
        night = Night(settings, inbox)
        night.go()
        return night.dump()


@pytest.mark.parametrize("write", KILLS.values(), ids=KILLS)
def test_killed_and_run_again_equals_undisturbed(
    inbox: Path, undisturbed: dict[str, list[str]], fresh_warehouse: Settings, write: str
) -> None:
    night = Night(fresh_warehouse, inbox)
    kill_at(night, write)
    night.go()
    assert night.dump() == undisturbed


def test_two_nights_at_once_read_nothing_twice(
    warehouse_with_samples: Night, fresh_warehouse: Settings
) -> None:
    night = Night(fresh_warehouse)
    both = [night_apart(night) for _ in range(2)]
    for process in both:
        process.join()
    assert [process.exitcode for process in both] == [0, 0]
    assert night.dump() == warehouse_with_samples.dump()

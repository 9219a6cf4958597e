"""A night that dies anywhere, or meets another one, leaves the warehouse of a quiet night."""

from __future__ import annotations

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
    "aggregates forgotten, not yet made again": "marts/refresh/agg_indicator_filed",
    "targets read, not yet judged": "marts/refresh/target_verdict",
}


@pytest.mark.parametrize("write", KILLS.values(), ids=KILLS)
def test_killed_and_run_again_equals_undisturbed(
    warehouse_with_samples: Night, fresh_warehouse: Settings, write: str
) -> None:
    night = Night(fresh_warehouse)
    kill_at(night, write)
    night.go()
    assert night.dump() == warehouse_with_samples.dump()


def test_two_nights_at_once_read_nothing_twice(
    warehouse_with_samples: Night, fresh_warehouse: Settings
) -> None:
    night = Night(fresh_warehouse)
    both = [night_apart(night) for _ in range(2)]
    for process in both:
        process.join()
    assert [process.exitcode for process in both] == [0, 0]
    assert night.dump() == warehouse_with_samples.dump()

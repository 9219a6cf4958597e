"""A night that dies anywhere, or meets another one, leaves the warehouse of a quiet night."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from etl.ground.config import Settings
from tests.night import Night

# where the job dies: the step, the function in which, and at which call of it
KILLS = {
    "raw files kept, register not yet written": ("receive", "copy_in", 1),
    "in the middle of staging figures": ("read_and_normalise", "copy_in", 3),
    "findings written, batch not yet checked": ("check", "run", 1),
    "some facts loaded, some not": ("load", "run", 6),
    "facts loaded, versions not yet numbered": ("load", "run", 8),
    "aggregates forgotten, not yet made again": ("aggregate", "run", 3),
}
DRIVER = """
import os, signal, sys
from etl.ground import database
from tests.night import Night, settings_from_json

step, function, count = sys.argv[2], sys.argv[3], int(sys.argv[4])
calls, original, running = [0], getattr(database, function), [None]

def dying(*args, **kwargs):
    if running[0] == step:
        calls[0] += 1
        if calls[0] == count:
            os.kill(os.getpid(), signal.SIGKILL)
    return original(*args, **kwargs)

setattr(database, function, dying)
Night(settings_from_json(sys.argv[1])).go(on_step=lambda name: running.__setitem__(0, name))
"""


@pytest.mark.parametrize("kill", KILLS.values(), ids=KILLS)
def test_killed_and_run_again_equals_undisturbed(
    warehouse_with_samples: Night, fresh_warehouse: Settings, kill: tuple[str, str, int]
) -> None:
    night = Night(fresh_warehouse)
    arguments = [night.settings_json(), *map(str, kill)]
    died = subprocess.run([sys.executable, "-c", DRIVER, *arguments], cwd=Path.cwd(), check=False)
    assert died.returncode == -signal.SIGKILL
    night.go()
    assert night.dump() == warehouse_with_samples.dump()


def test_two_nights_at_once_read_nothing_twice(
    warehouse_with_samples: Night, fresh_warehouse: Settings
) -> None:
    night = Night(fresh_warehouse)
    command = [sys.executable, "-c", DRIVER, night.settings_json(), "none", "run", "1"]
    both = [subprocess.Popen(command, cwd=Path.cwd()) for _ in range(2)]
    assert [process.wait() for process in both] == [0, 0]
    assert night.dump() == warehouse_with_samples.dump()

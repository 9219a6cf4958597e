"""Programs that are kept running: started again when they end, ended when the keeper is."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import psutil

from etl.setup.keeper import Kept

KEEP = """
import sys
from pathlib import Path
from etl.setup.keeper import keep
folder = sys.argv[1]
started = Path(folder, "started")
ends = f"open('{folder}/started', 'a').write('x')"
stays = f"import os, time; open('{folder}/pid', 'w').write(str(os.getpid())); time.sleep(600)"
keep([[sys.executable, "-c", ends], [sys.executable, "-c", stays]],
     lambda: started.exists() and started.stat().st_size > 1)
"""


def test_a_program_that_ends_is_started_again_after_a_pause_that_grows() -> None:
    kept = Kept([sys.executable, "-c", "pass"])

    def ended() -> None:
        assert kept.process is not None
        kept.process.wait()

    kept.look(0)
    ended()
    kept.look(1)  # found ended: two seconds of pause
    kept.look(2.9)
    assert kept.process is None
    kept.look(3)
    ended()
    kept.look(4)  # soon again: four seconds
    kept.look(7.9)
    assert kept.process is None
    kept.look(8)
    ended()
    kept.look(200)  # it had run long enough: two seconds again
    kept.look(202)
    assert kept.process is not None
    ended()


def test_a_program_that_goes_on_is_left_alone() -> None:
    kept = Kept([sys.executable, "-c", "import time; time.sleep(60)"])
    kept.look(0)
    first = kept.process
    kept.look(1000)
    assert kept.process is first and first is not None
    kept.end()
    assert first.poll() is not None


def test_when_the_keeper_is_ended_so_is_what_it_keeps(tmp_path: Path) -> None:
    keeper = subprocess.Popen([sys.executable, "-c", KEEP, str(tmp_path)])
    started, pid = tmp_path / "started", tmp_path / "pid"
    deadline = time.monotonic() + 60
    while not (
        pid.exists() and pid.read_text() and started.exists() and started.stat().st_size > 1
    ):
        assert time.monotonic() < deadline
        assert not pid.exists() or started.stat().st_size > 1, "it needs what the first serves"
        time.sleep(0.1)
    keeper.terminate()
    assert keeper.wait(30) == 0
    assert not Path(f"/proc/{int(pid.read_text())}").exists() or os.name != "posix"


LEAVES = """
import sys
from pathlib import Path
from etl.setup.keeper import keep
leaves = (
    "import os, subprocess, sys;"
    "left = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)']);"
    f"open('{sys.argv[1]}/left', 'a').write(str(left.pid) + ' '); os.kill(os.getpid(), 9)"
)
stays = f"import os, time; open('{sys.argv[1]}/pid', 'w').write(str(os.getpid())); time.sleep(600)"
keep([[sys.executable, "-c", leaves], [sys.executable, "-c", stays]], lambda: True)
"""


def test_what_a_killed_program_left_behind_is_ended_and_no_other(tmp_path: Path) -> None:
    keeper = subprocess.Popen(
        [sys.executable, "-c", LEAVES, str(tmp_path)], start_new_session=True
    )  # fmt: skip
    left, deadline = tmp_path / "left", time.monotonic() + 60
    while not (left.exists() and len(left.read_text().split()) > 2):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    stays = int((tmp_path / "pid").read_text())
    first = int(left.read_text().split()[0])
    is_left = psutil.pid_exists(first) and psutil.Process(first).status() != psutil.STATUS_ZOMBIE
    assert psutil.pid_exists(stays) and not is_left
    keeper.terminate()
    assert keeper.wait(30) == 0

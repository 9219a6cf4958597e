"""Ctrl-C ends a command in silence, wherever it is: also while it is still being imported."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from etl.ground.config import ROOT

REPORT = ROOT / "samples/inbox/bao_cao_6_thang_2025_kim_hy.xlsx"
# the keys are pressed, for all processes of the terminal, where a module begins to be imported
PRESSED = """
import os, signal, sys

class Keys:
    def find_spec(self, name, path=None, target=None):
        if name == os.environ["AT"]:
            os.killpg(0, signal.SIGINT)

sys.meta_path.insert(0, Keys())
sys.argv[0] = "khoxa"
from etl.cli import main
main()
"""


@pytest.mark.parametrize(
    "at",
    [
        *("typer", "rich.progress", "etl.cli.upkeep"),  # of any command
        *("etl.night.beside", "python_calamine", "etl.read.xlsx.cells"),  # of this one
        *("pandas", "great_expectations"),  # of the process beside it
    ],
)
def test_in_silence(at: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PRESSED, "check", str(REPORT)], cwd=ROOT, capture_output=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "AT": at}, text=True, start_new_session=True,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")

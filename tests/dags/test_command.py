"""`khoxa airflow`: Airflow's command with khoxa's settings."""

from __future__ import annotations

import os
import subprocess
import sys

from etl.ground.config import ROOT
from tests.dags.conftest import Install

KHOXA = """
import atexit, gc
from etl.cli import main
atexit.register(lambda: print(gc.get_threshold()[0], gc.get_freeze_count() > 100_000))
main()
"""


def khoxa(home: str, *words: str) -> subprocess.CompletedProcess[str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("KHOXA_", "AIRFLOW_"))}
    return subprocess.run(
        [sys.executable, "-c", KHOXA, "airflow", *words],
        env=clean | {"KHOXA_HOME": home}, capture_output=True, text=True,
    )  # fmt: skip


def test_airflow_runs_in_the_process_of_khoxa_and_is_swept_neither_at_its_start_nor_at_its_end(
    install: Install,
) -> None:
    with install() as home:
        told = khoxa(str(home), "config", "get-value", "core", "dags_folder")
        wrong = khoxa(str(home), "dags", "no-such-word")
    assert told.stdout.splitlines() == [str(ROOT / "dags"), "50000 True"], told.stderr
    assert wrong.returncode == 2 and "invalid choice: 'no-such-word'" in wrong.stderr

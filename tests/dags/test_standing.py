"""Airflow as `khoxa up` starts it: the real log files of a night's tasks; a DAG that follows it, as
docs/operations.md shows one; kill -9 of a task and of the scheduler in the middle of a night; and
PostgreSQL restarted under it. What ended is started again by itself."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil
import pytest
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from etl.ground import server
from etl.ground.config import ROOT, Settings
from tests.dags.conftest import Install
from tests.dags.test_nightly_refresh import READ, STATES, TASKS, clean_environment
from tests.night import SAMPLES, Night

PATIENCE_S = 600  # on a machine that is busy with other tests; by itself a minute is enough
PARTS = ("scheduler", "dag_processor", "triggerer")
# what is killed while a step holds the night's lock or a chunk is read, and what was filed before
KILLED = {
    "load": ["bao_cao_6_thang_2025_cuong_loi.xlsx", "bao_cao_6_thang_2025_van_lang.xlsx"],
    "read_and_normalise": ["bao_cao_6_thang_2025_kim_lu.xlsx", "bao_cao_6_thang_2025_van_vu.xlsx"],
    "scheduler": ["bao_cao_6_thang_2025_dong_xa.xlsx", "bao_cao_6_thang_2025_yen_lac.xlsx"],
}
# all but the inbox that they name
ARRIVED = "select name, seen_no, content_sha256, received_at from raw.arrival order by 1, 2"


class Standing:
    """An Airflow of a test's own."""

    def __init__(self, home: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.home, self.inbox = home, home / "inbox"
        self.environment = clean_environment(
            KHOXA_HOME=str(home),
            KHOXA_INBOX=str(self.inbox),
            KHOXA_CHUNK_FILINGS="1",
            AIRFLOW__API__PORT=str(self.port),
            AIRFLOW__CORE__DAGS_FOLDER=str(home / "dags"),
            # minutes otherwise, before a task or a scheduler without a sign of life is dead
            AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT="30",
            AIRFLOW__SCHEDULER__ORPHANED_TASKS_CHECK_INTERVAL="10",
        )

    def khoxa(self, *words: str) -> str:
        done = subprocess.run(
            [str(Path(sys.executable).parent / "khoxa"), *words],
            env=self.environment, capture_output=True, text=True,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
        return done.stdout

    def up(self) -> None:
        """As a person would on a slow machine: ask again until it is there."""
        self.until(lambda: "Airflow: http" in self._asked_up(), "khoxa up")

    def _asked_up(self) -> str:
        words = [str(Path(sys.executable).parent / "khoxa"), "up"]
        return subprocess.run(words, env=self.environment, capture_output=True, text=True).stdout

    def keeper(self) -> psutil.Process:
        """What starts the parts of Airflow again."""
        return psutil.Process(int((self.home / "airflow.pid").read_text()))

    def parts(self) -> list[psutil.Process]:
        """The running processes of Airflow."""
        return [self.keeper(), *self.keeper().children(recursive=True)]

    def health(self) -> dict[str, Any]:
        url = f"http://127.0.0.1:{self.port}/api/v2/monitor/health"
        try:
            with urllib.request.urlopen(url, timeout=10) as answer:
                found: dict[str, Any] = json.load(answer)
                return found
        except OSError:
            return {}

    def beats(self) -> dict[str, str]:
        """The latest heartbeat of each part that is healthy."""
        health = self.health()
        return {
            part: health[part][f"latest_{part}_heartbeat"]
            for part in PARTS
            if health and health[part]["status"] == "healthy"
        }

    def until(self, is_so: Callable[[], bool], what: str) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while not is_so():
            log = self.home / "airflow.log"
            tail = log.read_text(errors="replace")[-3000:] if log.exists() else ""
            assert time.monotonic() < deadline, f"{what}: not within {PATIENCE_S} s\n{tail}"
            time.sleep(2)

    def ask(self, query: str, name: str = "airflow") -> list[tuple[Any, ...]]:
        """A question to Airflow's metadata, or to the warehouse."""
        url = server.url(str(self.home / "postgres"), "postgres", name)
        with create_engine(url, poolclass=NullPool).connect() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(query)]

    def at_work(self, task: str) -> int:
        """The process of a task, once it holds the night's lock (none of the chunks does)."""
        locked = (
            "select 1 from pg_locks where granted and mode = 'ExclusiveLock'"
            " and relation = 'ops.night'::regclass"
        )
        running = f"select pid from task_instance where task_id = '{task}' and state = 'running'"
        if task in READ:
            locked = "select 1"
        deadline = time.monotonic() + PATIENCE_S
        while not (self.ask(running) and self.ask(locked, "khoxa") and self.ask(running)):
            assert time.monotonic() < deadline, f"{task} never came to work"
            time.sleep(0.02)
        return int(self.ask(running)[0][0])

    def pages(self) -> int:
        return len(list((self.home / "summaries").glob("*.html")))

    def log(self, task: str, dag: str = "nightly_refresh") -> list[str]:
        """What the latest attempt of a task wrote to its log file, in the DAG's first run."""
        run = sorted((self.home / "airflow" / "logs" / f"dag_id={dag}").iterdir())[0]
        attempts = sorted((run / f"task_id={task}").rglob("*.log"))
        lines = attempts[-1].read_text(encoding="utf-8").splitlines()
        return [str(json.loads(line).get("event", "")) for line in lines]


def example() -> str:
    """The DAG of docs/operations.md that follows the night."""
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    (found,) = re.findall(r"```python\n(.+?)```", page, re.S)
    return str(found)


@pytest.fixture(scope="module")
def standing(install: Install) -> Iterator[Standing]:
    with install() as home:
        yield from _stood(Standing(home), home)


def _stood(airflow: Standing, home: Path) -> Iterator[Standing]:
    airflow.inbox.mkdir()
    (home / "dags").mkdir()
    shutil.copy(
        ROOT / "dags" / "nightly_refresh.py", home / "dags"
    )  # nobody else empties the inbox
    (home / "dags" / "after_khoxa.py").write_text(example(), encoding="utf-8")
    for name in STATES:
        shutil.copy(SAMPLES / "inbox" / name, airflow.inbox)
        os.utime(airflow.inbox / name, (0, 0))  # there before the hour of the first night
    try:
        airflow.up()
        # Airflow starts with the run that was due last
        airflow.until(lambda: airflow.pages() == 1, "the first night")
        yield airflow
    finally:
        airflow.khoxa("down")


def test_the_log_file_of_each_task_says_in_vietnamese_what_happened(standing: Standing) -> None:
    said = {
        "receive": "Nhận 3 tệp mới: ",
        "stage": "Đọc 3 tệp, 3 hồ sơ: ",
        "check": "(numerator-not-above-denominator): 1 chỗ trong 1 hồ sơ, của Xã Văn Lang",
        "load": "Được nhận 2 hồ sơ, trả lại 1 hồ sơ.",
        "aggregate": "Tính lại ",
        "publish": "Viết 1 tệp trả lại vào ",
        "answer": "hư ",  # "Thư trả lời: …" or "Không có thư nào …"
        "record": "Tóm tắt đêm chạy: ",
    }
    assert {*said, *READ} == {*TASKS, "record"}
    for task, words in said.items():
        assert any(words in line for line in standing.log(task)), (task, standing.log(task))
        assert len(standing.log(task)) < 40, "nothing that an operator has to read past"


def test_chunks_are_read_side_by_side(standing: Standing) -> None:
    pairs = (
        "select count(*) from task_instance as a inner join task_instance as b"
        " on b.run_id = a.run_id and b.map_index > a.map_index and b.pid <> a.pid"
        " and a.start_date < b.end_date and b.start_date < a.end_date"
        " where a.task_id = 'read_and_normalise' and b.task_id = a.task_id"
    )
    assert standing.ask(pairs)[0][0] > 0


def test_nothing_listens_to_another_machine(standing: Standing) -> None:
    open_to = {
        f"{place.laddr.ip}:{place.laddr.port}"
        for process in standing.parts()
        for place in _connections(process)
        if place.status == psutil.CONN_LISTEN
    }
    assert f"127.0.0.1:{standing.port}" in open_to
    assert all(place.startswith("127.0.0.1:") for place in open_to), open_to


def _connections(process: psutil.Process) -> list[Any]:
    """None of a process that has ended since it was listed."""
    try:
        return list(process.net_connections("inet"))
    except (psutil.NoSuchProcess, FileNotFoundError):
        return []


def test_a_dag_of_the_province_s_own_follows_what_is_fresh(standing: Standing) -> None:
    follower = standing.home / "airflow" / "logs" / "dag_id=after_khoxa"
    standing.until(lambda: any(follower.rglob("*.log")), "the follower's log")
    standing.until(
        lambda: any("Kho vừa có số liệu mới" in line
                    for line in standing.log("refresh_dashboards", "after_khoxa")),
        "what the follower prints",
    )  # fmt: skip


@pytest.mark.parametrize("killed", KILLED)
def test_killed_in_the_middle_a_night_ends_by_itself(standing: Standing, killed: str) -> None:
    ended = "select state from dag_run where dag_id = 'nightly_refresh' and run_type = 'manual'"
    wanted = [*standing.ask(ended), ("success",)]
    for name in KILLED[killed]:
        shutil.copy(SAMPLES / "inbox" / name, standing.inbox)
    standing.khoxa("airflow", "dags", "trigger", "nightly_refresh")
    victim = standing.at_work("aggregate" if killed == "scheduler" else killed)
    if killed == "scheduler":
        (victim,) = (p.pid for p in standing.keeper().children() if "scheduler" in p.cmdline())
    os.kill(victim, signal.SIGKILL)
    standing.until(lambda: standing.ask(ended) == wanted, "the end of the night")


def test_the_warehouse_is_that_of_undisturbed_nights(standing: Standing, install: Install) -> None:
    ran = "select run_after from dag_run where dag_id = 'nightly_refresh' order by start_date"
    filed = [list(STATES), *KILLED.values()]
    with install() as home:
        quiet = Standing(home)
        quiet.inbox.mkdir()
        for (when,), names in zip(standing.ask(ran), filed, strict=True):
            for name in names:
                shutil.copy(SAMPLES / "inbox" / name, quiet.inbox)
            quiet.khoxa("run", "--received-at", when.isoformat())
        nights = [Night(Settings(home=each.home, inbox="")) for each in (standing, quiet)]
        dumps = [night.dump() | {"raw.arrival": night.rows(ARRIVED)} for night in nights]
    assert {name for name in dumps[0] if dumps[0][name] != dumps[1][name]} == set()


def test_postgresql_restarted_under_it_leaves_no_dead_scheduler(standing: Standing) -> None:
    pages = standing.pages()
    standing.khoxa("db", "stop")
    standing.khoxa("db", "start")
    # a scheduler that asked nothing meanwhile lives on, another has ended and is started again
    back = datetime.now(UTC).isoformat()
    standing.until(
        lambda: len(beats := standing.beats()) == len(PARTS) and min(beats.values()) > back,
        "every part is healthy again",
    )
    standing.khoxa("airflow", "dags", "trigger", "nightly_refresh")
    standing.until(lambda: standing.pages() == pages + 1, "the next night")
    skipped = "select task_id from task_instance where state = 'skipped'"
    assert standing.ask(skipped) == [], "nothing was filed, yet reminders and marts are due"
    assert "khoxa" in standing.khoxa("summary")

"""The DAG that collects by day: four real servers and folders, then the night that loads it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from etl.ground.config import ROOT, Settings
from etl.setup.airflow_home import environment
from tests.dags.conftest import Install
from tests.helpers import file_servers, mail_server
from tests.helpers.mail_server import MailServer, mail
from tests.night import SAMPLES, Night

LOCAL = ROOT / "samples" / "local"
UNITS = {"imap": "kim_hy", "sftp": "duong_son", "s3": "kim_lu", "inbox": "cu_le"}
REPORTS = {
    way: SAMPLES / "inbox" / f"bao_cao_6_thang_2025_{unit}.xlsx" for way, unit in UNITS.items()
}
AIRFLOW = """
import json, os, shutil, sys
from airflow.dag_processing.dagbag import DagBag
bag = DagBag(dag_folder=sys.argv[1] + "/receive_filings.py")  # not what others import
dag = bag.dags["receive_filings"]
parsed = {
    "errors": bag.import_errors,
    "modules": sorted({name.split(".")[0] for name in sys.modules}),
    "chain": {task.task_id: sorted(task.upstream_task_ids) for task in dag.topological_sort()},
    "doc_md": dag.doc_md,
    "timezone": str(dag.timezone),
    "max_active_runs": dag.max_active_runs,
    "catchup": dag.catchup,
}
from airflow.__main__ import main
from airflow.utils.session import create_session
from airflow.models import TaskInstance
def run(name):
    sys.argv = ["airflow", "dags", "test", name]
    try:
        main()
        return 0
    except SystemExit as ended:
        return ended.code
exits = [run("receive_filings"), run("nightly_refresh")]
os.environ["AIRFLOW_CONN_KHOXA_IMAP"] = os.environ["UNREACHABLE"]
os.environ["AIRFLOW_CONN_KHOXA_S3"] = ""  # as docker-compose.yml leaves what .env does not name
exits.append(run("receive_filings"))
with create_session() as session:
    rows = session.query(TaskInstance.dag_id, TaskInstance.run_id, TaskInstance.task_id,
                         TaskInstance.map_index, TaskInstance.state).all()
print()
print("TOLD " + json.dumps([parsed, exits, [list(map(str, row)) for row in rows]]))
"""


class Airflow(NamedTuple):
    """What a fresh interpreter parses; how runs in it ended; the state of every task."""

    parsed: dict[str, Any]
    exits: list[object]
    tasks: list[list[str]]
    said: str


def clean(**wanted: str) -> dict[str, str]:
    ours = ("KHOXA_", "AIRFLOW_")
    return {k: v for k, v in os.environ.items() if not k.startswith(ours)} | wanted


@pytest.fixture(scope="module")
def home(install: Install) -> Iterator[Path]:
    with install() as home:
        yield home


@pytest.fixture(scope="module")
def mailbox() -> Iterator[MailServer]:
    with mail_server.mail_server() as running:
        running.put(mail("kimhy@example.org", REPORTS["imap"]))
        yield running


@pytest.fixture(scope="module")
def airflow(
    home: Path, mailbox: MailServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Airflow]:
    """A day with all four ways in, the night after it, and a day when two servers are gone."""
    sent, inbox = tmp_path_factory.mktemp("sftp"), tmp_path_factory.mktemp("inbox")
    (sent / "nop").mkdir()
    shutil.copy(REPORTS["sftp"], sent / "nop")
    (sent / "nop" / "2024").mkdir()
    (sent / "nop" / "khac.xlsx").symlink_to("/etc/passwd")
    (sent / "nop" / "bieu.xlsx.filepart").write_bytes(b"PK")
    shutil.copy(REPORTS["inbox"], inbox)
    with ExitStack() as servers:
        sftp = servers.enter_context(file_servers.sftp_server(sent))
        s3 = servers.enter_context(
            file_servers.s3_server("nop-bao-cao", "nam_2025/", REPORTS["s3"])
        )
        imap = {"conn_type": "imap", "host": "127.0.0.1", "port": mailbox.port,
                "login": mail_server.USER, "password": mail_server.PASSWORD,
                "extra": {"use_ssl": False}}  # fmt: skip
        login = {"login": file_servers.USER, "password": file_servers.PASSWORD}
        connections = {
            "KHOXA_IMAP": imap,
            "KHOXA_SFTP": {"conn_type": "sftp", "host": "127.0.0.1", "port": sftp, **login,
                           "extra": {"no_host_key_check": True, "folder": "/nop"}},
            "KHOXA_S3": {"conn_type": "aws", **login,
                         "extra": {"endpoint_url": s3, "region_name": "us-east-1",
                                   "folder": "nop-bao-cao/nam_2025"}},
        }  # fmt: skip
        wanted = environment(Settings(home=home, inbox=str(inbox), local_folder=LOCAL))
        wanted |= {f"AIRFLOW_CONN_{k}": json.dumps(v) for k, v in connections.items()}
        done = subprocess.run(
            [sys.executable, "-c", AIRFLOW, str(ROOT / "dags")],
            env=clean(**wanted, UNREACHABLE=json.dumps(imap | {"port": 1})),
            capture_output=True, text=True,
        )  # fmt: skip
    said = done.stdout + done.stderr
    assert done.returncode == 0, said[-6000:]
    told = next(line for line in done.stdout.splitlines() if line.startswith("TOLD "))
    yield Airflow(*json.loads(told.removeprefix("TOLD ")), said)


def states(airflow: Airflow, run: int) -> dict[tuple[str, str], str]:
    """The states of the tasks of the first or second day."""
    rows = [row for row in airflow.tasks if row[0] == "receive_filings"]
    runs = sorted({row[1] for row in rows})
    return {(task, index): state for _dag, name, task, index, state in rows if name == runs[run]}


def test_what_airflow_reads(airflow: Airflow) -> None:
    parsed = airflow.parsed
    assert parsed["errors"] == {}
    assert parsed["chain"] == {
        "collect": [],
        "read_and_normalise": ["collect"],
        "check": ["read_and_normalise"],
        "publish": ["check"],
        "answer": ["publish"],
        "all_reached": ["collect"],
    }
    assert parsed["timezone"] == "Asia/Ho_Chi_Minh"
    assert (parsed["max_active_runs"], parsed["catchup"]) == (1, False)
    assert all(f"| {name} |" in parsed["doc_md"] for name in parsed["chain"])
    heavy = {"great_expectations", "pandas", "openpyxl", "paramiko", "boto3", "imaplib"}
    assert not heavy & set(parsed["modules"])


def test_all_four_ways_in(home: Path, airflow: Airflow, mailbox: MailServer) -> None:
    assert airflow.exits[0] in (0, None), airflow.said[-6000:]
    assert set(states(airflow, 0).values()) == {"success"}
    night = Night(Settings(home=home, inbox=""))
    names = sorted((path.name, "accepted") for path in REPORTS.values())
    assert night.rows("select original_name, state from raw.filing order by 1") == names
    assert mailbox.flags() == ["\\Seen"]
    assert night.rows("select way, name, rule from ops.not_taken order by 1, 2") == [
        ("sftp", "2024", "inbox-folder"),
        ("sftp", "bieu.xlsx.filepart", "inbox-changing"),
        ("sftp", "khac.xlsx", "inbox-link"),
    ]


def test_the_night_does_not_check_again_what_the_day_did(home: Path, airflow: Airflow) -> None:
    assert airflow.exits[1] in (0, None), airflow.said[-6000:]
    steps = json.loads((home / "last_run.json").read_text(encoding="utf-8"))["steps"]
    assert steps["receive"] == {"received": 0}
    assert steps["read_and_normalise"] == {"read": 0}
    assert steps["load"]["raw.filing"] == len(REPORTS)


def test_a_dead_server_is_red_and_stops_nothing_else(airflow: Airflow) -> None:
    assert airflow.exits[2] not in (0, None)
    found = states(airflow, 1)
    ways = {index: state for (task, index), state in found.items() if task == "collect"}
    assert ways == {"0": "success", "1": "failed", "2": "success", "3": "skipped"}
    assert found["check", "-1"] == "success"
    assert found["all_reached", "-1"] == "upstream_failed"

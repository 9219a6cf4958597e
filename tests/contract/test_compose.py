"""docker-compose.yml: what can be read off it, and a rehearsal of it without containers.

Healthy is what the file's own checks say (`tests/compose.py`).
"""

from __future__ import annotations

import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError

from etl.ground import server
from etl.ground.config import ROOT, Settings
from etl.setup import airflow_home, superset_home
from tests.compose import COMPOSE, EXAMPLE, SERVICES, VARIABLE, Postgres, Server, dot_env
from tools.rehearse.__main__ import OTHERS

ONE_SHOT = {"airflow-init", "khoxa-init", "superset-init", "khoxa"}
SUPERSET_CODE = "".join(
    file.read_text(encoding="utf-8") for file in (ROOT / "bi" / "superset").glob("*.py")
)
COMPONENTS = ("airflow-scheduler", "airflow-dag-processor", "airflow-triggerer")
REQUIRED = re.compile(r"\$\{\w+:\?[^}]+\}")


def leaves(node: Any) -> Iterator[str]:
    if isinstance(node, dict | list):
        for child in node.values() if isinstance(node, dict) else node:
            yield from leaves(child)
    else:
        yield str(node)


def test_secrets_come_from_the_environment_and_have_no_default():
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            if re.search(r"(PASSWORD|SECRET|KEY|AUTH)$", name):
                assert REQUIRED.fullmatch(value), name
    for text in leaves(SERVICES):
        for login in re.findall(r"://([^/]*)@", text):
            assert ":" not in login, "no password is part of an address"


def test_every_variable_is_in_env_example_which_gives_none_a_value():
    used = {(m[1], m[2]) for m in VARIABLE.finditer(COMPOSE) if m[1]}
    must = set(re.findall(r"^([A-Z_]+)=$", EXAMPLE, re.MULTILINE))
    may = set(re.findall(r"^# ([A-Z0-9_]+) {2}", EXAMPLE, re.MULTILINE))
    assert {name for name, kind in used if kind == ":?"} == must
    assert {name for name, kind in used if kind == ":-"} == may
    assert {name for name, _kind in used} == must | may
    assert not re.search(r"^[^#].*=.", EXAMPLE, re.MULTILINE)


@pytest.mark.parametrize("name", SERVICES)
def test_a_service(name: str):
    service = SERVICES[name]
    assert re.search(r":\d+", service["image"]), "pinned to a major version at least"
    assert ("healthcheck" in service) != (name in ONE_SHOT)
    own = service["image"].startswith("khoxa")
    assert (service.get("pull_policy") == "never") == own
    assert ("build" in service) == (name in {"khoxa-init", "superset-init"}), "one build an image"
    assert service["restart"] == ("no" if name in ONE_SHOT else "unless-stopped")
    assert all(port.startswith("127.0.0.1:") for port in service.get("ports", []))
    assert "privileged" not in service
    if own:
        assert service["cap_drop"] == ["ALL"]
    for other, wait in service.get("depends_on", {}).items():
        one_shot = other in ONE_SHOT
        wanted = "service_completed_successfully" if one_shot else "service_healthy"
        assert wait["condition"] == wanted


def test_what_an_operator_relies_on():
    """Steps at work have five minutes to end; one that failed begins again after one, is dead after
    two without a sign of life, after one where its scheduler died; `khoxa` waits for PostgreSQL
    alone and writes into the data folder."""
    for name in ("airflow-scheduler", "airflow-worker"):
        assert SERVICES[name]["stop_grace_period"] == "5m"
        waits = SERVICES[name]["environment"]
        assert waits["AIRFLOW__CORE__DEFAULT_TASK_RETRY_DELAY"] == "60"
        assert waits["AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT"] == "120"
        assert waits["AIRFLOW__SCHEDULER__ORPHANED_TASKS_CHECK_INTERVAL"] == "60"
    assert set(SERVICES["khoxa"]["depends_on"]) == {"postgres"}
    assert SERVICES["khoxa"]["working_dir"] == SERVICES["khoxa"]["environment"]["KHOXA_HOME"]


def test_its_postgresql_is_set_as_khoxas_own():
    program, *words = SERVICES["postgres"]["command"]
    assert program == "postgres" and set(words[::2]) == {"-c"}
    given = dict(word.split("=") for word in words[1::2])
    of_the_log = {"wal_level", "max_wal_senders"}  # it may be shipped to another machine
    assert given == {n: v for n, v in server.TUNING.items() if n not in of_the_log}


def test_each_login_goes_where_it_is_needed_and_nowhere_else():
    def knows(variable: str) -> set[str]:
        return {n for n, s in SERVICES.items() if any(variable in x for x in leaves(s))}

    airflow = {n for n in SERVICES if n.startswith("airflow-")} - {"airflow-worker"}
    assert knows("POSTGRES_PASSWORD") == {"postgres"}
    assert knows("KHOXA_OWNER_PASSWORD") == {"postgres", "khoxa-init"}
    assert knows("BI_READER_PASSWORD") == {"postgres", "khoxa", "superset-init"}
    assert knows("SUPERSET_DB_PASSWORD") == {"postgres", "superset-init", "superset"}
    assert knows("SUPERSET_SECRET_KEY") == {"superset-init", "superset"}
    assert knows("SUPERSET_ADMIN_PASSWORD") == {"superset-init"}
    keep = {"khoxa", "khoxa-init"}  # back its metadata up, restore it
    assert knows("AIRFLOW_DB_PASSWORD") == airflow | keep | {"postgres"}
    assert knows("AIRFLOW_JWT_SECRET") == knows("AIRFLOW_FERNET_KEY") == airflow
    assert knows("AIRFLOW_ADMIN_PASSWORD") == {"airflow-api-server"}


@pytest.mark.parametrize(("folder", "user"), [("", "khoxa"), ("bi/superset", "superset")])
def test_an_image_runs_as_nobody_in_particular_and_from_the_lock(folder: str, user: str):
    lines = (ROOT / folder / "Dockerfile").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line.startswith("USER")] == [f"USER {user}"]
    lock = "requirements.lock"
    if "ARG LOCK=requirements.lock" in lines:
        lock = '"$lock"'
    assert any(f"--require-hashes -r {lock}" in line for line in lines)
    ignored = (ROOT / folder / ".dockerignore").read_text(encoding="utf-8").split("\n")
    assert "*" in ignored, "nothing enters the image unless it is named"


def test_what_the_image_is_built_of_enters_it():
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    locks = re.findall(r"requirements[\w-]*\.lock", COMPOSE + EXAMPLE)
    scripts = re.findall(r"/opt/khoxa/([a-z]+)/", COMPOSE)
    extras = {f"requirements-{name}.lock" for name in ("s3", "fab")}
    assert {"requirements.lock", *extras} == set(locks)
    assert {f"!{name}" for name in (*locks, *scripts)} <= set(ignored)


def test_one_image_may_have_every_lock():
    """All have what the first has, and a package that several have is of the same versions in each
    (more than one where that depends on Python's)."""
    versions: dict[str, dict[str, list[str]]] = {}
    for lock in ROOT.glob("requirements*.lock"):
        pins = re.findall(r"^(\S+)==(\S+)", lock.read_text(encoding="utf-8"), re.MULTILINE)
        for name, version in pins:
            versions.setdefault(name, {}).setdefault(lock.name, []).append(version)
    assert all(len(of) == 4 for of in versions.values() if "requirements.lock" in of)
    different = {n: of for n, of in versions.items() if len(set(map(tuple, of.values()))) > 1}
    assert not different and len(versions) > 200


def test_a_server_waits_for_airflows_api_as_a_laptop_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Five seconds are too short on a busy machine: steps without a second try failed."""
    monkeypatch.setenv("AIRFLOW__DATABASE__SQL_ALCHEMY_CONN", "not asked")
    laptop = airflow_home.environment(Settings(home=tmp_path, inbox=""))
    name = "AIRFLOW__WORKERS__EXECUTION_API_TIMEOUT"
    for service in ("airflow-scheduler", "airflow-worker"):
        assert SERVICES[service]["environment"][name] == laptop[name]


def test_the_servers_page_names_every_part_of_the_rehearsal():
    page = (ROOT / "docs" / "server.md").read_text(encoding="utf-8")
    rows = "".join(line.split("|")[1] for line in page.splitlines() if line.startswith("| `"))
    assert {f"`{part.__name__}`" for part in OTHERS} <= set(re.findall(r"`\w+`", rows))


def test_superset_serves_alike_on_a_laptop_and_on_a_server():
    command = SERVICES["superset"]["command"]
    assert command[1:5] == list(superset_home.SERVER)
    wanted = {"SUPERSET_CONFIG_PATH", "SUPERSET_HOME"}
    image = (ROOT / "bi" / "superset" / "Dockerfile").read_text(encoding="utf-8")
    asked = set(re.findall(r'os\.environ(?:\["|\.get\(")(\w+)"', SUPERSET_CODE))
    asked |= {"PGPASSWORD"}  # the driver's
    given = SERVICES["superset"]["environment"].keys() | SERVICES["superset-init"]["environment"]
    assert asked == set(given) and all(f"{name}=" in image for name in wanted)


@pytest.fixture
def stack() -> Iterator[Server]:
    home = Path(tempfile.mkdtemp(prefix="khoxa-"))
    home.chmod(0o755)  # started by root, PostgreSQL runs as another user
    for folder in ("khoxa", "airflow"):
        (home / folder).mkdir()
    folders = {
        "KHOXA_DATA_DIR": str(home / "khoxa"),
        "KHOXA_INBOX_DIR": str(ROOT / "samples" / "inbox"),
    }
    stack = Server(home, dot_env(folders))
    postgres = Postgres(stack)
    try:
        postgres.first_start()
        postgres.listen("127.0.0.1")
        yield stack
    finally:
        stack.stop()
        postgres.stop()
        shutil.rmtree(home)


def test_rehearsal(stack: Server):
    stack.wait_healthy("postgres")
    stack.run("airflow-init", "khoxa-init")
    stack.start("airflow-api-server")
    stack.wait_healthy("airflow-api-server")
    for name in COMPONENTS:
        stack.start(name)
    stack.wait_jobs(len(COMPONENTS))
    stack.wait_healthy(*COMPONENTS)
    assert first_night(stack) == "success", stack.log("airflow-scheduler")
    assert stack.ask("bi_reader", "khoxa", "select count(*) from mart.indicator_by_unit") > 0
    refused(stack, "bi_reader", "khoxa", "select * from raw.filing")
    refused(stack, "bi_reader", "airflow", "select 1")
    refused(stack, "bi_reader", "khoxa", "select 1", password="wrong")
    refused(stack, "khoxa_loader", "khoxa", "create table mart.mine (x int)")
    refused(stack, "airflow", "khoxa", "select 1")
    stack.run("khoxa")
    assert "Hồ sơ đã nhận" in (stack.home / "khoxa.log").read_text(encoding="utf-8")


def first_night(stack: Server) -> str:
    """Trigger the nightly DAG as a person would, and wait until a run of it has ended.

    That is the run of the schedule's last night, which a new server makes at once; the one
    triggered waits behind it.
    """
    stack.exec("airflow-scheduler", "airflow", "dags", "trigger", "nightly_refresh")
    login = {"username": "admin", "password": stack.values["AIRFLOW_ADMIN_PASSWORD"]}
    token = stack.api("/auth/token", login)["access_token"]
    deadline = time.monotonic() + 300
    while time.monotonic() < deadline:
        runs = stack.api("/api/v2/dags/nightly_refresh/dagRuns", token=token)["dag_runs"]
        assert {run["run_type"] for run in runs} == {"scheduled", "manual"}
        ended = [run["state"] for run in runs if run["end_date"]]
        if ended:
            return ended[0]
        time.sleep(1)
    raise AssertionError(stack.log("airflow-scheduler"))


def refused(stack: Server, role: str, database: str, query: str, password: str = "") -> None:
    with pytest.raises(DBAPIError, match=r"denied|authentication failed"):
        stack.ask(role, database, query, password)

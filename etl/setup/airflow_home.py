"""Airflow's settings for a machine without a server: its state under KHOXA_HOME, its metadata
in a database of the embedded PostgreSQL. On a server, docker-compose.yml sets the same names.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

from sqlalchemy import text

from etl.ground import database, server
from etl.ground.config import ROOT, TIMEZONE, Settings
from etl.ground.errors import AirflowDown, KhoxaError

METADATA = "airflow"
PORT = int(os.environ.get("AIRFLOW__API__PORT", "8080"))
UI = f"http://127.0.0.1:{PORT}"
_PATIENCE_S = 120


def environment(settings: Settings) -> dict[str, str]:
    """AIRFLOW__* variables (all of them may be overridden from outside); makes the database."""
    home = settings.home / "airflow"
    home.mkdir(parents=True, exist_ok=True)
    wanted = {
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__CORE__DAGS_FOLDER": str(ROOT / "dags"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
        "AIRFLOW__CORE__PARALLELISM": "4",
        "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
        "AIRFLOW__CORE__DEFAULT_TIMEZONE": TIMEZONE,
        "AIRFLOW__CORE__DEFAULT_TASK_RETRY_DELAY": "5",
        "AIRFLOW__API__HOST": "127.0.0.1",
        "AIRFLOW__LOGGING__LOGGING_LEVEL": "WARNING",
        "AIRFLOW__DAG_PROCESSOR__REFRESH_INTERVAL": "60",
        "KHOXA_HOME": str(settings.home),
        "KHOXA_INBOX": settings.inbox,
        **({"KHOXA_LOCAL": str(settings.local_folder)} if settings.local_folder else {}),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}",
        "PYTHONPATH": str(ROOT),
    }
    if "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN" not in os.environ:
        wanted["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"] = _metadata_url(settings)
    always = ("PATH", "KHOXA_HOME", "KHOXA_INBOX", "KHOXA_LOCAL")
    return {k: v for k, v in wanted.items() if k in always or k not in os.environ}


def _metadata_url(settings: Settings) -> str:
    socket_dir = server.start(settings.pgdata)
    admin = database.administrator(socket_dir)
    with admin.connect() as connection:
        if METADATA not in set(connection.scalars(text("select datname from pg_database"))):
            connection.exec_driver_sql("create role airflow login")
            connection.exec_driver_sql(f"create database {METADATA} owner airflow")
    return server.url(socket_dir, "airflow", METADATA)


def executable() -> str:
    """Airflow's command of this Python environment."""
    return shutil.which("airflow", path=str(Path(sys.executable).parent)) or "airflow"


def up(settings: Settings) -> str:
    """Start Airflow (scheduler, DAG processor, triggerer, UI) in the background.

    Returns where the UI is and who may log in. Raises AirflowDown if it is not healthy in time,
    KhoxaError if the port of the UI is taken.
    """
    if _running(settings) is None:
        _claim_port()
        env = {**os.environ, **environment(settings)}
        Path(settings.inbox).mkdir(parents=True, exist_ok=True)
        for secret in (_log(settings), _passwords(settings)):  # Airflow logs the one it makes
            secret.touch(mode=0o600)
        with _log(settings).open("wb") as log:
            fcntl.flock(
                log, fcntl.LOCK_EX
            )  # held by Airflow, which inherits it, as long as it runs
            process = subprocess.Popen(
                [executable(), "standalone"],
                env=env,
                stdout=log,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
        _pid_file(settings).write_text(str(process.pid), encoding="ascii")
    deadline = time.monotonic() + _PATIENCE_S
    while not _healthy():
        if time.monotonic() > deadline or _running(settings) is None:
            raise AirflowDown(str(_log(settings)))
        time.sleep(1)
    return f"Airflow: {UI}\n{_logins(settings)}"


def down(settings: Settings) -> bool:
    """Stop what `up` started, all of it; False if nothing ran."""
    pid = _running(settings)
    if pid is None:
        return False
    deadline = time.monotonic() + 30
    with suppress(ProcessLookupError):  # once the last process of the group is gone
        os.killpg(pid, signal.SIGTERM)
        while time.monotonic() < deadline:
            time.sleep(0.2)
            os.killpg(pid, 0)
        os.killpg(pid, signal.SIGKILL)
    _pid_file(settings).unlink()
    return True


def _running(settings: Settings) -> int | None:
    """The process that `up` started, if it still holds its log.

    A process number alone would not do: after a restart of the machine another has it.
    """
    if not _log(settings).exists():
        return None
    with _log(settings).open("rb") as log:
        try:
            fcntl.flock(log, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return int(_pid_file(settings).read_text(encoding="ascii"))
    return None


def _claim_port() -> None:
    """Whoever answers on our port is not ours: its health would be taken for ours."""
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", PORT)) == 0:
            raise KhoxaError(
                f"cổng {PORT} đã có chương trình khác dùng, đặt AIRFLOW__API__PORT"
                f" / port {PORT} is taken, set AIRFLOW__API__PORT"
            )


def _pid_file(settings: Settings) -> Path:
    return settings.home / "airflow.pid"


def _log(settings: Settings) -> Path:
    return settings.home / "airflow.log"


def _passwords(settings: Settings) -> Path:
    return settings.home / "airflow" / "simple_auth_manager_passwords.json.generated"


def _healthy() -> bool:
    """Whether the scheduler, the metadata database and the DAG processor all say so."""
    try:
        with urllib.request.urlopen(f"{UI}/api/v2/monitor/health", timeout=3) as answer:  # noqa: S310
            health = json.load(answer)
    except (OSError, ValueError):
        return False
    wanted = ("metadatabase", "scheduler", "dag_processor")
    return all(health[name]["status"] == "healthy" for name in wanted)


def _logins(settings: Settings) -> str:
    """The generated login of Airflow's simple auth manager; no password is fixed anywhere."""
    logins = json.loads(_passwords(settings).read_text(encoding="utf-8") or "{}")
    return "\n".join(f"đăng nhập / login: {name} / {word}" for name, word in logins.items())

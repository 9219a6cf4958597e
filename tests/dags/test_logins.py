"""Airflow with a login each, as processes: what a viewer, an officer and an admin may do over HTTP.

Runs where `make test-logins` has made .venv-fab from requirements-fab.lock.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from etl.ground import server
from etl.ground.config import ROOT, Settings
from etl.setup.logins import MANAGER, NoLogins, environment
from tests.dags.test_nightly_refresh import clean_environment
from tests.helpers.logins import ASKED, LOGINS, password, wrong

PYTHON = ROOT / ".venv-fab" / "bin" / "python"
KHOXA = [str(PYTHON), "-c", "from etl.cli import main; main()"]
PATIENCE_S = 600


class Pages:
    """Airflow's API server, and who asks it."""

    def __init__(self, home: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.environment = clean_environment(
            KHOXA_HOME=str(home), PYTHONPATH=str(ROOT), AIRFLOW__API__PORT=str(self.port),
            AIRFLOW__CORE__AUTH_MANAGER=MANAGER,
        )  # fmt: skip

    def khoxa(self, *words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        """As at a terminal that is none: what would be typed comes from standard input."""
        return subprocess.run(
            [*KHOXA, *words], env=self.environment, input=typed, capture_output=True, text=True,
            start_new_session=True,
        )  # fmt: skip

    def ask(
        self, method: str, path: str, body: dict[str, Any] | None = None, token: str = ""
    ) -> tuple[int, Any]:
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}", method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json", "Authorization": f"Bearer {token}"},
        )  # fmt: skip
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                return answer.status, json.loads(answer.read() or b"{}")
        except urllib.error.HTTPError as error:
            return error.code, {}
        except OSError:
            return 0, {}

    def token(self, name: str, word: str) -> tuple[int, str]:
        status, told = self.ask("POST", "/auth/token", {"username": name, "password": word})
        return status, told.get("access_token", "")


@pytest.fixture(scope="module")
def pages() -> Iterator[Pages]:
    if not PYTHON.exists():
        pytest.skip("make test-logins makes .venv-fab, with Airflow's FAB provider")
    home = Path(tempfile.mkdtemp(prefix="khoxa-"))
    home.chmod(0o755)
    airflow = Pages(home)
    process = None
    try:
        for words in (("db", "migrate"), ("dags", "reserialize")):
            done = airflow.khoxa("airflow", *words)
            assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
        for name, role in LOGINS.items():
            typed = f"{password(role)}\n{password(role)}\n"
            done = airflow.khoxa(
                "login", name, "--role", role, "--email", f"{name}@x.vn", typed=typed
            )
            assert f"{name}: {role}" in done.stdout, done.stdout[-2000:] + done.stderr[-2000:]
        with (home / "api.log").open("w") as log:
            process = subprocess.Popen(
                [*KHOXA, "airflow", "api-server", "--workers", "1"],
                env=airflow.environment, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        deadline = time.monotonic() + PATIENCE_S
        while airflow.ask("GET", "/api/v2/monitor/health")[0] != 200:
            assert time.monotonic() < deadline, (home / "api.log").read_text()[-3000:]
            time.sleep(1)
        yield airflow
    finally:
        if process:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        server.stop(home / "postgres")
        shutil.rmtree(home, ignore_errors=True)


def test_each_may_what_the_role_may(pages: Pages) -> None:
    tokens = {role: pages.token(name, password(role))[1] for name, role in LOGINS.items()}
    assert all(tokens.values())
    base = "/api/v2/dags/nightly_refresh/dagRuns"
    status, run = pages.ask("POST", base, {"logical_date": None}, tokens["admin"])
    assert status == 200
    found: dict[str, dict[str, int]] = {}
    for what, (method, path, body, _who) in ASKED.items():
        where = "/api/v2" + path.format("nightly_refresh", run=run["dag_run_id"])
        found[what] = {
            role: pages.ask(method, where, body, token)[0] for role, token in tokens.items()
        }
    assert not wrong(found)


def test_no_login_and_a_wrong_password_are_refused(pages: Pages) -> None:
    assert pages.ask("GET", "/api/v2/dags")[0] == 401
    assert pages.token("xem", "không phải")[0] == 401


def test_a_login_gets_another_role_and_password(pages: Pages) -> None:
    typed = "mật khẩu khác hẳn\nmật khẩu khác hẳn\n"
    done = pages.khoxa("login", "xem", "--role", "admin", "--email", "xem@x.vn", typed=typed)
    assert done.returncode == 0, done.stderr[-2000:]
    assert pages.token("xem", password("viewer"))[0] == 401
    _status, token = pages.token("xem", "mật khẩu khác hẳn")
    deadline = time.monotonic() + PATIENCE_S
    # a running server remembers for half a minute what a login may ([fab] cache_ttl)
    while (status := pages.ask("GET", "/api/v2/connections", token=token)[0]) == 403:
        assert time.monotonic() < deadline
        time.sleep(2)
    assert status == 200


@pytest.mark.parametrize("typed", ["ngắn\nngắn\n", "mật khẩu một\nmật khẩu hai\n"], ids=len)
def test_a_password_that_is_short_or_mistyped_makes_nothing(pages: Pages, typed: str) -> None:
    done = pages.khoxa("login", "moi", "--role", "admin", "--email", "moi@x.vn", typed=typed)
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert pages.token("moi", typed.splitlines()[0])[0] == 401


def test_what_is_missing_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether FAB is here or not: without its setting nothing is made."""
    monkeypatch.delenv("AIRFLOW__CORE__AUTH_MANAGER", raising=False)
    with pytest.raises(NoLogins, match=r"requirements-fab|AUTH_MANAGER"):
        environment(Settings(home=tmp_path, inbox=str(tmp_path)))

"""Installations for DAGs to run in: migrated once, copied by file."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from etl.ground import server
from tests.conftest import made_once

Install = Callable[[], AbstractContextManager[Path]]


@pytest.fixture(scope="session")
def install() -> Install:
    """`with install() as home`: a scratch KHOXA_HOME with the databases of khoxa and of Airflow,
    which nobody has started; short, for the Unix socket's sake."""
    made = Path(os.environ["KHOXA_TESTS"]) / "airflow"

    @contextmanager
    def installed() -> Iterator[Path]:
        made_once(made.name, lambda: _migrate(made))
        home = Path(tempfile.mkdtemp(prefix="khoxa-"))
        try:
            # with the login that the server runs as where root started it
            subprocess.run(["cp", "-a", f"{made}/.", home], check=True)
            yield home
        finally:
            server.stop(home / "postgres")
            shutil.rmtree(home, ignore_errors=True)

    return installed


def _migrate(home: Path) -> None:
    home.mkdir(mode=0o755)
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("KHOXA_", "AIRFLOW_"))}
    for words in (("db", "migrate"), ("airflow", "db", "migrate")):
        done = subprocess.run(
            [str(Path(sys.executable).parent / "khoxa"), *words],
            env=clean | {"KHOXA_HOME": str(home)}, capture_output=True, text=True,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
    server.stop(home / "postgres")
    shutil.rmtree(home / "airflow", ignore_errors=True)  # it says where it lies

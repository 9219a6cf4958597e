"""PostgreSQL killed during a night, once a backend and once the whole server: a sentence says so,
and the next runs end in the warehouse of a quiet night."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from etl.cli.refused import known_failure
from etl.ground import database, server
from etl.ground.config import Settings
from etl.setup.migrate import migrate
from tests.night import Night

FILED = ("na_ri_muc_tieu_giam_ngheo_2025.xlsx", "bao_cao_6_thang_2025_kim_hy.xlsx",
         "bao_cao_6_thang_2025_van_lang_lan_2.xlsx")  # fmt: skip
DEATHS = {  # in the order of a night: each run goes on where the one before was cut off
    "raw.filing": "backend",
    "recognised": "server",
    "warehouse/version": "backend",
    "marts/indicator/14_commune_as_filed": "server",
}


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    for name in FILED:
        shutil.copy2(Night.inbox / name, tmp_path)
    return tmp_path


@pytest.fixture
def own(inbox: Path) -> Iterator[Settings]:
    """A warehouse on a server that nobody else uses."""
    home = Path(tempfile.mkdtemp(prefix="khoxa-", dir="/tmp"))
    settings = Settings(home=home, inbox=str(inbox))
    migrate(settings)
    yield settings
    server.stop(settings.pgdata)
    shutil.rmtree(home)


def test_killed_at_four_places_and_run_again_equals_undisturbed(
    own: Settings, inbox: Path, make_warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    night = Night(own, inbox)
    for name, what in DEATHS.items():
        with monkeypatch.context() as patched:
            for door in ("run", "copy_in"):
                write = getattr(database, door)
                patched.setattr(database, door, _killing(write, name, own, what))
            with pytest.raises(Exception) as died:
                night.go()
        said = known_failure(died.value)
        assert said and "đã dừng giữa chừng" in said.sentence, (name, died.value)
    night.go()
    with make_warehouse() as settings:
        quiet = Night(settings, inbox)
        quiet.go()
        assert night.dump() == quiet.dump()


def _killing(write: Callable[..., int], at: str, own: Settings, what: str) -> Callable[..., int]:
    def killing(connection: Any, name: str, *args: Any, **params: Any) -> int:
        if name == at:
            pid = connection.exec_driver_sql("select pg_backend_pid()").scalar_one()
            if what == "server":
                pid = (own.pgdata / "postmaster.pid").read_text(encoding="ascii").split()[0]
            os.kill(int(pid), signal.SIGKILL)
        return write(connection, name, *args, **params)

    return killing

"""A khoxa and a warehouse of another version, and an upgrade beside a night or another upgrade."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from etl.cli.refused import known_failure
from etl.ground import database, server
from etl.ground.clock import now
from etl.ground.config import Settings
from etl.ground.revision import OtherRevision
from etl.night.told.causes import cause
from etl.setup import locks
from etl.setup.migrate import migrate
from etl.upkeep.backup import backup
from tests.khoxa import khoxa
from tests.night import Night


@pytest.fixture
def home() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="khoxa-", dir="/tmp"))
    yield folder
    server.stop(folder / "postgres")
    shutil.rmtree(folder)


@pytest.mark.parametrize("revision", ["0053_numbers_as_text", "9999_future"])
def test_nothing_is_written_to_a_warehouse_of_another_khoxa(
    fresh_warehouse: Settings, tmp_path: Path, revision: str
) -> None:
    with database.engine(fresh_warehouse, "khoxa_owner").begin() as connection:
        connection.exec_driver_sql(f"update alembic_version set version_num = '{revision}'")
    night = Night(fresh_warehouse)
    before = night.dump()
    with pytest.raises(
        OtherRevision, match=rf"kho ở bản {revision}.*warehouse is at {revision}"
    ) as no:
        night.go()
    assert night.dump() == before
    assert cause(no.value, "receive").code == "migrate"
    assert "khoxa db migrate" in known_failure(no.value).sentence  # type: ignore[union-attr]
    # what there is can still be saved before the upgrade
    _, manifest = backup(fresh_warehouse, tmp_path, now())
    assert manifest.revision == revision


def test_an_upgrade_waits_for_the_step_that_a_night_is_at(
    fresh_warehouse: Settings, monkeypatch
) -> None:
    monkeypatch.setattr(locks, "_TRIES", 1)
    with database.night(fresh_warehouse) as step:
        pid = step.exec_driver_sql("select pg_backend_pid()").scalar()
        with pytest.raises(locks.LocksHeld, match=f"pid {pid}, khoxa_loader"):
            migrate(fresh_warehouse)
    migrate(fresh_warehouse)


def test_two_first_upgrades_at_once_are_one_after_the_other(home: Path) -> None:
    def go(_number: int) -> int:
        return khoxa("db", "migrate", KHOXA_HOME=str(home)).returncode

    with ThreadPoolExecutor() as beside:
        assert list(beside.map(go, range(2))) == [0, 0]

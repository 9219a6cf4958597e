"""What lies in KHOXA_HOME is for nobody else of the machine."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from etl.ground import server
from etl.ground.config import Settings
from etl.setup.migrate import migrate
from etl.upkeep.backup import backup
from etl.upkeep.restore import restore
from tests.khoxa import khoxa
from tests.night import NOW, SAMPLES

FILED = ("bao_cao_6_thang_2025_kim_hy.xlsx", "bao_cao_6_thang_2025_van_lang_lan_2.xlsx")
WRITTEN = ("raw", "returns", "data_docs", "summaries", "last_run.json")


@pytest.fixture
def home() -> Iterator[Path]:
    """A place that is not there yet, under the usual rights of new files; short, for sockets."""
    before = os.umask(0o022)
    place = Path(tempfile.mkdtemp(prefix="khoxa-", dir="/tmp"))
    place.chmod(0o755)
    yield place / "kho"
    server.stop(place / "kho" / "postgres")
    shutil.rmtree(place)
    os.umask(before)


def open_to_others(home: Path) -> list[str]:
    """Files and folders that another login could list, read or write, by the folders on the way."""
    found = []
    for folder, folders, files in os.walk(home):
        within = Path(folder)
        for path in (within / name for name in [*folders, *files]):
            mode = path.lstat().st_mode
            if mode & 0o077 and not stat.S_ISLNK(mode) and not stat.S_ISSOCK(mode):
                found.append(f"{stat.filemode(mode)} {path.relative_to(home)}")
        # what lies in a closed folder cannot be come by
        folders[:] = [n for n in folders if (within / n).stat().st_mode & 0o077]
    return found


def test_nobody_else_reads_what_was_filed_or_answered(home: Path) -> None:
    settings = Settings(home=home, inbox=str(home / "inbox"))
    migrate(settings)
    inbox = home.parent / "hop"
    inbox.mkdir()
    for name in FILED:
        shutil.copy(SAMPLES / "inbox" / name, inbox)
    night = khoxa("run", "--inbox", inbox, KHOXA_HOME=str(home))
    assert night.returncode == 0, night.stderr
    assert set(WRITTEN) <= {path.name for path in home.iterdir()}
    assert open_to_others(home) == []
    # as root the embedded server's own login must get through; nobody may list
    assert home.stat().st_mode & 0o777 == (0o701 if os.geteuid() == 0 else 0o700)
    folder, _made = backup(settings, home.parent / "luu", NOW)
    restored = Settings(home=home.parent / "lai" / "kho", inbox=settings.inbox)
    (restored.home / "raw").mkdir(parents=True)
    restored.home.chmod(0o701)
    (restored.home / "raw").chmod(0o705)  # as an earlier khoxa left it
    try:
        restore(restored, folder)
        assert open_to_others(restored.home) == []
    finally:
        server.stop(restored.pgdata)

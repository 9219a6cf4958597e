"""The first `khoxa run` builds the warehouse; a folder of forms that is not there is said."""

from __future__ import annotations

import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from etl.ground import server
from tests.khoxa import khoxa
from tests.night import SAMPLES

REPORT = SAMPLES / "inbox" / "bao_cao_6_thang_2025_kim_hy.xlsx"
BUILT = "dựng kho lần đầu / the warehouse is built for the first time"


@pytest.fixture
def place() -> Iterator[Path]:
    """Short, for the Unix socket's sake."""
    place = Path(tempfile.mkdtemp(prefix="khoxa-", dir="/tmp"))
    place.chmod(0o755)  # started by root, PostgreSQL runs as another user
    yield place
    server.stop(place / "kho" / "postgres")
    shutil.rmtree(place)


def test_the_first_night_builds_the_warehouse(place: Path) -> None:
    home = place / "kho"
    first = khoxa("run", KHOXA_HOME=str(home))
    assert first.returncode == 0, first.stderr
    assert first.stdout.count(BUILT) == 1 and "hộp nhận tệp đang trống" in first.stdout
    # what is put into the inbox there is nobody else's to read
    assert stat.filemode(home.stat().st_mode)[4:9] == "-----"
    shutil.copy(REPORT, home / "inbox")
    second = khoxa("run", KHOXA_HOME=str(home))
    assert second.returncode == 0, second.stderr
    assert BUILT not in second.stdout and "Được nhận 1 hồ sơ" in second.stdout


@pytest.mark.parametrize(
    "words",
    [("check", REPORT), ("forms",), ("form", "commune_report", "--unit", "02146", "--period",
     "2025-H1"), ("run",), ("db", "migrate")],
    ids=lambda words: words[0],
)  # fmt: skip
@pytest.mark.parametrize("lacks", ["folder", "forms"])
def test_forms_that_are_not_there_are_one_sentence(
    place: Path, words: tuple[object, ...], lacks: str
) -> None:
    forms = place / "bieu"
    if lacks == "forms":
        forms.mkdir()
    done = khoxa(*words, folder=place, KHOXA_HOME=str(place / "kho"), KHOXA_FORMS=str(forms))
    assert done.returncode != 0 and "Traceback" not in done.stderr
    (sentence,) = done.stderr.splitlines()
    assert sentence.startswith(f"khoxa: KHOXA_FORMS {forms}: ") and "không có" in sentence

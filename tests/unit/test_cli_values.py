"""What a command is given and cannot use is one sentence that names it, and nothing is left."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from etl.cli.options import moment
from etl.ground.config import ROOT
from etl.ground.whole_file import whole_file
from tests.khoxa import khoxa

GOOD = ROOT / "samples" / "inbox" / "bao_cao_6_thang_2025_kim_hy.xlsx"
FORM = ("form", "commune_report", "--unit", "02146", "--period", "2025-H1", "--out")
NO_SERVER = {"KHOXA_WAREHOUSE_URL": "postgresql+psycopg2://nobody@127.0.0.1:1/none"}

WORDS = [
    (("run", "--received-at", "yesterday"), "--received-at yesterday"),
    (("run", "--received-at", "2025-13-01"), "--received-at 2025-13-01"),
    (("run", "--inbox", "{missing}"), "--inbox {missing}"),
    (("run", "--inbox", "{file}"), "--inbox {file}"),
    (("status", "--as-of", "10/6/2025"), "--as-of 10/6/2025"),
    (("sql", "select 1", "--as-of", "x"), "--as-of x"),
    (("report", "--as-of", "x"), "--as-of x"),
    (("unit", "Na Rì", "--on", "x"), "--on x"),
    (("unit", "import", "{folder}"), "{folder}"),
    (("unit", "import", "{missing}"), "{missing}"),
    (("check", "{folder}"), "{folder}"),
    (("check", "{missing}"), "{missing}"),
    (("check", "{pipe}"), "{pipe}"),
    (("check", GOOD, "--out", "{file}"), "--out {file}"),
    (("report", "--out", "{file}"), "--out {file}"),
    (("report", "--out", "{file}/below"), "--out {file}"),
    (("explain", "066", "poverty_rate", "--out", "{file}"), "--out {file}"),
    ((*FORM, "{folder}"), "--out {folder}"),
    ((*FORM, "{folder}/form.pdf"), "--out {folder}/form.pdf"),
    ((*FORM, "{folder}/form"), "--out {folder}/form"),
    ((*FORM, "{file}/form.xlsx"), "--out {file}"),
]


@pytest.mark.parametrize(("words", "named"), WORDS, ids=lambda value: " ".join(map(str, value)))
def test_one_sentence(words: tuple[object, ...], named: str, tmp_path: Path) -> None:
    places = {name: tmp_path / name for name in ("file", "folder", "missing", "pipe")}
    places["file"].write_text("kept", encoding="utf-8")
    places["folder"].mkdir()
    os.mkfifo(places["pipe"])
    before = sorted(tmp_path.rglob("*"))
    done = khoxa(*(str(word).format(**places) for word in words), **NO_SERVER)
    assert done.returncode == 2, done.stderr
    assert done.stderr.startswith(f"khoxa: {named.format(**places)}: ")
    assert done.stderr.count("\n") == 1 and " / " in done.stderr
    assert sorted(tmp_path.rglob("*")) == before
    assert places["file"].read_text(encoding="utf-8") == "kept"


@pytest.mark.parametrize(
    "words",
    [
        ("report", "--year", "next"),
        ("report", "--year", "99999"),
        ("explain", "066", "poverty_rate", "--year", "99999999999"),
        ("db", "url", "--role", "root"),
    ],
    ids=" ".join,
)
def test_numbers_and_choices(words: tuple[str, ...]) -> None:
    done = khoxa(*words, **NO_SERVER)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr and words[-2] in done.stderr


def test_a_form_is_written_and_nothing_beside_it(tmp_path: Path) -> None:
    done = khoxa(*FORM, tmp_path / "new" / "bieu.XLSX", **NO_SERVER)
    assert done.returncode == 0, done.stderr
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["bieu.XLSX"]


def test_a_place_that_cannot_be_written_to_is_named() -> None:
    done = khoxa(*FORM, "/proc/form.xlsx", **NO_SERVER)
    assert done.returncode == 1
    assert "/proc/form.xlsx" in done.stderr and "Traceback" not in done.stderr


def test_an_error_while_writing_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "kept.xlsx"
    path.write_bytes(b"before")
    with pytest.raises(ZeroDivisionError), whole_file(path) as part:
        part.write_bytes(b"half")
        raise ZeroDivisionError
    assert [p.name for p in tmp_path.iterdir()] == ["kept.xlsx"]
    assert path.read_bytes() == b"before"


def test_a_file_that_became_a_folder_is_named_and_nothing_is_left(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    with pytest.raises(OSError, match=r"form\.xlsx") as error, whole_file(path):
        path.mkdir()
    assert error.value.filename == str(path)
    assert [p.name for p in tmp_path.iterdir()] == ["form.xlsx"]


def test_a_file_that_finds_no_room_is_named(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    with pytest.raises(OSError) as error, whole_file(path):
        Path("/dev/full").write_bytes(b"x")
    assert (error.value.errno, error.value.filename) == (errno.ENOSPC, str(path))


def test_a_time_is_here_unless_it_says_where() -> None:
    parsed = moment("--received-at")
    assert parsed("2025-06-10T22:30") == parsed("2025-06-10T15:30:00+00:00")
    assert parsed("2025-06-10").isoformat() == "2025-06-10T00:00:00+07:00"


def test_an_address_of_the_warehouse_that_is_none() -> None:
    done = khoxa("status", KHOXA_WAREHOUSE_URL="nonsense")
    assert done.returncode == 1 and "KHOXA_WAREHOUSE_URL" in done.stderr
    assert "Traceback" not in done.stderr and "nonsense" not in done.stderr

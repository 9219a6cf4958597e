"""Files that lie in an inbox as they did are not read again; whatever changed is."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from etl.receive import marks as marks_module
from etl.receive.inbox import File, look
from etl.receive.marks import Marks

HOUR_NS = 3600 * 10**9


@pytest.fixture
def inbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two files, looked at an hour after they were put there."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    for name in ("a.xlsx", "b.xlsx"):
        (folder / name).write_bytes(name.encode())
    later(monkeypatch, HOUR_NS)
    return folder


def later(monkeypatch: pytest.MonkeyPatch, by_ns: int) -> None:
    now = marks_module.time.time_ns
    monkeypatch.setattr(marks_module.time, "time_ns", lambda: now() + by_ns)


def seen(inbox: Path, is_done: Callable[[str], bool] = lambda _digest: True) -> list[str]:
    """One night's look; the names of the files that were read."""
    marks = Marks(inbox.parent / "home" / "marks.json", str(inbox), is_done)
    read = []
    for file in look(inbox, marks):
        assert isinstance(file, File)
        content = (inbox / file.name).read_bytes()
        assert file.digest in ("", hashlib.sha256(content).hexdigest())
        if not file.digest:
            assert file.content == content
            marks.note(file.name, file.mark, hashlib.sha256(file.content).hexdigest())
            read.append(file.name)
    marks.keep()
    return read


def test_a_file_that_lies_there_is_read_once(inbox: Path) -> None:
    assert seen(inbox) == ["a.xlsx", "b.xlsx"]
    assert seen(inbox) == []
    assert seen(inbox) == []


def test_another_content_of_the_same_size_and_time(inbox: Path) -> None:
    seen(inbox)
    path = inbox / "b.xlsx"
    before = path.stat()
    path.write_bytes(b"c.xlsx")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert seen(inbox) == ["b.xlsx"]


def test_another_file_in_its_place(inbox: Path) -> None:
    seen(inbox)
    other = inbox.parent / "other"
    other.write_bytes(b"c.xlsx")
    before = (inbox / "b.xlsx").stat()
    os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
    other.replace(inbox / "b.xlsx")
    assert seen(inbox) == ["b.xlsx"]


def test_a_file_that_was_just_touched_is_read_the_next_night(
    inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    later(monkeypatch, -HOUR_NS)
    assert seen(inbox) == ["a.xlsx", "b.xlsx"]
    assert seen(inbox) == ["a.xlsx", "b.xlsx"]
    later(monkeypatch, HOUR_NS)
    assert seen(inbox) == ["a.xlsx", "b.xlsx"]
    assert seen(inbox) == []


def test_what_may_be_entered_anew_is_read(inbox: Path) -> None:
    seen(inbox)
    of_a = hashlib.sha256(b"a.xlsx").hexdigest()
    assert seen(inbox, lambda digest: digest != of_a) == ["a.xlsx"]


@pytest.mark.parametrize(
    "left", ["", "[]", '{FOLDER: {"a.xlsx": []}}', '{"x": 1}', '{"x": {"a": 1}}', "\x00"]
)
def test_marks_that_are_damaged_cost_a_reading(inbox: Path, left: str) -> None:
    seen(inbox)
    (inbox.parent / "home" / "marks.json").write_text(left.replace("FOLDER", f'"{inbox}"'))
    assert seen(inbox) == ["a.xlsx", "b.xlsx"]
    assert seen(inbox) == []


def test_another_folder_has_marks_of_its_own(inbox: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "a.xlsx").write_bytes(b"another")
    assert seen(inbox) == ["a.xlsx", "b.xlsx"]
    assert seen(other) == ["a.xlsx"]
    assert (seen(inbox), seen(other)) == ([], [])

"""Files that lie in an inbox as they did are not read again; whatever changed is."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest

from etl.receive import inbox as inbox_module
from etl.receive.inbox import File, Stamp, Unchanged, look

HOUR = timedelta(hours=1)


class Inbox:
    """A folder, and how its files were read last."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.fetched: dict[str, Stamp] = {}
        self.contents: dict[str, bytes] = {}

    def seen(self) -> list[str]:
        """One night's look; the names of the files that were read."""
        read = []
        for file in look(self.folder, self.fetched):
            content = (self.folder / file.name).read_bytes()
            if isinstance(file, Unchanged):
                assert content == self.contents[file.name]
                continue
            assert isinstance(file, File) and file.content == content
            read.append(file.name)
            self.fetched.pop(file.name, None)
            if file.stamp:
                self.fetched[file.name], self.contents[file.name] = file.stamp, content
        return read


@pytest.fixture
def inbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Inbox:
    """A folder with two files, looked at an hour after they were put there."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    for name in ("a.xlsx", "b.xlsx"):
        (folder / name).write_bytes(name.encode())
    later(monkeypatch, HOUR)
    return Inbox(folder)


def later(monkeypatch: pytest.MonkeyPatch, by: timedelta) -> None:
    now = inbox_module.now
    monkeypatch.setattr(inbox_module, "now", lambda: now() + by)


def test_a_file_that_lies_there_is_read_once(inbox: Inbox) -> None:
    assert inbox.seen() == ["a.xlsx", "b.xlsx"]
    assert inbox.seen() == []
    assert inbox.seen() == []


def test_another_content_of_the_same_size_and_time(inbox: Inbox) -> None:
    inbox.seen()
    path = inbox.folder / "b.xlsx"
    before = path.stat()
    path.write_bytes(b"c.xlsx")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert inbox.seen() == ["b.xlsx"]


def test_another_file_in_its_place(inbox: Inbox) -> None:
    inbox.seen()
    other = inbox.folder.parent / "other"
    other.write_bytes(b"c.xlsx")
    before = (inbox.folder / "b.xlsx").stat()
    os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
    other.replace(inbox.folder / "b.xlsx")
    assert inbox.seen() == ["b.xlsx"]


def test_a_file_that_was_just_touched_is_read_the_next_night(
    inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    later(monkeypatch, -HOUR)
    assert inbox.seen() == ["a.xlsx", "b.xlsx"]
    assert inbox.seen() == ["a.xlsx", "b.xlsx"]
    later(monkeypatch, HOUR)
    assert inbox.seen() == ["a.xlsx", "b.xlsx"]
    assert inbox.seen() == []

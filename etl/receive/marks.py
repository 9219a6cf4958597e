"""Which files of an inbox lie there as they did the night before, so that these are not read again.

A file's mark is all that changes when it does: size, times of content and of status, inode and
device. One that was touched in the seconds before it was read has none, as it may be touched again
without any of these changing. What is lost or cannot be read costs a reading of every file.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from etl.ground.whole_file import whole_file

Mark = tuple[int, int, int, int, int]
_SETTLED_NS = 3 * 10**9  # no file system that is used counts in more than two seconds


def mark_of(status: os.stat_result) -> Mark | None:
    """The mark of a file that is about to be read; None of one that was touched just now."""
    touched = max(status.st_mtime_ns, status.st_ctime_ns)
    if time.time_ns() - touched < _SETTLED_NS:
        return None
    times = (status.st_mtime_ns, status.st_ctime_ns)
    return (status.st_size, *times, status.st_ino, status.st_dev)


class Marks:
    """The marks of the files of one inbox, with the SHA-256 of their contents: those of the last
    look, and those of this one. `is_done` says of a content that the register wants nothing of
    it."""

    def __init__(self, path: Path, place: str, is_done: Callable[[str], bool]) -> None:
        self._path, self._place, self._is_done = path, place, is_done
        self._every = _read(path)
        self._before = self._every.get(place, {})
        self._now: dict[str, list[Any]] = {}

    def known(self, name: str, status: os.stat_result) -> str:
        """The SHA-256 of a file that need not be read; "" of any other."""
        *mark, digest = self._before.get(name) or [""]
        if digest and (*mark,) == mark_of(status) and self._is_done(digest):
            self._now[name] = [*mark, digest]
            return str(digest)
        return ""

    def note(self, name: str, mark: Mark | None, digest: str) -> None:
        """Remember a file that was read."""
        if mark:
            self._now[name] = [*mark, digest]

    def keep(self) -> None:
        """Leave them to the next night."""
        if self._now != self._before:
            with whole_file(self._path, private=True) as part:
                every = {**self._every, self._place: self._now}
                part.write_text(json.dumps(every), encoding="utf-8")


def _read(path: Path) -> dict[str, dict[str, list[Any]]]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return {place: {n: [*row] for n, row in rows.items()} for place, rows in found.items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}

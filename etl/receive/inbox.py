"""A look into an inbox: the files that may be entered, and why anything else may not.

Door: `look`. Only plain files are opened, and no link is followed. What cannot be taken is named
(rules `inbox-*`) and costs nothing but itself. What lies there as it did when it was read last is
not read again.
"""

from __future__ import annotations

import csv
import io
import os
import stat
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

from etl.ground.clock import local, now

RECEIVING_LOG = "so_van_den.csv"
_NAME, _TIME = "Tên tệp", "Ngày giờ nhận"
MAX_MB = 256  # the read room refuses less, and tells the filer; more than this is not even kept
_OLDEST = timedelta(days=3653)
_SETTLED = timedelta(minutes=1)  # a store's time has whole seconds, and its clock differs
_SETTLED_HERE = timedelta(seconds=3)  # no file system that is used counts in more than two
_KINDS = {stat.S_IFREG: "", stat.S_IFLNK: "inbox-link", stat.S_IFDIR: "inbox-folder"}
_UNFINISHED = (".filepart", ".part", ".crdownload")  # what programs call a file that comes in
_OPEN = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK


class InboxPath(Protocol):
    """A file or folder: pathlib's Path, or Airflow's ObjectStoragePath over any store."""

    @property
    def name(self) -> str: ...  # noqa: D102
    def iterdir(self) -> Iterator[InboxPath]: ...  # noqa: D102
    def is_dir(self) -> bool: ...  # noqa: D102
    def read_bytes(self) -> bytes: ...  # noqa: D102
    def stat(self) -> Any: ...  # noqa: D102


class Stamp(NamedTuple):
    """By what a file is known to be unchanged; `tag`: an object store's ETag, or what else changes
    with a file of this machine."""

    size_bytes: int
    modified_at: datetime
    tag: str


class File(NamedTuple):
    """One file as it was read; `modified`, and the office's time for it, None where nobody says.
    `stamp`: None where a change after it might not show."""

    name: str
    content: bytes
    modified: datetime | None
    logged: datetime | None = None
    stamp: Stamp | None = None


class Unchanged(NamedTuple):
    """A file that was not read, for it is as it was."""

    name: str
    logged: datetime | None = None


Fetched = Mapping[str, Stamp]  # by name: how a file was read last (rows of staging/fetched.sql)


class NotTaken(NamedTuple):
    """What lies in an inbox and was not taken: a rule of expectations/reading.yaml, and what its
    sentence needs."""

    name: str
    rule: str
    params: Mapping[str, str] = MappingProxyType({})


class _Refused(Exception):
    def __init__(self, rule: str, **params: str) -> None:
        super().__init__(rule)
        self.rule, self.params = rule, params


def look(
    inbox: InboxPath, fetched: Fetched = MappingProxyType({})
) -> Iterator[File | Unchanged | NotTaken]:
    """Every thing in an inbox, by name; hidden ones and a receiving log that is in order are none.

    A file that the log has no readable time for, or one that is to come or long gone, is not taken:
    entered at another time it would be late, or the later version, for good. Nor is any while the
    log cannot be read.
    """
    folder = on_disk(inbox)
    paths = {path.name: path for path in sorted(_listed(folder), key=lambda p: p.name)}
    logged: dict[str, datetime | None] = {}
    if RECEIVING_LOG in paths:
        log = _read(paths.pop(RECEIVING_LOG))
        times = _times(log.content) if isinstance(log, File) else log
        if not isinstance(times, dict):
            yield times
            return
        logged = times
    for name, path in paths.items():
        written = _composed(name)
        at = logged.get(written)
        if written in logged and at is None:
            yield NotTaken(name, "inbox-log-time")
        elif at and not timedelta(-1) < now() - at < _OLDEST:
            yield NotTaken(name, "inbox-log-far", {"time": f"{at:%d/%m/%Y}"})
        elif name.lower().endswith(_UNFINISHED):
            yield NotTaken(name, "inbox-changing")
        elif not name.startswith((".", "~$")):
            found = _read(path, fetched.get(name), at)
            rule = found.rule if isinstance(found, NotTaken) else ""
            if (name, rule) != (folder.name, "inbox-changing"):
                yield found  # else: S3 lists a folder, under its own name, in itself


def _listed(folder: InboxPath) -> list[InboxPath | os.DirEntry[str]]:
    """What lies in a folder; of this machine, as the folder itself tells it."""
    if not isinstance(folder, Path):
        return list(folder.iterdir())
    with os.scandir(folder) as found:
        return list(found)


def _composed(name: str) -> str:
    """A name as Windows writes it: a Mac takes the marks off their letters."""
    return unicodedata.normalize("NFC", name.strip())


def on_disk(inbox: InboxPath) -> InboxPath:
    """An inbox as pathlib's, if it is a folder of this machine."""
    is_local = isinstance(inbox, Path) or str(inbox).startswith("file://")
    return Path(str(inbox).removeprefix("file://")).resolve() if is_local else inbox


def _read(
    path: InboxPath | os.DirEntry[str], last: Stamp | None = None, logged: datetime | None = None
) -> File | Unchanged | NotTaken:
    try:
        path.name.encode()
        if isinstance(path, os.DirEntry):
            return _plain(path, last, logged)
        return _stored(path, last, logged)
    except _Refused as refused:
        return NotTaken(path.name, refused.rule, refused.params)
    except UnicodeEncodeError:
        return NotTaken(os.fsencode(path.name).decode("utf-8", "backslashreplace"), "inbox-name")
    except FileNotFoundError:
        return NotTaken(path.name, "inbox-changing")
    except OSError as error:
        return NotTaken(path.name, "inbox-unreadable", {"why": error.strerror or str(error)})


def _plain(path: os.DirEntry[str], last: Stamp | None, logged: datetime | None) -> File | Unchanged:
    """A file of this machine. Opening a device may start it, so it is looked at before."""
    status = path.stat(follow_symlinks=False)
    _must_be_plain(status)
    if last and (last.size_bytes, last.tag) == (status.st_size, _tag_here(status)):
        return Unchanged(path.name, logged)
    with os.fdopen(os.open(path.path, _OPEN), "rb") as file:
        before = os.fstat(file.fileno())
        _must_be_plain(before)  # it may be another one by now
        touched = datetime.fromtimestamp(max(before.st_mtime, before.st_ctime), UTC)
        has_settled = _has_settled(touched, _SETTLED_HERE)
        content = file.read(before.st_size + 1)
        after = os.fstat(file.fileno())
    if len(content) != after.st_size or before.st_mtime_ns != after.st_mtime_ns:
        raise _Refused("inbox-changing")
    modified = datetime.fromtimestamp(before.st_mtime, UTC)
    stamp = Stamp(before.st_size, modified, _tag_here(before)) if has_settled else None
    return File(path.name, content, modified, logged, stamp)


def _tag_here(status: os.stat_result) -> str:
    return f"{status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino} {status.st_dev}"


def _has_settled(touched: datetime, within: timedelta) -> bool:
    """Whether a file was touched so long ago that its times would show another touch; a store that
    says no time says 1970."""
    return touched.timestamp() > 0 and now() - touched > within


def _must_be_plain(status: os.stat_result) -> None:
    if rule := _KINDS.get(stat.S_IFMT(status.st_mode), "inbox-special"):
        raise _Refused(rule)
    if status.st_size > MAX_MB * 2**20:
        raise _Refused("inbox-too-large", limit_mb=str(MAX_MB))


def _stored(path: InboxPath, last: Stamp | None, logged: datetime | None) -> File | Unchanged:
    """A file of an object store or of another machine."""
    if path.is_dir():
        raise _Refused("inbox-folder")
    try:
        status = path.stat()
        modified = datetime.fromtimestamp(status.st_mtime, UTC)
    except (AttributeError, KeyError, NotImplementedError, TypeError):
        return File(path.name, path.read_bytes(), None, logged)
    _must_be_plain(status)
    info = status if isinstance(status, Mapping) else {}
    tag = info.get("ETag") or info.get("etag") or ""
    stamp = Stamp(int(status.st_size), modified, str(tag))
    if last and stamp == (last.size_bytes, last.modified_at, last.tag):
        return Unchanged(path.name, logged)
    content = path.read_bytes()
    if len(content) != stamp.size_bytes:
        raise _Refused("inbox-changing")
    kept = stamp if tag or _has_settled(modified, _SETTLED) else None
    return File(path.name, content, modified, logged, kept)


def _times(log: bytes) -> dict[str, datetime | None] | NotTaken:
    """File name -> time received, from the office's log; None where the file's last line has none
    that can be read."""
    times: dict[str, datetime | None] = {}
    try:
        text = log.decode("utf-8-sig").removeprefix("sep=;\n").removeprefix("sep=;\r\n")
        header = text.partition("\n")[0]
        divider = max(",;\t", key=header.count)  # Excel's, by the settings of the machine
        rows = csv.DictReader(io.StringIO(text), strict=True, delimiter=divider)
        if lacking := [name for name in (_NAME, _TIME) if name not in (rows.fieldnames or ())]:
            return NotTaken(RECEIVING_LOG, "inbox-log", {"why": f"thiếu / lacks {lacking[0]}"})
        for row in rows:
            times[_composed(row[_NAME] or "")] = _time(row[_TIME])
    except (UnicodeDecodeError, csv.Error) as error:
        return NotTaken(RECEIVING_LOG, "inbox-log", {"why": str(error)})
    return times


def _time(cell: str | None) -> datetime | None:
    try:
        return local((cell or "").strip())
    except (ValueError, OverflowError):
        return None

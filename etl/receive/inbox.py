"""A look into an inbox: the files that may be entered, and why anything else may not.

Door: `look`. Only plain files are opened, and no link is followed. What cannot be taken is named
(rules `inbox-*`) and costs nothing but itself.
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
from etl.receive.marks import Mark, Marks, mark_of

RECEIVING_LOG = "so_van_den.csv"
_NAME, _TIME = "Tên tệp", "Ngày giờ nhận"
MAX_MB = 256  # the read room refuses less, and tells the filer; more than this is not even kept
_OLDEST = timedelta(days=3653)
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


class File(NamedTuple):
    """One file as it was read; `modified`, and the office's time for it, None where nobody says.

    `digest`: the SHA-256 of one that was not read, as it lies there as it did before (see marks).
    """

    name: str
    content: bytes
    modified: datetime | None
    logged: datetime | None = None
    mark: Mark | None = None
    digest: str = ""


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


def look(inbox: InboxPath, marks: Marks | None = None) -> Iterator[File | NotTaken]:
    """Every thing in an inbox, by name; hidden ones and a receiving log that is in order are none.
    With `marks` files of this machine that need not be read are not.

    A file that the log has no readable time for, or one that is to come or long gone, is not taken:
    entered at another time it would be late, or the later version, for good. Nor is any while the
    log cannot be read.
    """
    folder = on_disk(inbox)
    paths = {path.name: path for path in sorted(folder.iterdir(), key=lambda p: p.name)}
    logged: dict[str, datetime | None] = {}
    if RECEIVING_LOG in paths:
        log = _read(paths.pop(RECEIVING_LOG))
        times = log if isinstance(log, NotTaken) else _times(log.content)
        if isinstance(times, NotTaken):
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
            found = _read(path, marks)
            if isinstance(found, File):
                yield found._replace(logged=at)
            elif name != folder.name or found.rule != "inbox-changing":
                yield found  # else: S3 lists a folder, under its own name, in itself


def _composed(name: str) -> str:
    """A name as Windows writes it: a Mac takes the marks off their letters."""
    return unicodedata.normalize("NFC", name.strip())


def on_disk(inbox: InboxPath) -> InboxPath:
    """An inbox as pathlib's, if it is a folder of this machine."""
    is_local = isinstance(inbox, Path) or str(inbox).startswith("file://")
    return Path(str(inbox).removeprefix("file://")).resolve() if is_local else inbox


def _read(path: InboxPath, marks: Marks | None = None) -> File | NotTaken:
    try:
        path.name.encode()
        return _plain(path, marks) if isinstance(path, Path) else _stored(path)
    except _Refused as refused:
        return NotTaken(path.name, refused.rule, refused.params)
    except UnicodeEncodeError:
        return NotTaken(os.fsencode(path.name).decode("utf-8", "backslashreplace"), "inbox-name")
    except FileNotFoundError:
        return NotTaken(path.name, "inbox-changing")
    except OSError as error:
        return NotTaken(path.name, "inbox-unreadable", {"why": error.strerror or str(error)})


def _plain(path: Path, marks: Marks | None) -> File:
    """A file of this machine. Opening a device may start it, so it is looked at before."""
    status = path.lstat()
    _must_be_plain(status)
    if marks and (digest := marks.known(path.name, status)):
        return File(path.name, b"", _modified(status), digest=digest)
    with os.fdopen(os.open(path, _OPEN), "rb") as file:
        before = os.fstat(file.fileno())
        _must_be_plain(before)  # it may be another one by now
        mark = mark_of(before)
        content = file.read(before.st_size + 1)
        after = os.fstat(file.fileno())
    if len(content) != after.st_size or before.st_mtime_ns != after.st_mtime_ns:
        raise _Refused("inbox-changing")
    return File(path.name, content, _modified(after), mark=mark)


def _modified(status: os.stat_result) -> datetime:
    return datetime.fromtimestamp(status.st_mtime, UTC)


def _must_be_plain(status: os.stat_result) -> None:
    if rule := _KINDS.get(stat.S_IFMT(status.st_mode), "inbox-special"):
        raise _Refused(rule)
    if status.st_size > MAX_MB * 2**20:
        raise _Refused("inbox-too-large", limit_mb=str(MAX_MB))


def _stored(path: InboxPath) -> File:
    """A file of an object store or of another machine."""
    if path.is_dir():
        raise _Refused("inbox-folder")
    try:
        before = path.stat()
        modified = datetime.fromtimestamp(before.st_mtime, UTC)
    except (AttributeError, KeyError, NotImplementedError, TypeError):
        return File(path.name, path.read_bytes(), None)
    _must_be_plain(before)
    content = path.read_bytes()
    if len(content) != path.stat().st_size:
        raise _Refused("inbox-changing")
    return File(path.name, content, modified)


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

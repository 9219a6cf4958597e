"""Room: the filing register. A file is entered once, by its content, and kept untouched; again
only where it comes anew after another version took its place (ground.arrivals).

Door: `receive`.
"""

from __future__ import annotations

import csv
import hashlib
import io
import logging
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, text

from etl.ground import database
from etl.ground.config import TIMEZONE, Settings
from etl.ground.records import Received
from etl.receive.arrivals import Arrival, Entry, Filed, Register, Seen

log = logging.getLogger(__name__)
RECEIVING_LOG = "so_van_den.csv"
_ARRIVAL = ("inbox", "name", "seen_no", "content_sha256", "received_at", "modified_at")
_FILING = ("filing_id", "content_sha256", "arrival", "original_name", "received_at")


class InboxPath(Protocol):
    """A file or folder: pathlib's Path, or Airflow's ObjectStoragePath over any store."""

    @property
    def name(self) -> str: ...  # noqa: D102
    def iterdir(self) -> Iterator[InboxPath]: ...  # noqa: D102
    def is_file(self) -> bool: ...  # noqa: D102
    def read_bytes(self) -> bytes: ...  # noqa: D102
    def stat(self) -> Any: ...  # noqa: D102


def receive(settings: Settings, inbox: InboxPath, now: datetime) -> list[Received]:
    """Enter every new file of the inbox into raw.filing; return those entered.

    The same content is one filing, whatever its name, until it is filed again (see
    ground.arrivals.Register.look). `now` is when the files were seen; the office's receiving log
    (so_van_den.csv: "Tên tệp", "Ngày giờ nhận") is believed before it. Files are copied to
    KHOXA_HOME/raw under their hash before the register knows of them, so a kill between the two
    loses nothing. Hidden files and the log itself are passed over.
    """
    files = sorted((p for p in inbox.iterdir() if _is_filing(p)), key=lambda p: p.name)
    logged = _receiving_log(inbox)
    with database.night(settings) as connection:
        register = _register(connection)
        seen = [_see(settings, register, path, logged.get(path.name)) for path in files]
        arrivals, entries = register.look(_place(inbox), seen, now)
        _say_repeats(connection, arrivals, entries)
        database.copy_in(connection, "raw.arrival", _ARRIVAL, map(database.copy_line, arrivals))
        lines = (database.copy_line(_row(digest, entry)) for digest, entry in entries.items())
        rows = database.copy_in(connection, "raw.filing", _FILING, lines)
        database.analyze(connection, "raw.filing", rows)
    return [
        Received(filing_id(digest, entry.number), entry.name, entry.received_at)
        for digest, entry in entries.items()
    ]


def filing_id(digest: str, number: int = 1) -> int:
    """A filing's number, the same on every machine: the first 63 bits of its content's SHA-256;
    of a content that is filed again, those of the SHA-256 of "content/how manieth time"."""
    if number > 1:
        digest = hashlib.sha256(f"{digest}/{number}".encode()).hexdigest()
    return int(digest[:16], 16) >> 1


def _row(digest: str, entry: Entry) -> tuple[object, ...]:
    number = entry.number
    return filing_id(digest, number), digest, number, entry.name, entry.received_at.isoformat()


def _say_repeats(
    connection: Connection, arrivals: list[Arrival], entries: dict[str, Entry]
) -> None:
    """Name the files that come anew with a content that was filed before, and is not entered."""
    names = {digest: entry.name for digest, entry in entries.items()}
    if lacking := [each.digest for each in arrivals if each.digest not in names]:
        sql = text(database.statement("staging/first_names"))
        names |= {row[0]: row[1] for row in connection.execute(sql, {"digests": lacking})}
    for each in arrivals:
        if (name := names.get(each.digest, each.name)) != each.name or each.digest in lacking:
            log.warning(
                "%s: nội dung này đã được nhận trong tệp %s, không nhận lại"
                " / this content was already filed as %s and is not filed again",
                each.name, name, name,
            )  # fmt: skip


def _register(connection: Connection) -> Register:
    rows = database.script(connection, database.statement("staging/arrivals"))
    filed = database.script(connection, database.statement("staging/contents"))
    return Register(
        {(row.inbox, row.name): Arrival._make(row) for row in rows},
        {row.content_sha256: Filed(row.arrival, frozenset(row.superseded_by)) for row in filed},
    )


def _see(settings: Settings, register: Register, path: InboxPath, logged: datetime | None) -> Seen:
    """One file of the inbox; what may be entered is kept."""
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    if register.may_enter(digest):
        _keep(settings.raw_path(digest), content)
    return Seen(path.name, digest, logged, _modified(path))


def _modified(path: InboxPath) -> datetime | None:
    """When a file was last changed; None where its store does not say."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except (AttributeError, KeyError, NotImplementedError, TypeError):
        return None


def _place(inbox: InboxPath) -> str:
    """What an inbox is called, the same for pathlib and Airflow."""
    path = inbox.resolve() if isinstance(inbox, Path) else inbox
    return str(path).removeprefix("file://")


def _keep(path: Path, content: bytes) -> None:
    """Write a content under its hash, whole or not at all."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    part.write_bytes(content)
    part.replace(path)


def _is_filing(path: InboxPath) -> bool:
    hidden = path.name.startswith((".", "~$"))
    return not hidden and path.name != RECEIVING_LOG and path.is_file()


def _receiving_log(inbox: InboxPath) -> dict[str, datetime]:
    """File name -> time received, from the office's log if it lies in the inbox."""
    for path in inbox.iterdir():
        if path.name == RECEIVING_LOG:
            rows = csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig")))
            return {row["Tên tệp"]: _time(row["Ngày giờ nhận"]) for row in rows}
    return {}


def _time(text: str) -> datetime:
    """An ISO time; without an offset it is Vietnam's."""
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=ZoneInfo(TIMEZONE))

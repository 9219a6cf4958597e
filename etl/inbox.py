"""Room: the filing register. A file is entered once, by its content, and kept untouched.

Door: `receive`.
"""

from __future__ import annotations

import csv
import hashlib
import io
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Protocol

from etl.ground import database
from etl.ground.config import Settings
from etl.ground.records import Received

RECEIVING_LOG = "so_van_den.csv"


class InboxPath(Protocol):
    """A file or folder: pathlib's Path, or Airflow's ObjectStoragePath over any store."""

    @property
    def name(self) -> str: ...  # noqa: D102
    def iterdir(self) -> Iterator[InboxPath]: ...  # noqa: D102
    def is_file(self) -> bool: ...  # noqa: D102
    def read_bytes(self) -> bytes: ...  # noqa: D102


def receive(settings: Settings, inbox: InboxPath, now: datetime) -> list[Received]:
    """Enter every new file of the inbox into raw.filing; return those entered.

    The same content is one filing, whatever its name. `now` is when the files were seen; the
    office's receiving log (so_van_den.csv: "Tên tệp", "Ngày giờ nhận") is believed before it.
    Files are copied to KHOXA_HOME/raw under their hash before the register knows of them, so a
    kill between the two loses nothing. Hidden files and the log itself are passed over.
    """
    files = sorted((p for p in inbox.iterdir() if _is_filing(p)), key=lambda p: p.name)
    log = _receiving_log(inbox)
    with database.night(settings) as connection:
        known = set(connection.exec_driver_sql("select content_sha256 from raw.filing").scalars())
        entered: dict[str, tuple[str, datetime]] = {}
        for path in files:
            content = path.read_bytes()
            digest = hashlib.sha256(content).hexdigest()
            if digest in known or digest in entered:
                continue
            _keep(settings.raw_path(digest), content)
            entered[digest] = (path.name, log.get(path.name, now))
        lines = (
            database.copy_line((filing_id(d), d, name, at.isoformat()))
            for d, (name, at) in entered.items()
        )
        columns = ("filing_id", "content_sha256", "original_name", "received_at")
        rows = database.copy_in(connection, "raw.filing", columns, lines)
        database.analyze(connection, "raw.filing", rows)
    return [Received(filing_id(d), name, at) for d, (name, at) in entered.items()]


def filing_id(digest: str) -> int:
    """A filing's number: the first 63 bits of its content's SHA-256, the same on every machine."""
    return int(digest[:16], 16) >> 1


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
            return {r["Tên tệp"]: datetime.fromisoformat(r["Ngày giờ nhận"]) for r in rows}
    return {}

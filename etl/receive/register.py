"""The filing register itself: what it knows, and how files are entered; contents are kept under
their hash."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, text

from etl.catalogue.rules import fill, load_rules
from etl.ground import database
from etl.ground.whole_file import whole_file
from etl.receive.arrivals import Arrival, Entry, Filed, Register, Seen
from etl.receive.inbox import NotTaken

log = logging.getLogger(__name__)
_ARRIVAL = ("inbox", "name", "seen_no", "content_sha256", "received_at", "modified_at")
_NOT_TAKEN = ("way", "name", "rule", "message_vi", "message_en", "fix_vi", "fix_en")
_FILING = ("filing_id", "content_sha256", "arrival", "original_name", "received_at")


def filing_id(digest: str, number: int = 1) -> int:
    """A filing's number, the same on every machine: the first 63 bits of its content's SHA-256;
    of a content that is filed again, those of the SHA-256 of "content/how manieth time"."""
    if number > 1:
        digest = hashlib.sha256(f"{digest}/{number}".encode()).hexdigest()
    return int(digest[:16], 16) >> 1


def read_register(connection: Connection) -> Register:
    """What was seen and entered so far."""
    rows = database.script(connection, database.statement("staging/arrivals"))
    filed = database.script(connection, database.statement("staging/contents"))
    return Register(
        {(row.inbox, row.name): Arrival._make(row) for row in rows},
        {row.content_sha256: Filed(row.arrival, frozenset(row.superseded_by)) for row in filed},
    )


def enter(
    connection: Connection, register: Register, place: str, seen: Iterable[Seen], now: datetime
) -> tuple[list[Arrival], dict[str, Entry]]:
    """Enter the files of one place (see arrivals.Register.look); returns what is new."""
    arrivals, entries = register.look(place, seen, now)
    database.copy_in(connection, "raw.arrival", _ARRIVAL, map(database.copy_line, arrivals))
    lines = (database.copy_line(_row(digest, entry)) for digest, entry in entries.items())
    rows = database.copy_in(connection, "raw.filing", _FILING, lines)
    database.analyze(connection, "raw.filing", rows)
    return arrivals, entries


def keep(path: Path, content: bytes) -> None:
    """Write a content under its hash, whole or not at all."""
    if not path.exists():
        with whole_file(path) as part:
            part.write_bytes(content)


def say_not_taken(connection: Connection, not_taken: list[NotTaken], way: str) -> None:
    """Name what was not taken of those that came by one way, in the log and in ops.not_taken."""
    connection.execute(text("delete from ops.not_taken where way = :way"), {"way": way})
    rows: dict[str, str] = {}
    for each in not_taken:
        rule = load_rules()[each.rule]
        words = (rule.vi, rule.en, rule.fix.vi, rule.fix.en)
        said = [fill(template, {"name": each.name, **each.params}) for template in words]
        log.warning("%s: %s / %s", each.name, *said[:2])
        rows[each.name] = database.copy_line((way, each.name, each.rule, *said))
    database.copy_in(connection, "ops.not_taken", _NOT_TAKEN, rows.values())


def _row(digest: str, entry: Entry) -> tuple[object, ...]:
    number = entry.number
    return filing_id(digest, number), digest, number, entry.name, entry.received_at.isoformat()

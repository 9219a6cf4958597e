"""The filing register itself: what it knows, and how files are entered; contents are kept under
their hash."""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from etl.catalogue.definitions import load_rules
from etl.catalogue.rules import fill
from etl.ground import database
from etl.ground.config import Settings
from etl.ground.database import text
from etl.ground.whole_file import keep_whole
from etl.receive.arrivals import Arrival, Entry, Filed, Register, Seen
from etl.receive.inbox import NotTaken, Stamp

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row

log = logging.getLogger(__name__)
_ARRIVAL = ("inbox", "name", "seen_no", "content_sha256", "received_at", "modified_at")
_NOT_TAKEN = ("way", "name", "rule", "message_vi", "message_en", "fix_vi", "fix_en")
_FETCHED = ("inbox", "name", "size_bytes", "modified_at", "tag", "content_sha256")
_FILING = ("filing_id", "content_sha256", "arrival", "original_name", "received_at")


def filing_id(digest: str, number: int = 1, of_clash: int = 0) -> int:
    """A filing's number, the same on every machine: the first 63 bits of its content's SHA-256;
    of a content that is filed again, those of the SHA-256 of "content/how manieth time". Two
    contents made up to have one number are told apart by `of_clash`, 1 for the second."""
    if number > 1:
        digest = hashlib.sha256(f"{digest}/{number}".encode()).hexdigest()
    if of_clash:
        digest = hashlib.sha256(f"{digest}#{of_clash}".encode()).hexdigest()
    return int(digest[:16], 16) >> 1


@contextmanager
def alone(settings: Settings, place: str) -> Iterator[Connection]:
    """A connection to ask with; until the end of the block nobody else looks into this place. It
    holds no lock that a night waits for."""
    number = hashlib.sha256(f"khoxa looks into {place}".encode()).digest()[:8]
    with database.engine(settings).begin() as connection:
        lock = text("select pg_advisory_xact_lock(:number)")
        connection.execute(lock, {"number": int.from_bytes(number, signed=True)})
        yield connection


def read_fetched(connection: Connection, place: str) -> Sequence[Row[Any]]:
    """How the files of an inbox were read last (see sql/staging/fetched.sql)."""
    return database.ask(connection, "staging/fetched", place=place).all()


def note_fetched(
    connection: Connection, place: str, gone: list[str], new: dict[str, tuple[Stamp, str]]
) -> None:
    """Remember how files were read; those that are gone, or were read anew, are forgotten."""
    database.run(connection, "staging/forget_fetched", place=place, gone=gone)
    lines = (
        database.copy_line((place, name, *stamp, digest)) for name, (stamp, digest) in new.items()
    )
    database.copy_in(connection, "ops.fetched", _FETCHED, lines)


def read_register(
    connection: Connection, place: str, names: list[str], digests: list[str]
) -> Register:
    """What was seen and entered so far that concerns some files that come by one place, so that
    they cost the same in a register of thousands."""
    rows = database.ask(connection, "staging/arrivals", place=place, names=names, digests=digests)
    last = {(row.inbox, row.name): Arrival._make(row) for row in rows}
    return Register(last, read_filed(connection, digests))


def read_filed(connection: Connection, digests: list[str]) -> dict[str, Filed]:
    """Those of some contents that were filed."""
    rows = database.ask(connection, "staging/contents", digests=digests)
    return {row.content_sha256: Filed(row.arrival, frozenset(row.superseded_by)) for row in rows}


def enter(
    connection: Connection,
    register: Register,
    place: str,
    seen: Iterable[Seen],
    now: datetime,
    until: datetime | None = None,
) -> tuple[list[Arrival], dict[str, Entry], dict[str, int]]:
    """Enter the files of one place (see arrivals.Register.look), whose copies are kept already;
    returns what is new, and the number of each new filing by content."""
    arrivals, entries = register.look(place, seen, now, until)
    if entries:
        os.sync()  # what the register knows outlives a power cut, as the register itself does
    database.copy_in(connection, "raw.arrival", _ARRIVAL, map(database.copy_line, arrivals))
    numbers = _numbers(connection, entries)
    lines = (
        database.copy_line((numbers[digest], digest, each.number, each.name, each.received_at))
        for digest, each in entries.items()
    )
    rows = database.copy_in(connection, "raw.filing", _FILING, lines)
    database.analyze(connection, "raw.filing", rows)
    return arrivals, entries, numbers


def _numbers(connection: Connection, entries: dict[str, Entry]) -> dict[str, int]:
    """A number for every content to enter that no other filing has."""
    numbers: dict[str, int] = {}
    sql = text("select filing_id from raw.filing where filing_id = any(:numbers)")
    first = [filing_id(digest, each.number) for digest, each in entries.items()]
    taken = set(connection.execute(sql, {"numbers": first}).scalars())
    for digest, entry in entries.items():
        clash = 0
        while (number := filing_id(digest, entry.number, clash)) in taken:
            clash += 1
        if clash:
            log.error("%s: another filing has the number %016x", entry.name, number)
        taken.add(number)
        numbers[digest] = number
    return numbers


def keep(path: Path, content: bytes) -> None:
    """Write a content under its hash, whole or not at all; again where a power cut, before the
    register knew of it, left a file of no content."""
    with suppress(FileNotFoundError):
        if path.stat().st_size == len(content):
            return
    keep_whole(path, content)


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

"""Room: the filing register. A file is entered once, by its content, and kept untouched; again
only where it comes anew after another version took its place (ground.arrivals).

Door: `receive`.
"""

from __future__ import annotations

import hashlib
import logging
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, text

from etl.catalogue.rules import fill, load_rules
from etl.ground import database
from etl.ground.config import Settings
from etl.ground.records import Received
from etl.ground.whole_file import whole_file
from etl.receive.arrivals import Arrival, Entry, Filed, Register, Seen
from etl.receive.inbox import File, InboxPath, NotTaken, look, on_disk

__all__ = ["InboxPath", "filing_id", "receive"]

log = logging.getLogger(__name__)
_ARRIVAL = ("inbox", "name", "seen_no", "content_sha256", "received_at", "modified_at")
_NOT_TAKEN = ("name", "rule", "message_vi", "message_en", "fix_vi", "fix_en")
_FILING = ("filing_id", "content_sha256", "arrival", "original_name", "received_at")


def receive(settings: Settings, inbox: InboxPath, now: datetime) -> list[Received]:
    """Enter every new file of the inbox into raw.filing; return those entered.

    The same content is one filing, whatever its name, until it is filed again (see
    ground.arrivals.Register.look). `now` is when the files were seen; the office's receiving log
    (so_van_den.csv: "Tên tệp", "Ngày giờ nhận") is believed before it. Files are copied to
    KHOXA_HOME/raw under their hash before the register knows of them, so a kill between the two
    loses nothing. Hidden files and the log itself are passed over; whatever else cannot be taken is
    in ops.not_taken until it can be, or is gone.
    """
    place = str(on_disk(inbox)).removeprefix("file://")
    with database.night(settings) as connection:
        register = _register(connection)
        seen: list[Seen] = []
        not_taken: list[NotTaken] = []
        for found in look(inbox):
            if isinstance(found, File):
                seen.append(_see(settings, register, found))
            else:
                not_taken.append(found)
        _say_not_taken(connection, not_taken)
        arrivals, entries = register.look(place, seen, now)
        _say_repeats(connection, arrivals, entries)
        database.copy_in(connection, "raw.arrival", _ARRIVAL, map(database.copy_line, arrivals))
        numbers = _numbers(connection, entries)
        lines = (
            database.copy_line((numbers[digest], digest, each.number, each.name, each.received_at))
            for digest, each in entries.items()
        )
        rows = database.copy_in(connection, "raw.filing", _FILING, lines)
        database.analyze(connection, "raw.filing", rows)
    return [
        Received(numbers[digest], entry.name, entry.received_at)
        for digest, entry in entries.items()
    ]


def filing_id(digest: str, number: int = 1, of_clash: int = 0) -> int:
    """A filing's number, the same on every machine: the first 63 bits of its content's SHA-256;
    of a content that is filed again, those of the SHA-256 of "content/how manieth time". Two
    contents made up to have one number are told apart by `of_clash`, 1 for the second."""
    if number > 1:
        digest = hashlib.sha256(f"{digest}/{number}".encode()).hexdigest()
    if of_clash:
        digest = hashlib.sha256(f"{digest}#{of_clash}".encode()).hexdigest()
    return int(digest[:16], 16) >> 1


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


def _see(settings: Settings, register: Register, file: File) -> Seen:
    """One file of the inbox; what may be entered is kept."""
    digest = hashlib.sha256(file.content).hexdigest()
    if register.may_enter(digest):
        _keep(settings.raw_path(digest), file.content)
    return Seen(file.name, digest, file.logged, file.modified)


def _keep(path: Path, content: bytes) -> None:
    """Write a content under its hash, whole or not at all."""
    if not path.exists():
        with whole_file(path, private=True) as part:
            part.write_bytes(content)


def _say_not_taken(connection: Connection, not_taken: list[NotTaken]) -> None:
    """Name what was not taken, in the log and in ops.not_taken."""
    connection.exec_driver_sql("delete from ops.not_taken")
    rows: dict[str, str] = {}
    for each in not_taken:
        rule = load_rules()[each.rule]
        words = (rule.vi, rule.en, rule.fix.vi, rule.fix.en)
        said = [fill(template, {"name": each.name, **each.params}) for template in words]
        log.warning("%s: %s / %s", each.name, *said[:2])
        rows[each.name] = database.copy_line((each.name, each.rule, *said))
    database.copy_in(connection, "ops.not_taken", _NOT_TAKEN, rows.values())

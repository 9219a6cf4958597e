"""Room: the filing register. A file is entered once, by its content, and kept untouched; again
only where it comes anew after another version took its place (ground.arrivals).

Doors: `receive` looks into a folder (`SftpPath`: one of an SFTP server), `collect` into a mailbox;
`mended`: copies that still are, or again, what was filed.
"""

from __future__ import annotations

import hashlib
import logging
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from etl.ground import database, numerals
from etl.ground.config import Settings
from etl.ground.records import Received
from etl.receive.arrivals import Arrival, Entry, Register, Seen
from etl.receive.copies import is_sound, mended
from etl.receive.inbox import File, InboxPath, NotTaken, Stamp, Unchanged, look, on_disk
from etl.receive.mailbox import Mailbox, collect
from etl.receive.register import (
    alone,
    enter,
    filing_id,
    keep,
    note_fetched,
    read_fetched,
    read_filed,
    read_register,
    say_not_taken,
)
from etl.receive.sftp import SftpPath

if TYPE_CHECKING:
    from sqlalchemy import Connection

__all__ = ["InboxPath", "Mailbox", "SftpPath", "collect", "filing_id", "is_sound", "mended"]
__all__ += ["receive"]

log = logging.getLogger(__name__)
_NAMED = 5  # of the files that come with a content that was filed before
_TOGETHER, _ROOM = 256, 1 << 24  # files that the register is asked about at once, and their bytes


def receive(
    settings: Settings,
    inbox: InboxPath,
    now: datetime,
    way: str = "inbox",
    until: datetime | None = None,
) -> list[Received]:
    """Enter every new file of the inbox into raw.filing; return those entered.

    The same content is one filing, whatever its name, until it is filed again (see
    ground.arrivals.Register.look). `now` is when the files came, or the time of their change where
    that lies between it and `until`: a run that begins late, or again, finds what came after its
    hour. The office's receiving log (so_van_den.csv: "Tên tệp", "Ngày giờ nhận") is believed before
    it. Files are copied to KHOXA_HOME/raw under their hash before the register knows of them, so a
    kill between the two loses nothing. Files that lie there as they did are not read again. Hidden
    files and the log itself are passed over; whatever else cannot be taken is in ops.not_taken
    until it can be, or is gone, beside what came by other ways.
    """
    place = str(on_disk(inbox)).removeprefix("file://")
    with alone(settings, place) as connection:
        looked = _look(settings, connection, inbox, place)
        names, digests = [each.name for each in looked.seen], [each.digest for each in looked.seen]
        with database.night(settings) as writing:
            say_not_taken(writing, looked.not_taken, way)
            register = read_register(writing, place, names, digests)
            arrivals, entries, numbers = enter(writing, register, place, looked.seen, now, until)
            note_fetched(writing, place, looked.gone, looked.fetched)
            _say_repeats(writing, arrivals, entries)
    return [
        Received(numbers[digest], entry.name, entry.received_at)
        for digest, entry in entries.items()
    ]


class _Looked(NamedTuple):
    """What lies in an inbox: the files that something may come of, with their contents kept, and
    what cannot be taken; how those that were read were, and which others are not as they were."""

    seen: list[Seen]
    not_taken: list[NotTaken]
    fetched: dict[str, tuple[Stamp, str]]
    gone: list[str]


def _look(settings: Settings, connection: Connection, inbox: InboxPath, place: str) -> _Looked:
    """Look into an inbox and keep what may be entered; however slow its server is, no night waits
    for it."""
    known = {row.name: row for row in read_fetched(connection, place)}
    fetched: dict[str, Any] = {
        row.name: row
        for row in known.values()
        if not row.is_open or settings.raw_path(row.content_sha256).exists()
    }
    looked, group, size = _Looked([], [], {}, []), [], 0
    for found in look(inbox, fetched):
        if isinstance(found, NotTaken):
            looked.not_taken.append(found)
        elif isinstance(found, Unchanged):
            row = known.pop(found.name)
            if row.settled_at is None or (found.logged and found.logged > row.settled_at):
                seen = Seen(found.name, row.content_sha256, found.logged, row.modified_at)
                looked.seen.append(seen)
        else:
            group.append(found)
            size += len(found.content)
            if len(group) == _TOGETHER or size > _ROOM:
                _keep(settings, connection, group, looked)
                group, size = [], 0
    _keep(settings, connection, group, looked)
    looked.seen.sort(key=lambda each: each.name)
    looked.gone.extend(known)
    return looked


def _keep(settings: Settings, connection: Connection, files: list[File], looked: _Looked) -> None:
    """Note some files of an inbox and keep what may be entered of them; the register is asked about
    all at once."""
    digests = [hashlib.sha256(file.content).hexdigest() for file in files]
    register = Register({}, read_filed(connection, digests))
    for file, digest in zip(files, digests, strict=True):
        if register.may_enter(digest):
            keep(settings.raw_path(digest), file.content)
        looked.seen.append(Seen(file.name, digest, file.logged, file.modified))
        if file.stamp:
            looked.fetched[file.name] = file.stamp, digest


def _say_repeats(
    connection: Connection, arrivals: list[Arrival], entries: dict[str, Entry]
) -> None:
    """Name the files that come anew with a content that was filed before, and is not entered."""
    names = {digest: entry.name for digest, entry in entries.items()}
    if lacking := [each.digest for each in arrivals if each.digest not in names]:
        first = database.ask(connection, "staging/first_names", digests=lacking)
        names |= {row[0]: row[1] for row in first}
    known = ((each, names.get(each.digest, each.name)) for each in arrivals)
    repeats = [
        each.name if name == each.name else f"{each.name} (= {name})"
        for each, name in known
        if name != each.name or each.digest in lacking
    ]
    if repeats:
        log.warning(
            "%s tệp có nội dung đã được nhận, không nhận lại / files with a content that was"
            " already filed, not filed again: %s%s",
            numerals.shown(len(repeats)), ", ".join(repeats[:_NAMED]),
            ", …" * (len(repeats) > _NAMED),
        )  # fmt: skip

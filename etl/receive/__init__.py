"""Room: the filing register. A file is entered once, by its content, and kept untouched; again
only where it comes anew after another version took its place (ground.arrivals).

Doors: `receive` looks into a folder, `collect` into a mailbox; `mended`: copies that
still are, or again, what was filed.
"""

from __future__ import annotations

import hashlib
import logging
from datetime import datetime
from typing import TYPE_CHECKING

from etl.ground import database
from etl.ground.config import Settings
from etl.ground.records import Received
from etl.receive.arrivals import Arrival, Entry, Register, Seen
from etl.receive.copies import is_sound, mended
from etl.receive.inbox import File, InboxPath, NotTaken, look, on_disk
from etl.receive.mailbox import Mailbox, collect
from etl.receive.marks import Marks
from etl.receive.register import enter, filing_id, keep, read_register, say_not_taken

if TYPE_CHECKING:
    from sqlalchemy import Connection

__all__ = ["InboxPath", "Mailbox", "collect", "filing_id", "is_sound", "mended", "receive"]

log = logging.getLogger(__name__)


def receive(
    settings: Settings, inbox: InboxPath, now: datetime, way: str = "inbox"
) -> list[Received]:
    """Enter every new file of the inbox into raw.filing; return those entered.

    The same content is one filing, whatever its name, until it is filed again (see
    ground.arrivals.Register.look). `now` is when the files were seen; the office's receiving log
    (so_van_den.csv: "Tên tệp", "Ngày giờ nhận") is believed before it. Files are copied to
    KHOXA_HOME/raw under their hash before the register knows of them, so a kill between the two
    loses nothing. Files that lie there as they did (see marks) are not read again, unless they may
    be entered anew. Hidden files and the log itself are passed over; whatever else cannot be taken
    is in ops.not_taken until it can be, or is gone, beside what came by other ways.
    """
    place = str(on_disk(inbox)).removeprefix("file://")
    with database.night(settings) as connection:
        register = read_register(connection)
        seen: list[Seen] = []
        not_taken: list[NotTaken] = []
        marks = Marks(settings.inbox_marks, place, lambda each: not register.may_enter(each))
        for found in look(inbox, marks):
            if isinstance(found, File):
                seen.append(_see(settings, register, marks, found))
            else:
                not_taken.append(found)
        say_not_taken(connection, not_taken, way)
        arrivals, entries, numbers = enter(connection, register, place, seen, now)
        _say_repeats(connection, arrivals, entries)
    marks.keep()
    return [
        Received(numbers[digest], entry.name, entry.received_at)
        for digest, entry in entries.items()
    ]


def _say_repeats(
    connection: Connection, arrivals: list[Arrival], entries: dict[str, Entry]
) -> None:
    """Name the files that come anew with a content that was filed before, and is not entered."""
    names = {digest: entry.name for digest, entry in entries.items()}
    if lacking := [each.digest for each in arrivals if each.digest not in names]:
        from sqlalchemy import text

        sql = text(database.statement("staging/first_names"))
        names |= {row[0]: row[1] for row in connection.execute(sql, {"digests": lacking})}
    for each in arrivals:
        if (name := names.get(each.digest, each.name)) != each.name or each.digest in lacking:
            log.warning(
                "%s: nội dung này đã được nhận trong tệp %s, không nhận lại"
                " / this content was already filed as %s and is not filed again",
                each.name, name, name,
            )  # fmt: skip


def _see(settings: Settings, register: Register, marks: Marks, file: File) -> Seen:
    """One file of the inbox; what may be entered is kept."""
    if file.digest:
        return Seen(file.name, file.digest, file.logged, file.modified)
    digest = hashlib.sha256(file.content).hexdigest()
    marks.note(file.name, file.mark, digest)
    if register.may_enter(digest):
        keep(settings.raw_path(digest), file.content)
    return Seen(file.name, digest, file.logged, file.modified)

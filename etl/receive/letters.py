"""What becomes of a message: taken, kept apart in quarantine, or left alone; and its rows.

The sender's address says which units a message may file for (ref.sender, of the province's
senders.csv); the load room holds each filing against it once it is known whose it is.
"""

from __future__ import annotations

import hashlib
import os
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from etl.ground import database
from etl.ground.config import Settings
from etl.ground.database import text
from etl.receive.arrivals import Register, Seen
from etl.receive.files_of_mail import MailFile
from etl.receive.message import Letter, opened
from etl.receive.register import enter, keep, read_register

if TYPE_CHECKING:
    from sqlalchemy import Connection


class Sender(NamedTuple):
    """What an address may file for now; how much was taken from it today, and how much of
    anybody's lies in quarantine."""

    units: list[str]
    taken_bytes: int
    quarantined_bytes: int


class Looked(NamedTuple):
    """A message and what was decided of it; `rule` "" where it is taken. `content` is the whole
    message where it was fetched whole."""

    letter: Letter
    state: str
    rule: str
    units: list[str]
    received_at: datetime
    size: int
    collected_on: date
    content: bytes


def sender_now(settings: Settings, address: str, day: date) -> Sender:
    """What is known of an address on a day."""
    with database.asking(settings) as connection:
        return Sender(*database.ask(connection, "mail/sender", address=address, day=day).one())


def decide(letter: Letter, units: list[str]) -> tuple[str, str]:
    """State of a message, and the rule of expectations/reading.yaml why it is not taken, or ""."""
    if letter.is_reply or (letter.is_mass and not (units and letter.files)):
        return "ignored", "mail-automatic"
    if not letter.address:
        return "ignored", "mail-from-unclear"
    rule = "" if letter.is_verified else "mail-unverified"
    rule = rule or ("" if units else "mail-sender-unknown")
    if letter.files:
        return ("quarantined", rule) if rule else ("taken", "")
    return "ignored", rule or "mail-no-file"


def enter_letter(
    settings: Settings, mailbox: str, looked: Looked, place: tuple[int, int] | None = None
) -> tuple[str, bool]:
    """Enter a message with its files, in one transaction, unless it is known; returns its state,
    and whether it is new.

    `place`: where it lies in the mailbox (UIDVALIDITY, UID). Contents are kept before the register
    knows of them, so a kill between the two loses nothing.
    """
    letter = looked.letter
    with database.night(settings) as connection:
        known = text("select state from ops.message where message_key = :key")
        state = connection.execute(known, {"key": letter.key}).scalar() if place else None
        if is_new := state is None:
            state = looked.state
            _write(settings, connection, mailbox, looked)
        if place:
            about = {"mailbox": mailbox, "uid_validity": place[0], "uid": place[1]}
            database.run(connection, "mail/place", **about, message_key=letter.key)
    return str(state), is_new


def release(settings: Settings, mailbox: str, authserv_id: str, day: date) -> int:
    """Decide the messages of the quarantine anew; returns how many are taken now. One whose copy
    the province removed is left alone for good."""
    taken = 0
    with database.asking(settings) as connection:
        rows = database.ask(connection, "mail/quarantined", mailbox=mailbox).all()
    for row in rows:
        path = settings.quarantine_dir / f"{row.message_key}.eml"
        is_there = path.exists()
        if is_there and not row.unit_codes:
            continue
        content = path.read_bytes() if is_there else b""
        letter = opened(content, mailbox, authserv_id)._replace(key=row.message_key)
        state, rule = decide(letter, row.unit_codes) if content else ("ignored", "mail-removed")
        if state != "quarantined":
            looked = Looked(letter, state, rule, row.unit_codes, row.received_at, row.size_bytes,
                            day, content)  # fmt: skip
            enter_letter(settings, mailbox, looked)
            path.unlink(missing_ok=True)
            taken += state == "taken"
    return taken


def _write(settings: Settings, connection: Connection, mailbox: str, looked: Looked) -> None:
    letter = looked.letter
    if looked.state == "quarantined":
        keep(settings.quarantine_dir / f"{letter.key}.eml", looked.content)
        os.sync()  # it is not fetched again
    database.run(
        *(connection, "mail/message"), message_key=letter.key, mailbox=mailbox,
        message_id=letter.message_id, from_address=letter.address, subject=letter.subject,
        received_at=looked.received_at, state=looked.state, rule=looked.rule or None,
        collected_on=looked.collected_on, size_bytes=looked.size, unit_codes=looked.units,
        is_vouched=letter.is_vouched,
    )  # fmt: skip
    files = [] if looked.state == "ignored" else letter.files
    filings = _file(settings, connection, mailbox, looked) if looked.state == "taken" else {}
    for number, file in enumerate(files, 1):
        digest = hashlib.sha256(file.content).hexdigest()
        database.run(
            *(connection, "mail/attachment"), message_key=letter.key, attachment_no=number,
            file_name=file.name, content_sha256=digest, rule=file.rule or None,
            filing_id=None if file.rule else filings.get(digest),
        )  # fmt: skip
    # of one that was read before; the others are told once they are read
    database.run(connection, "staging/told_sender", filings=list(filings.values()))


def _file(
    settings: Settings, connection: Connection, mailbox: str, looked: Looked
) -> dict[str, int]:
    """Enter the files that may be filings in the register; their content's filing, by digest.

    A content that is filed already is that filing; one that another version took the place of is
    filed anew, for a message is sent on purpose.
    """
    place = f"{mailbox}/{looked.letter.address}"
    files = [each for each in looked.letter.files if not each.rule]
    digests = [hashlib.sha256(each.content).hexdigest() for each in files]
    register = read_register(connection, place, [each.name for each in files], digests)
    seen = [
        _see(settings, register, file, digest, looked.received_at)
        for file, digest in zip(files, digests, strict=True)
    ]
    enter(connection, register, place, seen, looked.received_at)
    found = database.ask(connection, "mail/filings_of", digests=digests)
    return {row.content_sha256: row.filing_id for row in found}


def _see(settings: Settings, register: Register, file: MailFile, digest: str, at: datetime) -> Seen:
    """One file of a message; what may be entered is kept."""
    if register.may_enter(digest):
        keep(settings.raw_path(digest), file.content)
    return Seen(file.name, digest, at, None, is_sent=True)

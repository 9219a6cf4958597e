"""A look into a mailbox: every message is decided once, whatever is killed in between.

Door: `collect`. A message is fetched, entered with its files in one transaction, and only then
marked in the mailbox. What is not taken stays there as it was, unread, for a person to see.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any

from etl.ground import clock, database
from etl.ground.clock import HERE
from etl.ground.config import Settings
from etl.receive.imap import Folder, MailServerRefused, Waiting
from etl.receive.inbox import NotTaken
from etl.receive.letters import Looked, Sender, decide, enter_letter, release, sender_now
from etl.receive.message import opened
from etl.receive.register import say_not_taken

_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
MAX_MESSAGE_MB = 30
MAX_SENDER_MB = 150  # of one sender and day
MAX_QUARANTINE_MB = 500
_CLOCKS_DIFFER = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A mailbox as the province configured it.

    Attributes:
        name: what it is called in the warehouse, the same for good.
        folder: where messages come in.
        done_folder: where those that were taken are moved; "": they stay, marked as seen.
        authserv_id: the province's own mail server, whose word on senders counts; "": nobody's.
        since: a day (2026-01-31); what came before is not looked at.
    """

    name: str
    folder: str = "INBOX"
    done_folder: str = ""
    authserv_id: str = ""
    since: str = ""

    @classmethod
    def of(cls, name: str, extra: Mapping[str, Any]) -> Mailbox:
        """A mailbox by what its connection says beside the login; other keys are the hook's."""
        known = {field.name for field in fields(cls)} - {"name"}
        return cls(name, **{key: str(value) for key, value in extra.items() if key in known})

    @property
    def criteria(self) -> tuple[str, ...]:
        """What is looked at, in IMAP's words; what was moved by copying is deleted there.

        Raises ValueError where `since` is no day.
        """
        if not self.since:
            return ("UNDELETED",)
        day = date.fromisoformat(self.since)
        return "UNDELETED", "SINCE", f"{day.day}-{_MONTHS[day.month - 1]}-{day.year}"


def collect(settings: Settings, client: Any, mailbox: Mailbox, now: datetime) -> int:
    """Decide every message of a mailbox that was not looked at yet, and those of the quarantine
    whose sender is known by now; returns how many were taken.

    `client` is like imaplib's, logged in. Raises MailServerRefused, after all else is done where it
    is about a message.
    """
    now = now.astimezone(HERE)
    taken = release(settings, mailbox.name, mailbox.authserv_id, now.date())
    folder = Folder(client, mailbox.folder)
    if mailbox.done_folder:
        folder.make(mailbox.done_folder)
    uids = folder.search(*mailbox.criteria)
    known = _places(settings, mailbox, folder, uids)
    left = set(uids) if mailbox.done_folder else set(folder.search("UNSEEN"))
    waits: list[NotTaken] = []
    refused: list[MailServerRefused] = []
    for uid in sorted(uid for uid in left if known.get(uid)):  # a kill came before the mark
        try:
            folder.settle(uid, mailbox.done_folder)
        except MailServerRefused as error:
            refused.append(error)
    for each in folder.waiting([uid for uid in uids if uid not in known]):
        try:
            found = _look(settings, folder, mailbox, each, now)
            if isinstance(found, NotTaken):
                waits.append(found)
            elif found is not None:
                taken += _enter(settings, folder, mailbox, each, found)
        except MailServerRefused as error:  # one message that a server cannot give stops no other
            refused.append(error)
    with database.night(settings) as connection:
        say_not_taken(connection, waits, "imap")
    if refused:
        raise refused[0]
    return taken


def _enter(
    settings: Settings, folder: Folder, mailbox: Mailbox, waiting: Waiting, found: Looked
) -> bool:
    """Enter a message, then mark it; whether it is taken now."""
    place = folder.uid_validity, waiting.uid
    state, is_new = enter_letter(settings, mailbox.name, found, place)
    if state == "taken":
        folder.settle(waiting.uid, mailbox.done_folder)
    return is_new and state == "taken"


def _places(
    settings: Settings, mailbox: Mailbox, folder: Folder, uids: list[int]
) -> dict[int, bool]:
    """The messages that lie there and were looked at, and whether each was taken."""
    about = {"mailbox": mailbox.name, "uid_validity": folder.uid_validity}
    with database.night(settings) as connection:
        database.run(connection, "mail/gone_places", **about, uids=uids)
        found = database.ask(connection, "mail/places", **about)
        return {row.uid: row.is_taken for row in found}


def _look(
    settings: Settings, folder: Folder, mailbox: Mailbox, waiting: Waiting, now: datetime
) -> Looked | NotTaken | None:
    """One message as it is decided; why it waits; None where it is gone. Only what may be taken
    is fetched whole."""
    if not (content := folder.fetch(waiting.uid, header=True)):
        return None
    letter = opened(content, mailbox.name, mailbox.authserv_id, whole=False)
    sender = sender_now(settings, letter.address, now.date())
    if waiting.size > MAX_MESSAGE_MB * 2**20:
        state, rule = decide(letter, sender.units)
        rule = "mail-too-large" if rule in ("mail-no-file", "mail-sender-unknown") else rule
    else:
        if letter.address and not letter.is_reply:
            if _is_over(sender, waiting.size):
                name = f"{letter.address}: {letter.subject}"[:200]
                return NotTaken(name, "mail-waits")
            if not (content := folder.fetch(waiting.uid)):
                return None
            letter = opened(content, mailbox.name, mailbox.authserv_id)
        state, rule = decide(letter, sender.units)
    at = _received(waiting, now)
    return Looked(letter, state, rule, sender.units, at, waiting.size, now.date(), content)


def _received(waiting: Waiting, now: datetime) -> datetime:
    """When a message came: what the server says, unless that is to come; then it came by now."""
    latest = max(now, clock.now())
    if waiting.received_at <= latest + _CLOCKS_DIFFER:
        return waiting.received_at
    return latest.replace(microsecond=waiting.received_at.microsecond)  # keeps their order


def _is_over(sender: Sender, size: int) -> bool:
    """Whether a message is more than may come of its sender today, or of all unknown ones."""
    if sender.units:
        return sender.taken_bytes + size > MAX_SENDER_MB * 2**20
    return sender.quarantined_bytes + size > MAX_QUARANTINE_MB * 2**20

"""Who is to be told what, into the outbox: in one transaction, each mail once."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from sqlalchemy import Connection, text

from etl.answer.filed import Answer, FileSaid, answers, place
from etl.answer.letters import Letter, letter
from etl.answer.mime import Paper
from etl.answer.outbox import Mail, put
from etl.answer.team import weekly_mails
from etl.catalogue.definitions import load_rules
from etl.catalogue.mail_file import MailFile
from etl.catalogue.sending import receiver_of
from etl.ground import database
from etl.ground.config import NIGHT, Settings
from etl.ground.errors import KhoxaError

log = logging.getLogger(__name__)
_COMPOSING = 0x6B686F79  # the lock of who composes
_PACKING = 4 / 3  # a file in a mail is base64
_MB = 1_000_000


class Papers(NamedTuple):
    """What other rooms draw: the marked workbook of a filing's file (its path, whether it is there
    or not), and a blank form of a unit and period, written to a path; whether figures were filled
    in."""

    marked: Callable[[int, str], Path]
    blank: Callable[[str, str, str, Path], bool]


def compose(settings: Settings, file: MailFile, now: datetime, papers: Papers) -> int:
    """Put every mail that is due at `now` into ops.outbox; returns how many are new.

    Mails of filings and messages are due once these are decided, reminders and the line of the week
    by the day. What was put there before is not put again, however often and by however many at
    once this is called. The cost is that of what is new: a few queries for all.
    """
    where = settings.filing_address or file.sender
    with database.engine(settings).begin() as connection:
        connection.execute(text("select pg_advisory_xact_lock(:n)"), {"n": _COMPOSING})
        mails = [
            *_answers(connection, file, now, papers, where),
            *_unknown(connection, file, where),
            *_reminders(connection, file, now, papers, where),
            *weekly_mails(connection, file, now),
        ]
        return sum(put(connection, file, mail, now) for mail in mails)


def _answers(
    connection: Connection, file: MailFile, now: datetime, papers: Papers, where: str
) -> Iterator[Mail]:
    for answer in answers(connection, file.since, now.date(), folder=file.answer_folder):
        enclosed = list(_enclosed(answer, file, papers))
        reply = answer_letter(answer, file, now, where)
        kind = "returned" if any(each.is_rejected for each in answer.files) else "received"
        level, code = answer.units[0] if len(answer.units) == 1 else (None, None)
        yield Mail(
            answer.mail_key, kind, answer.to_address, reply, level, code, answer.message_key,
            enclosed, answer.message_id if answer.message_received_at else None, answer.told,
        )  # fmt: skip


def answer_letter(answer: Answer, file: MailFile, now: datetime, where: str) -> Letter:
    """The words of an answer; `where`: the address that filings are sent to."""
    return letter(
        "answer", files=answer.files, unit_name=answer.unit_name, due=answer.due,
        is_change=answer.is_change, message_received_at=answer.message_received_at,
        office=file.office, where=where, receiver=answer.receiver, today=now.date(),
        night=next_night(now), place=place,
    )  # fmt: skip


def next_night(now: datetime) -> datetime:
    """When the nightly refresh begins next."""
    tonight = now.replace(hour=NIGHT.hour, minute=NIGHT.minute, second=0, microsecond=0)
    return tonight if now <= tonight else tonight + timedelta(days=1)


def _enclosed(answer: Answer, file: MailFile, papers: Papers) -> Iterator[Paper]:
    """The marked workbooks that a mail has room for, and a word in the others' place."""
    room = file.largest_mb * _MB / _PACKING
    marked: list[tuple[int, FileSaid, Path]] = []
    for each in answer.files:
        if each.findings and each.filing_id is not None and not each.is_mixed:
            path = papers.marked(each.filing_id, each.name)
            if path.is_file():
                marked.append((path.stat().st_size, each, path))
    for size, each, path in sorted(marked, key=lambda found: found[0]):
        room -= size
        if room < 0:
            each.is_left_out = True
        else:
            each.attached = path.name
            yield Paper(path.name, path.read_bytes())


def _unknown(connection: Connection, file: MailFile, where: str) -> Iterator[Mail]:
    for row in database.ask(connection, "answer/unknown", since=file.since):
        if row.rule == "mail-sender-unknown" and not file.answer_unknown:
            continue
        kind = "quarantined" if row.state == "quarantined" else "returned"
        reply = unknown_letter(row.rule, row.received_at, file, where)
        yield Mail(
            row.mail_key, kind, row.to_address, reply,
            message_key=row.message_key, reply_to=row.message_id,
        )  # fmt: skip


def unknown_letter(code: str, received_at: datetime, file: MailFile, where: str) -> Letter:
    """The words to the sender of a message that was not taken, by the rule why."""
    if code == "mail-sender-unknown":
        return letter("unknown", office=file.office)
    if code == "mail-unverified":
        return letter("unverified", office=file.office, received_at=received_at)
    rule = load_rules()[code]
    return letter(
        "not_opened", office=file.office, where=where, received_at=received_at, rule=code,
        why=rule.vi, fix=rule.fix.vi, why_en=rule.en, fix_en=rule.fix.en,
    )  # fmt: skip


def _reminders(
    connection: Connection, file: MailFile, now: datetime, papers: Papers, where: str
) -> Iterator[Mail]:
    steps, today = file.reminders.steps, now.date()
    if not steps:
        return
    due = database.ask(connection, "answer/reminders", steps=steps, today=today).all()
    with TemporaryDirectory(prefix="khoxa-") as folder:
        for row in due:
            name = f"{row.form}_{row.unit_code}_{row.year}-{row.period}.xlsx"
            path, is_filled = Path(folder, name), False
            try:
                when = f"{row.year}-{row.period}"
                is_filled = papers.blank(row.form, row.unit_code, when, path)
            except KhoxaError as error:  # the unit is reminded without it
                log.warning("%s %s: %s", row.form, row.unit_code, error)
            enclosed = [Paper(name, path.read_bytes())] if path.exists() else []
            attached = name if enclosed else ""
            reminder = reminder_letter(row, file, now, attached, is_filled, where)
            path.unlink(missing_ok=True)
            yield Mail(
                row.mail_key, "reminder", row.to_address, reminder, row.level, row.unit_code,
                papers=enclosed,
            )  # fmt: skip


def reminder_letter(
    row: Any, file: MailFile, now: datetime, attached: str, is_filled: bool, where: str
) -> Letter:
    """The words of a reminder; a row as sql/answer/reminders.sql gives it."""
    return letter(
        "reminder", form=row.form, code=row.period, year=row.year, due_on=row.due_on,
        unit_name=row.unit_name, today=now.date(), returned_on=row.returned_on,
        attached=attached, is_filled=is_filled, office=file.office, where=where,
        receiver=receiver_of(row.level, row.unit_code, now.date(), now.date()),
    )  # fmt: skip

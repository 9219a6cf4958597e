"""ops.outbox: mails put there once, taken out one by one, and what came of each."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, text

from etl.answer.letters import Letter, one_line
from etl.answer.mime import Paper, mail, may_be_written_to, message_id
from etl.catalogue.mail_file import MailFile
from etl.ground import database

log = logging.getLogger(__name__)
_SENDING = 0x6B686F7A  # the lock of who sends
MOST_TRIES = 10  # "later" of a mail server; with the waits between them two days
MOST_CUTS = 2  # a mail on which the process dies each time does not hold up the others
_FIRST_WAIT = timedelta(minutes=15)
_LONGEST_WAIT = timedelta(hours=6)


class Mail(NamedTuple):
    """A mail to be put into the outbox. `reply_to`: the Message-ID of what it answers, "" where
    that has none; None: it answers nothing. `told`: filings and the verdicts it tells."""

    mail_key: str
    kind: str
    to_address: str
    said: Letter
    level: str | None = None
    unit_code: str | None = None
    message_key: str | None = None
    papers: Sequence[Paper] = ()
    reply_to: str | None = None
    told: Sequence[tuple[int, str]] = ()


class Taken(NamedTuple):
    """A mail that is about to be handed over."""

    mail_no: int
    to_address: str
    content: bytes
    cuts: int


def put(connection: Connection, file: MailFile, new: Mail, now: datetime) -> bool:
    """Put one mail; whether it was not there yet. One to an address that cannot be written to
    stands there as failed, so that it is seen; a program's mailbox too."""
    content, why = None, "địa chỉ không gửi được / no address to write to"
    if new.to_address == file.sender.lower():
        why = "đó là địa chỉ của chính khoxa (from) / it is khoxa's own address (from)"
    elif may_be_written_to(new.to_address):
        try:
            message = mail(
                file, new.to_address, new.mail_key, new.said, now, new.papers, new.reply_to
            )
            content, why = message.as_bytes(), ""
        except Exception as error:  # one mail that cannot be packed keeps none from going
            log.exception("%s", new.mail_key)
            why = f"{type(error).__name__}: {error}"
    row = {
        **new._asdict(), "content": content, "now": now, "subject": new.said.subject,
        "body": new.said.body, "message_id": message_id(new.mail_key, file.sender),
        "to_address": one_line(new.to_address, 320), "state": "failed" if why else "waiting",
        "last_error": why,
    }  # fmt: skip
    for name in ("said", "papers", "reply_to", "told"):
        del row[name]
    if not database.run(connection, "answer/put", **row):
        return False
    for filing_id, verdict in new.told:
        telling = {"filing_id": filing_id, "mail_key": new.mail_key, "verdict": verdict}
        database.run(connection, "answer/tell", **telling)
    return True


@contextmanager
def alone(connection: Connection) -> Iterator[bool]:
    """Whether nobody else sends just now; until the end of the block nobody else does."""
    number = {"n": _SENDING}
    is_mine = bool(connection.execute(text("select pg_try_advisory_lock(:n)"), number).scalar())
    connection.commit()
    try:
        yield is_mine
    finally:
        connection.rollback()
        if is_mine:
            connection.execute(text("select pg_advisory_unlock(:n)"), number)
            connection.commit()


def mend_cut(connection: Connection, now: datetime) -> int:
    """Mails that were being handed over when a run died, for whoever holds the lock: once more,
    under the same Message-ID, then no more; returns how many. Nobody knows whether they went."""
    done = database.run(connection, "answer/mend_cut", now=now, most=MOST_CUTS)
    connection.commit()
    return done


def take(
    connection: Connection, now: datetime, passed: list[int], *, to_server: bool
) -> Taken | None:
    """The next mail whose time has come, but for those passed over: marked as being handed over
    before it is, so that a death in between is seen."""
    given = {"now": now, "passed": passed, "to_server": to_server}
    row = database.ask(connection, "answer/take", **given).one_or_none()
    connection.commit()
    return Taken(row.mail_no, row.to_address, bytes(row.content), row.cuts) if row else None


def no_server(connection: Connection, why: str, now: datetime) -> int:
    """Nothing was tried: all whose time has come wait as before, and say why; returns how many."""
    done = database.run(connection, "answer/no_server", why=one_line(why, 300), now=now)
    connection.commit()
    return done


def try_later(
    connection: Connection, taken: Taken, why: str, now: datetime, *, cut: bool = False
) -> None:
    """The mail waits, each time twice as long; after MOST_TRIES it is given up. `cut`: the server
    had it all and did not answer, which is tried MOST_CUTS times: more copies help nobody."""
    database.run(
        connection, "answer/try_later", mail_no=taken.mail_no, why=one_line(why, 300), now=now,
        cut=int(cut), most=MOST_TRIES, most_cuts=MOST_CUTS, first=_FIRST_WAIT,
        longest=_LONGEST_WAIT,
    )  # fmt: skip
    connection.commit()


def settle(
    connection: Connection, taken: Taken, state: str, *, why: str = "",
    sent_at: datetime | None = None,
) -> None:  # fmt: skip
    """What came of a mail: `sent` or `written`, then its text goes; or `failed`, kept for `khoxa
    mail retry`."""
    database.run(
        connection, "answer/settle", mail_no=taken.mail_no, state=state, why=one_line(why, 300),
        keep=sent_at is None, sent_at=sent_at,
    )  # fmt: skip
    connection.commit()

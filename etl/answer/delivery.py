"""What waits in the outbox goes out, one mail at a time; a failure costs the mail it belongs to."""

from __future__ import annotations

import logging
import smtplib
from collections import Counter
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection

from etl.answer import outbox
from etl.answer.mime import parsed
from etl.answer.outbox import Taken
from etl.answer.smtp import Mailer, NobodyKnows, NoServer, Send
from etl.ground import database
from etl.ground.config import Settings
from etl.ground.whole_file import whole_file

log = logging.getLogger(__name__)
_OF_SIZE = 552  # the one refusal at MAIL FROM that is about the mail
_MOST_BROKEN = 2  # connections in a row, after which it is the server and no mail


# what came of an attempt
_Came = Literal["sent", "later", "never", "broke_off", "nobody_knows"]


def deliver(settings: Settings, send: Send | None, now: datetime) -> dict[str, int]:
    """Hand over the mails whose time has come; counts of sent, written, waiting and failed ones.

    `send` None writes each that waits for no server to KHOXA_HOME/mails as .eml; it counts as gone.
    Two never send at once: the second returns {}. A mail is `sending` before it is handed over and
    `sent` after; one that a dead run left in between is sent once more under its
    Message-ID (docs/operations.md, “Answers”). Raises nothing of the mail server's.
    """
    with database.engine(settings).connect() as connection, outbox.alone(connection) as is_mine:
        if not is_mine:
            log.warning("thư đang được một lượt khác gửi / another run is sending")
            return {}
        if cut := outbox.mend_cut(connection, now):
            log.warning("%s thư bị ngắt khi gửi / mails were cut off while being sent", cut)
        done: Counter[str] = Counter()
        if send is None:
            _write_all(settings, connection, now, done)
        else:
            try:
                _send_all(connection, send, now, done)
            finally:
                if isinstance(send, Mailer):
                    send.close()
    return dict(done)


def _write_all(
    settings: Settings, connection: Connection, now: datetime, done: Counter[str]
) -> None:
    while taken := outbox.take(connection, now, [], to_server=False):
        with whole_file(settings.mails_dir / f"{taken.mail_no:06}.eml", private=True) as part:
            part.write_bytes(taken.content)
        outbox.settle(connection, taken, "written", sent_at=now)
        done["written"] += 1


def _send_all(connection: Connection, send: Send, now: datetime, done: Counter[str]) -> None:
    passed: list[int] = []
    broken = 0
    try:
        while broken < _MOST_BROKEN:
            if isinstance(send, Mailer):
                send.open()
            if (taken := outbox.take(connection, now, passed, to_server=True)) is None:
                return
            passed.append(taken.mail_no)
            came, why = _attempt(send, taken)
            broken = broken + 1 if came in ("broke_off", "nobody_knows") else 0
            _settle(connection, taken, came, why, now)
            done[came] += 1
    except NoServer as error:
        log.error("máy chủ thư không trả lời / no mail server: %s", error)
        if waiting := outbox.no_server(connection, str(error), now):
            done["no_server"] = waiting


def _attempt(send: Send, taken: Taken) -> tuple[_Came, str]:
    """Hand one mail over; what came of it, and the server's words. Raises NoServer."""
    try:
        send(parsed(taken.content))
    except NoServer:
        raise
    except smtplib.SMTPRecipientsRefused as refused:
        code, words = next(iter(refused.recipients.values()))
        return _by_code(code), f"{code} {words.decode('utf-8', 'replace')}"
    except smtplib.SMTPSenderRefused as refused:
        why = f"{refused.smtp_code} {refused.smtp_error!r}"
        if refused.smtp_code != _OF_SIZE:
            raise NoServer(why) from refused
        return "never", why
    except smtplib.SMTPResponseException as refused:
        return _by_code(refused.smtp_code), f"{refused.smtp_code} {refused.smtp_error!r}"
    except smtplib.SMTPNotSupportedError as error:
        return "never", str(error)
    except NobodyKnows as error:
        return "nobody_knows", f"có thể thư đã tới / it may have arrived: {error}"
    except OSError as error:  # SMTPServerDisconnected is one
        return "broke_off", f"{type(error).__name__}: {error}"
    except Exception as error:  # whatever it is, it is about this mail
        return "never", f"{type(error).__name__}: {error}"
    return "sent", ""


def _by_code(code: int) -> _Came:
    return "never" if 500 <= code < 600 else "later"


def _settle(connection: Connection, taken: Taken, came: _Came, why: str, now: datetime) -> None:
    if came == "sent":
        outbox.settle(connection, taken, "sent", sent_at=now)
        return
    log.warning("thư số %s chưa gửi được / mail %s: %s", taken.mail_no, taken.mail_no, why)
    if came == "never":
        outbox.settle(connection, taken, "failed", why=why)
    else:
        outbox.try_later(connection, taken, why, now, cut=came == "nobody_knows")

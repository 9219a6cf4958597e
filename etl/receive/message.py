"""One message as it was fetched: who sent it, whether a program did, what it holds.

Door: `opened`. A message is told from another by the mailbox, its Message-ID, its sender and what
it holds, not by its number there: servers number messages anew, and a copy has another number.
"""

from __future__ import annotations

import hashlib
import logging
import re
import unicodedata
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.parser import BytesHeaderParser, BytesParser
from email.policy import Compat32
from typing import NamedTuple

from etl.receive.file_names import decoded
from etl.receive.files_of_mail import MailFile, files_of
from etl.receive.sender import is_verified, sender_of

log = logging.getLogger(__name__)
_LONGEST = 300
_LONGEST_HEADER = 20_000  # what parses headers takes hours over some that have megabytes
_REPLIES = ("x-autoreply", "x-autorespond", "x-autoresponder", "x-autoresponse",
            "x-autoreply-from", "x-mail-autoreply", "x-failed-recipients")  # fmt: skip
# rules of mail programs say it nowhere else; one with a file from a unit is taken all the same
_AWAY = re.compile(
    r"(auto(matic)?[ -]?(reply|response)|out of (the )?office|(thư )?trả lời tự động)\b",
    re.IGNORECASE,
)
_MASS = {"bulk", "list", "junk"}
_DAEMON = re.compile(r"(?:mailer-daemon|postmaster|no-?reply-?daemon)@", re.IGNORECASE)


class _Raw(Compat32):
    """Headers as they stand, bare bytes as surrogates: nothing is lost before it is looked at but
    what is longer than any header."""

    def header_fetch_parse(self, name: str, value: str) -> str:
        return value[:_LONGEST_HEADER]


class Letter(NamedTuple):
    """What is known of a message. `address` is "" where one cannot be sure of it. `is_reply`: a
    program's answer to another message; `is_mass`: a program, or a list, sent it to many.
    `is_vouched`: the own mail server says that it is from the address; `is_verified`: that, or
    nobody is asked."""

    key: str
    message_id: str
    address: str
    subject: str
    is_reply: bool
    is_mass: bool
    is_verified: bool
    files: list[MailFile]
    is_vouched: bool = False


def opened(content: bytes, mailbox: str, authserv_id: str, *, whole: bool = True) -> Letter:
    """A message as a Letter; of one that is not `whole`, only the header was fetched.

    `authserv_id` "": nobody's word on the sender is asked for. One that cannot be opened (built to
    break programs) has no sender.
    """
    parser = BytesParser if whole else BytesHeaderParser
    try:
        message: Message = parser(policy=_Raw()).parsebytes(content)
        return _letter(message, content, mailbox, authserv_id, whole)
    except Exception:  # one message stops no other
        log.exception("a message cannot be opened")
        key = hashlib.sha256(mailbox.encode() + b"\0" + content).hexdigest()
        return Letter(key, "", "", "", False, False, False, [])


def _letter(
    message: Message, content: bytes, mailbox: str, authserv_id: str, whole: bool
) -> Letter:
    message_id = _line(message, "Message-ID")
    address = sender_of(message)
    is_vouched = bool(authserv_id) and is_verified(message, address, authserv_id)
    return Letter(
        _key(content, mailbox, message_id, address),
        message_id[:_LONGEST],
        address,
        _line(message, "Subject")[:_LONGEST],
        _is_reply(message, address),
        _is_mass(message),
        is_vouched or not authserv_id,
        files_of(message) if whole else [],
        is_vouched,
    )


def _key(content: bytes, mailbox: str, message_id: str, address: str) -> str:
    """The same for every copy of a message in a mailbox: its way there, which its header tells, is
    another each time."""
    body = re.split(rb"\r?\n\r?\n", content, maxsplit=1)[1:]
    said = body if message_id else [content]
    parts = (mailbox.encode(), message_id.encode("utf-8", "replace"), address.encode(), *said)
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def _line(message: Message, name: str) -> str:
    """A header as text, on one line."""
    value = str(message.get(name, ""))
    chunks = _unfolded(value)
    return re.sub(r"\s+", " ", "".join(c if c.isprintable() else " " for c in chunks)).strip()


def _unfolded(value: str) -> str:
    if "=?" not in value:
        return decoded(value.encode("utf-8", "surrogateescape"))
    try:
        chunks = decode_header(re.sub(r"\r?\n", "", value))
    except (ValueError, HeaderParseError):
        return value
    return "".join(c if isinstance(c, str) else decoded(c, cs or "") for c, cs in chunks)


def _is_reply(message: Message, address: str) -> bool:
    """Whether no person wrote it: RFC 3834 (Auto-Submitted), RFC 3464 (reports of delivery).

    X-Auto-Response-Suppress says nothing of it: Exchange writes it on what people send.
    """
    submitted = _line(message, "Auto-Submitted").lower().partition(";")[0].strip()
    return (
        submitted not in ("", "no", "auto-generated")
        or _line(message, "Precedence").lower() == "auto_reply"
        or any(_line(message, name).lower() not in ("", "no") for name in _REPLIES)
        or message.get_content_type() == "multipart/report"
        or _line(message, "Return-Path") == "<>"
        or bool(_DAEMON.match(address))
    )


def _is_mass(message: Message) -> bool:
    submitted = _line(message, "Auto-Submitted").lower()
    return (
        submitted.startswith("auto-generated")
        or _line(message, "Precedence").lower() in _MASS
        or "List-Id" in message
        or bool(_AWAY.match(unicodedata.normalize("NFC", _line(message, "Subject"))))
    )

"""A mail as bytes: headers that nobody can write into, files under their own names."""

from __future__ import annotations

import hashlib
import mimetypes
import re
from collections.abc import Sequence
from datetime import datetime
from email import policy
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import format_datetime
from typing import NamedTuple, cast

from etl.answer.letters import Letter, one_line
from etl.catalogue.mail_file import ADDRESS, MailFile

_NEVER = re.compile(  # RFC 3834, section 2: mailboxes of programs are not answered
    r"(mailer-daemon|postmaster|(do-?)?not?-?reply|bounces?|daemon|root)([+-].*)?@", re.IGNORECASE
)
_MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,900}@[!-;=?-~]{1,250}>")
_AS_THEY_ARE = {"message-id", "in-reply-to", "references"}
_OFFICE = "application/vnd.openxmlformats-officedocument."
_KINDS = mimetypes.MimeTypes(filenames=())  # a machine's own list may lack, or change, any of them
_KINDS.add_type(f"{_OFFICE}spreadsheetml.sheet", ".xlsx")
_KINDS.add_type(f"{_OFFICE}wordprocessingml.document", ".docx")


class _Policy(policy.EmailPolicy):
    """As SMTP wants it. Ids of messages are never wrapped: Python writes long ones as encoded
    words, by which nobody finds the message again (python/cpython issue 100991). A subject and the
    sender's name are wrapped by `Header`: this policy loses blanks between their words or doubles
    them, by the version of Python, and some servers refuse such a mail (issues 92081, 144156)."""

    def header_store_parse(self, name: str, value: object) -> tuple[str, str]:
        name, checked = super().header_store_parse(name, value)
        if name not in ("Subject", "From"):
            return name, checked
        said, address = value, ""
        if isinstance(value, Address):
            said, address = value.display_name, f" <{value.addr_spec}>"
        words = Header(str(said), "utf-8", maxlinelen=75, header_name=name)
        return name, words.encode(linesep=self.linesep) + address

    def fold(self, name: str, value: str) -> str:
        if name.lower() in _AS_THEY_ARE:
            return f"{name}: {value}{self.linesep}"
        return str(super().fold(name, value))

    def fold_binary(self, name: str, value: str) -> bytes:
        return self.fold(name, value).encode("ascii", "surrogateescape")


POLICY = _Policy(linesep="\r\n", refold_source="none", utf8=False)


class Paper(NamedTuple):
    """A file of a mail."""

    name: str
    content: bytes


def may_be_written_to(address: str) -> bool:
    """Whether a mail to the address can be sent, and is not one to a program's mailbox."""
    return (
        bool(re.fullmatch(ADDRESS, address)) and len(address) <= 254 and not _NEVER.match(address)
    )


def message_id(mail_key: str, sender: str) -> str:
    """The Message-ID of a mail: of its key, so that each attempt to send it has the same."""
    digest = hashlib.sha256(mail_key.encode()).hexdigest()[:40]
    return f"<khoxa.{digest}@{sender.rpartition('@')[2]}>"


def mail(
    file: MailFile, to: str, mail_key: str, said: Letter, now: datetime,
    papers: Sequence[Paper], reply_to: str | None,
) -> EmailMessage:  # fmt: skip
    """One mail, ready to be sent. `reply_to`: the Message-ID of what it answers, "" where that has
    none; None: it answers nothing."""
    message = EmailMessage(policy=POLICY)
    message["From"] = Address(one_line(file.office.vi, 60), addr_spec=file.sender)
    message["To"] = Address(addr_spec=to)
    message["Subject"] = said.subject
    message["Date"] = format_datetime(now)
    message["Message-ID"] = message_id(mail_key, file.sender)
    message["Auto-Submitted"] = "auto-generated" if reply_to is None else "auto-replied"
    message["X-Auto-Response-Suppress"] = "All"  # Exchange knows only this one
    if reply_to and _MESSAGE_ID.fullmatch(reply_to):
        message["In-Reply-To"] = message["References"] = reply_to
    message.set_content(said.body, cte="base64")
    for paper in papers:
        kind = _KINDS.guess_type(paper.name)[0] or "application/octet-stream"
        main, _, sub = kind.partition("/")
        name = one_line(paper.name, 180)
        message.add_attachment(paper.content, maintype=main, subtype=sub, filename=name)
    return message


def parsed(content: bytes) -> EmailMessage:
    """A mail as it was composed, byte for byte."""
    return cast(EmailMessage, BytesParser(policy=POLICY).parsebytes(content))

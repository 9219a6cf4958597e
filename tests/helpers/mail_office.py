"""A province's mailbox without the mail: messages and filings as the register has them
once they are checked, and a real mail server that takes, puts off or refuses."""

from __future__ import annotations

import smtplib
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlalchemy import text

from etl.answer import Mailer, Send
from etl.ground import database
from etl.ground.config import Settings
from etl.night import chain

NOW = datetime.fromisoformat("2025-06-10T09:00:00+07:00")
FILE = """\
from: hoso@tinh.example
office: {vi: "Tổ tổng hợp", en: "The data team"}
since: 2025-01-01
"""
KIM_HY, VAN_LANG, NA_RI = "02146", "02140", "066"  # of 2025's first half
Judge = Callable[[str], str | None]


@dataclass
class Office:
    """A warehouse, and mail.yaml with some lines more."""

    settings: Settings
    folder: Path
    numbers: dict[str, int] = field(default_factory=dict)

    @classmethod
    def at(cls, settings: Settings, folder: Path, more: str = "") -> Office:
        (folder / "mail.yaml").write_text(FILE + more, encoding="utf-8")
        office = cls(replace(settings, local_folder=folder), folder)
        office.do("delete from ref.sender")  # those of the samples
        return office

    def do(self, query: str, **params: object) -> list[tuple]:
        with database.engine(self.settings).begin() as connection:
            result = connection.execute(text(query), params)
            return [tuple(row) for row in result] if result.returns_rows else []

    def filing(
        self, name: str, state: str = "accepted", *, form: str | None = "commune_report",
        unit: str | None = KIM_HY, level: str = "commune", period: str = "H1",
        at: datetime = NOW, fails: int = 0, version: int | None = 1,
    ) -> int:  # fmt: skip
        """A filing of 2025 as the register has it, with findings."""
        number = 1000 + len(self.numbers)
        self.numbers[name] = number
        self.do(
            "insert into raw.filing (filing_id, content_sha256, original_name, received_at, state,"
            " form, form_version, filer_level, filer_code, year, period, units_on, version)"
            " values (:n, :name, :name, :at, :state, :form, '2025', :level, :unit, 2025, :period,"
            " '2025-06-30', :version)",
            n=number, name=name, at=at, state=state, form=form, unit=unit, period=period,
            level=level if unit else None, version=version,
        )  # fmt: skip
        for finding in range(1, fails + 1):
            self.do(
                "insert into ops.finding values (:n, :no, 'not-negative', 'fail', 'Chỉ tiêu',"
                " :cell, '-5', 'từ 0', :vi, 'is negative', 'Sửa ô này.', 'Mend it.')",
                n=number, no=finding, cell=f"D{finding * 2}", vi=f"Ô D{finding * 2} ghi số âm.",
            )  # fmt: skip
        return number

    def message(
        self, key: str, *files: int | tuple[str, str] | str, of: str = "kimhy@xa.example",
        state: str = "taken", at: datetime = NOW, message_id: str | None = None,
        vouched: bool = True,
    ) -> None:  # fmt: skip
        """A message with files: a filing's number, a name that is on its way, or name and rule."""
        self.do(
            "insert into ops.message (message_key, mailbox, message_id, from_address, subject,"
            " received_at, collected_on, size_bytes, state, rule, is_vouched) values (:key, 'hoso',"
            " :id, :of, 'bao cao', :at, '2025-06-10', 1000, :state, :rule, :vouched)",
            key=key, id=f"<{key}@xa.example>" if message_id is None else message_id, of=of, at=at,
            state=state, rule=None if state == "taken" else "mail-sender-unknown",
            vouched=vouched,
        )  # fmt: skip
        for number, each in enumerate(files, 1):
            name, rule = each if isinstance(each, tuple) else (str(each), None)
            if isinstance(each, int):
                name = next(n for n, filing in self.numbers.items() if filing == each)
            self.do(
                "insert into ops.attachment values (:key, :no, :name, 'x', :filing, :rule)",
                key=key, no=number, name=name, rule=rule,
                filing=each if isinstance(each, int) else None,
            )  # fmt: skip

    def sender(self, address: str = "kimhy@xa.example", unit: str = KIM_HY) -> None:
        self.do("insert into ref.sender values (:address, :unit)", address=address, unit=unit)

    def answer(self, send: Send | None = None, now: datetime = NOW) -> dict[str, int]:
        return chain.answer(self.settings, send, now)

    def outbox(self) -> list[tuple[str, str, str]]:
        return self.do("select kind, to_address, state from ops.outbox order by mail_no")

    def letters(self) -> list[EmailMessage]:
        """The mails that were written to files, in order."""
        paths = sorted(self.settings.mails_dir.glob("*.eml"))
        return [opened(path.read_bytes()) for path in paths]


def opened(content: bytes) -> EmailMessage:
    message = message_from_bytes(content, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def body(message: EmailMessage) -> str:
    part = message.get_body(("plain",))
    assert part is not None
    return part.get_content()


def later(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)


@dataclass
class Server:
    """A mail server on loopback. `judge` says of an address what is answered to RCPT; None: it is
    taken. `at_data` is called when the whole mail is there, before it is said to be taken."""

    judge: Judge = lambda address: None
    at_data: Callable[[], str | None] = lambda: None
    mails: list[EmailMessage] = field(default_factory=list)
    port: int = 0

    @property
    def ids(self) -> list[str]:
        return [str(mail["Message-ID"]) for mail in self.mails]

    @property
    def reached(self) -> list[str]:
        return [str(mail["To"]) for mail in self.mails]

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if said := self.judge(address):
            return said
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        if said := self.at_data():
            return said
        self.mails.append(opened(envelope.content))
        return "250 OK"

    def mailer(self) -> Mailer:
        return Mailer(lambda: smtplib.SMTP("127.0.0.1", self.port, timeout=10))


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def mail_server(**options: object) -> Iterator[Server]:
    server = Server(port=free_port())
    controller = Controller(server, hostname="127.0.0.1", port=server.port, **options)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()

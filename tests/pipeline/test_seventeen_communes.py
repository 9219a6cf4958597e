"""Seventeen communes mail their half-year reports, three with a fault; what is wrong comes back and
is mended; the night loads all: with real mail servers, and again with a kill at ten points."""

from __future__ import annotations

import io
import os
import signal
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from unittest.mock import patch

import pytest
from openpyxl import load_workbook

from etl.answer import Mailer
from etl.ground import database
from etl.ground.config import Settings
from etl.night import chain
from etl.night.told import book as books
from etl.night.told import page, steps
from etl.receive import Mailbox
from tests.helpers.mail_office import Office, Server, body
from tests.helpers.mail_office import mail_server as smtp_server
from tests.helpers.mail_server import MailServer, mail
from tests.helpers.mail_server import mail_server as imap_server
from tests.night import SAMPLES

BOX = Mailbox("baocao")
MORNING = datetime.fromisoformat("2025-06-12T09:00:00+07:00")
AFTERNOON = MORNING + timedelta(hours=5)
NIGHT = datetime.fromisoformat("2025-06-12T22:30:00+07:00")
FILES = sorted(
    path
    for path in (SAMPLES / "inbox").glob("bao_cao_6_thang_2025_*.xlsx")
    if not path.stem.endswith(("_lan_2", "_scan"))
)
FAULTY = ("kim_hy", "con_minh", "van_vu")
# the statement, or table, before which a run by day, in the afternoon or by night is killed
KILLS = (
    ("morning", "mail/attachment"), ("morning", "stg.figure"), ("morning", "staging/findings"),
    ("morning", "answer/put"), ("afternoon", "raw.filing"), ("afternoon", "staging/findings"),
    ("afternoon", "answer/tell"), ("night", "warehouse/forget"),
    ("night", "warehouse/fact_indicator"), ("night", "marts/indicator/02"),
)  # fmt: skip
Send = Callable[[Office, MailServer, Mailer], None]


def commune(path: Path) -> str:
    return path.stem.removeprefix("bao_cao_6_thang_2025_")


def address(name: str) -> str:
    return f"{name.replace('_', '')}@example.org"


def with_a_fault(path: Path) -> tuple[str, bytes]:
    """More poor households at the period's end than there are households."""
    book = load_workbook(path)
    book["Chỉ tiêu"]["D10"] = 99_999
    content = io.BytesIO()
    book.save(content)
    return path.name, content.getvalue()


def by_day(office: Office, mailbox: MailServer, mailer: Mailer, at: datetime) -> None:
    """What the DAG receive_filings does."""
    with mailbox.client() as client:
        chain.collect_mail(office.settings, client, BOX, at)
    for name in ("read_and_normalise", "check", "publish"):
        getattr(chain, name)(office.settings)
    chain.answer(office.settings, mailer, at)


def by_night(office: Office, mailbox: MailServer, mailer: Mailer, at: datetime) -> None:
    """What the DAG nightly_refresh does."""
    inbox = office.folder / "inbox"
    inbox.mkdir(exist_ok=True)
    steps.receive(office.settings, inbox, at, at)
    for name in ("read_and_normalise", "check", "load", "aggregate", "publish", "answer"):
        steps.take(office.settings, name, at, send=mailer)
    steps.close(office.settings, at)


def killed(run: Callable[[], None], dies_at: str) -> None:
    """The run in a fork that is dead before this statement or table, as after a power cut."""
    statement, copy_in = database.statement, database.copy_in

    def asked(name: str, *args: object) -> str:
        if name.startswith(dies_at):
            os.kill(os.getpid(), signal.SIGKILL)
        return statement(name, *args)

    def copied(connection: object, table: str, *args: object, **named: object) -> int:
        if table == dies_at:
            os.kill(os.getpid(), signal.SIGKILL)
        return copy_in(connection, table, *args, **named)

    def go() -> None:
        database.statement, database.copy_in = asked, copied
        run()

    process = get_context("fork").Process(target=go)
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL, f"never came to {dies_at}"


def a_day(office: Office, mailbox: MailServer, server: Server, kills: dict[str, list[str]]) -> None:
    """The morning, the afternoon with what was mended, and the night; each is killed at its points
    and run again."""

    def done(name: str, act: Callable[..., None], at: datetime) -> None:
        for point in kills.get(name, ()):
            killed(lambda: act(office, mailbox, server.mailer(), at), point)
        act(office, mailbox, server.mailer(), at)
        act(office, mailbox, server.mailer(), at)  # nothing is left to do

    for path in FILES:
        name = commune(path)
        mailbox.put(mail(address(name), with_a_fault(path) if name in FAULTY else path))
    done("morning", by_day, MORNING)
    for path in FILES:
        if commune(path) in FAULTY:
            mailbox.put(mail(address(commune(path)), path, Subject="Gửi lại"))
    done("afternoon", by_day, AFTERNOON)
    done("night", by_night, NIGHT)


@pytest.mark.parametrize("kills", [(), KILLS], ids=["undisturbed", "killed at ten points"])
def test_seventeen_of_seventeen(
    fresh_warehouse: Settings, tmp_path: Path, kills: tuple[tuple[str, str], ...]
) -> None:
    office = Office.at(fresh_warehouse, tmp_path)
    senders = (SAMPLES / "local" / "senders.csv").read_text(encoding="utf-8").splitlines()[1:]
    for line in senders:
        office.sender(*line.split(","))
    points: dict[str, list[str]] = {}
    for when, point in kills:
        points.setdefault(when, []).append(point)
    assert len(FILES) == 17
    with (
        imap_server() as mailbox, smtp_server() as server, patch("etl.check.docs.write_docs"),
        patch("etl.load.synchronise", lambda settings: None),
    ):  # fmt: skip
        a_day(office, mailbox, server, points)
    said = Counter(str(mail["Subject"]).partition(":")[0] for mail in server.mails)
    assert said == {"Đã nhận": 17, "Trả lại": 3}
    assert len(set(server.ids)) == 20, "no mail twice"
    returned = [mail for mail in server.mails if str(mail["Subject"]).startswith("Trả lại")]
    assert sorted(str(mail["To"]) for mail in returned) == sorted(map(address, FAULTY))
    for letter in returned:
        assert "D10" in body(letter), body(letter)
        (paper,) = letter.iter_attachments()
        assert "Kết quả kiểm tra" in load_workbook(io.BytesIO(paper.get_content())).sheetnames
    assert sorted({str(mail["To"]) for mail in server.mails}) == sorted(
        address(commune(path)) for path in FILES
    )
    assert office.do("select state, count(*) from raw.filing group by 1 order by 1") == [
        ("accepted", 17), ("rejected", 3)
    ]  # fmt: skip
    assert office.do("select count(*), count(distinct filing_id) from ops.attachment") == [(20, 20)]
    newest = books.books(office.settings)[0]
    summary = page.text(books.read(newest), [])
    assert "được nhận 17, trả lại 3" in summary
    assert "Huyện Na Rì" in summary and "6 tháng 2025: 17/17 đơn vị" in summary
    assert "17/17" in newest.with_suffix(".html").read_text(encoding="utf-8")

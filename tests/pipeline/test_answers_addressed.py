"""Whom a mail is addressed to, where it says to send filings, and who gets none at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from etl.ground.clock import local, now
from etl.ground.config import Settings
from etl.night import chain
from etl.receive import Mailbox
from etl.units.words import committee
from tests.helpers.mail_office import NOW, Office, body
from tests.helpers.mail_server import MailServer, mail


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Xã Kim Hỷ", "Ủy ban nhân dân xã Kim Hỷ"),
        ("Phường Bắc Kạn", "Ủy ban nhân dân phường Bắc Kạn"),
        ("Thị trấn Yến Lạc", "Ủy ban nhân dân thị trấn Yến Lạc"),
        ("Đặc khu Phú Quốc", "Ủy ban nhân dân đặc khu Phú Quốc"),
        ("Thị xã Sa Pa", "Ủy ban nhân dân thị xã Sa Pa"),
        ("Thành phố Hồ Chí Minh", "Ủy ban nhân dân thành phố Hồ Chí Minh"),
        ("Tỉnh Bắc Kạn", "Ủy ban nhân dân tỉnh Bắc Kạn"),
        ("Xãluận", "Xãluận"),
        ("", ""),
    ],
)
def test_a_unit_is_written_to_as_letters_are(name: str, written: str) -> None:
    assert committee(name) == written


def test_an_answer_says_where_blank_forms_say_to_send(
    fresh_warehouse: Settings, tmp_path: Path
) -> None:
    office = Office.at(replace(fresh_warehouse, filing_address="nop@tinh.example"), tmp_path)
    office.sender()
    office.message("a", office.filing("a.xlsx", "checked", fails=1))
    office.answer()
    (letter,) = office.letters()
    said = body(letter)
    assert said.splitlines()[0] == "Kính gửi: Ủy ban nhân dân xã Kim Hỷ"
    assert "rồi gửi tới nop@tinh.example" in said
    assert "không đổi sang PDF) tới nop@tinh.example." in said
    # samples/local/contacts.csv: the office of the district, not the labour office
    assert "Nơi nhận: Văn phòng HĐND và UBND huyện Na Rì" in said and "0200 000 066" in said
    assert "hoso@tinh.example" not in said


def test_a_stranger_is_answered_only_where_our_server_vouches_for_the_address(
    fresh_warehouse: Settings, tmp_path: Path
) -> None:
    office = Office.at(fresh_warehouse, tmp_path)
    number = office.filing("a.xlsx")
    office.message("a", number, of="that@ai.example", state="quarantined")
    office.message("b", number, of="gia@ai.example", state="quarantined", vouched=False)
    assert office.answer()["composed"] == 1
    assert office.outbox() == [("quarantined", "that@ai.example", "written")]


@pytest.mark.parametrize("authserv_id", ["", "mx.tinh.example"])
def test_a_mailbox_knows_whether_its_server_vouches(
    fresh_warehouse: Settings, mailbox_server: MailServer, authserv_id: str
) -> None:
    said = "mx.tinh.example; dmarc=pass header.from=ai.example"
    mailbox_server.put(mail("that@ai.example", ("a.xlsx", b"PK"), Authentication_Results=said))
    mailbox_server.put(mail("gia@ai.example", ("b.xlsx", b"PK")))
    office = Office(fresh_warehouse, Path())
    with mailbox_server.client() as client:
        box = Mailbox("baocao", authserv_id=authserv_id)
        chain.collect_mail(fresh_warehouse, client, box, NOW)
    vouched = "select from_address from ops.message where is_vouched"
    assert office.do(vouched) == ([("that@ai.example",)] if authserv_id else [])


def test_a_message_from_the_time_to_come_came_by_now(
    fresh_warehouse: Settings, mailbox_server: MailServer
) -> None:
    ahead = now() + timedelta(days=400)
    for name in ("a", "b"):
        mailbox_server.put(mail(f"{name}@ai.example", (f"{name}.xlsx", b"PK")), at=ahead)
    with mailbox_server.client() as client:
        chain.collect_mail(fresh_warehouse, client, Mailbox("baocao"), NOW)
    office = Office(fresh_warehouse, Path())
    found = office.do("select from_address, received_at from ops.message order by received_at")
    assert [address for address, _at in found] == ["a@ai.example", "b@ai.example"]
    times: list[datetime] = [local(at) if isinstance(at, str) else at for _address, at in found]
    assert max(times) <= now()

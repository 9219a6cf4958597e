"""Answers are true, to whom they go by now, and leave nobody without a word."""

from __future__ import annotations

import smtplib
from email.message import EmailMessage
from pathlib import Path

import pytest

from etl.answer import Mailer
from etl.ground.config import Settings
from etl.publish import return_path
from tests.helpers.mail_office import VAN_LANG, Office, body, later, mail_server

OTHER = "la@ai.example"


@pytest.fixture
def office(fresh_warehouse: Settings, tmp_path: Path) -> Office:
    office = Office.at(fresh_warehouse, tmp_path)
    office.sender()
    return office


def last(office: Office) -> tuple[EmailMessage, str]:
    message = office.letters()[-1]
    return message, body(message)


def not_taken(office: Office, key: str, rule: str, units: str = "02146", **about: object) -> None:
    """A message that was not taken, and why; `units` that its address may file for, "" for none."""
    state = "quarantined" if rule == "mail-unverified" else "ignored"
    office.message(key, state=state, vouched=rule != "mail-unverified", **about)
    office.do(
        "update ops.message set rule = :rule, unit_codes = array_remove(array[:units], '')"
        " where message_key = :key",
        rule=rule, units=units, key=key,
    )  # fmt: skip


def test_a_scan_beside_the_workbook_is_not_asked_for_again(office: Office) -> None:
    office.message("m", office.filing("a.xlsx"), ("cong van.pdf", "mail-beside"))
    office.answer()
    message, said = last(office)
    assert message["Subject"].startswith("Đã nhận: Báo cáo kết quả")
    assert "2. cong van.pdf: VĂN BẢN KÈM THEO" in said
    assert "Không cần làm gì" in said
    for wrong in ("KHÔNG NHẬN ĐƯỢC", "Gửi lại", "NOT TAKEN", "returned"):
        assert wrong not in said
    assert office.outbox() == [("received", "kimhy@xa.example", "written")]


def test_what_the_load_room_found_of_the_sender_is_said_in_whole_sentences(office: Office) -> None:
    number = office.filing("a.xlsx", "rejected", unit="02140", fails=1)
    office.message("m", number)
    office.do("update ops.attachment set rule = 'mail-not-theirs'")
    office.answer()
    message, said = last(office)
    assert message["Subject"].startswith("Chờ xem xét: a.xlsx")
    assert "CHỜ XEM XÉT" in said and "…" not in said and "Gửi lại" not in said
    # the province adds the address: what becomes of the filing then is told
    office.sender(unit="02140")
    office.do("update ops.attachment set rule = null")
    office.do("update raw.filing set state = 'accepted'")
    assert office.answer(now=later(60)) == {"composed": 1, "written": 1}
    message, said = last(office)
    assert "1. a.xlsx: ĐÃ NHẬN" in said
    assert message["In-Reply-To"] == "<m@xa.example>"
    assert office.answer(now=later(75)) == {"composed": 0}


def test_of_a_neighbour_s_filing_beside_own_ones_it_is_said_that_it_waits(office: Office) -> None:
    own = office.filing("a.xlsx", fails=0)
    other = office.filing("b.xlsx", "rejected", unit=VAN_LANG, fails=3)
    office.do("update raw.filing set content_sha256 = 'a.xlsx', part = 2 where part = 1"
              " and filing_id = :other", other=other)  # fmt: skip
    office.message("m", own)
    office.do("update ops.attachment set rule = 'mail-not-theirs'")
    office.do("update ops.finding set message_vi = 'kỳ trước 163'")
    office.do("insert into ops.finding select :own, 1, rule, 'warn', sheet, cell, seen, expected,"
              " 'Xem lại D2', 'Look', fix_vi, fix_en from ops.finding where finding_no = 1",
              own=own)  # fmt: skip
    path = return_path(office.settings.returns_dir, own, "a.xlsx")
    path.parent.mkdir(parents=True)
    path.write_bytes(b"PK marked")
    office.answer()
    message, said = last(office)
    assert message["Subject"].endswith("6 tháng đầu năm 2025 – Xã Kim Hỷ")
    assert "1. a.xlsx: ĐÃ NHẬN MỘT PHẦN" in said
    first, second = (line for line in said.splitlines() if line.startswith("   - "))
    assert "Xã Kim Hỷ, bản thứ 1: được nhận" in first
    assert "Xã Văn Lang: chờ xem xét, chưa số nào được tính" in second
    assert "Xem lại D2" in said and "163" not in said and "Gửi lại" not in said
    assert list(message.iter_attachments()) == []
    office.do("update raw.filing set state = 'rejected' where filing_id = :own", own=own)
    office.answer(now=later(60))
    message, said = last(office)
    assert "1. a.xlsx: TRẢ LẠI" in said and list(message.iter_attachments()) == []
    # the province adds the address
    office.sender(unit=VAN_LANG)
    office.do("update ops.attachment set rule = null")
    office.answer(now=later(120))
    message, said = last(office)
    assert "Xã Văn Lang, bản thứ 1: bị trả lại" in said and "163" in said


def test_of_a_neighbour_s_filing_that_its_file_holds_no_more_nothing_is_said(
    office: Office,
) -> None:
    own = office.filing("a.xlsx", fails=0)
    other = office.filing("b.xlsx", "rejected", unit=VAN_LANG, fails=0)
    office.do("update raw.filing set content_sha256 = 'a.xlsx', part = 2, form = null,"
              " form_version = null where filing_id = :other", other=other)  # fmt: skip
    office.message("m", own)
    assert office.answer() == {"composed": 1, "written": 1}
    _message, said = last(office)
    assert "Xã Kim Hỷ, bản thứ 1: được nhận" in said and "Văn Lang" not in said
    assert "1. a.xlsx: ĐÃ NHẬN" in said and "MỘT PHẦN" not in said


def test_who_may_file_no_more_is_told_no_other_verdict(office: Office) -> None:
    office.sender(OTHER)
    number = office.filing("a.xlsx")
    office.message("m", number)
    office.message("n", number, of=OTHER, at=later(5))
    office.answer(now=later(6))
    office.do("delete from ref.sender where address = :other", other=OTHER)
    office.do("update raw.filing set state = 'rejected'")
    assert office.answer(now=later(60)) == {"composed": 1, "written": 1}
    message, said = last(office)
    assert message["To"] == "kimhy@xa.example", "not only the last who was told"
    assert "TRẢ LẠI" in said
    assert office.answer(now=later(75)) == {"composed": 0}


def test_everybody_who_was_told_is_told_another_verdict_once(office: Office) -> None:
    office.sender(OTHER)
    number = office.filing("a.xlsx")
    office.message("m", number)
    office.message("n", number, of=OTHER, at=later(5))
    office.answer(now=later(6))
    for minutes, state in ((60, "rejected"), (90, "accepted")):
        office.do("update raw.filing set state = :state", state=state)
        assert office.answer(now=later(minutes)) == {"composed": 2, "written": 2}
        assert office.answer(now=later(minutes + 1)) == {"composed": 0}
    assert {str(each["To"]) for each in office.letters()[-2:]} == {OTHER, "kimhy@xa.example"}


def test_a_message_that_nobody_confirms_is_not_said_to_be_a_strangers(office: Office) -> None:
    not_taken(office, "u", "mail-unverified")
    not_taken(office, "v", "mail-unverified", units="", of="forged@victim.example")
    office.answer()
    assert office.outbox() == [("quarantined", "kimhy@xa.example", "written")]
    _message, said = last(office)
    assert "chưa có trong danh sách" not in said
    assert "Máy chủ thư không xác nhận được" in said and "Nếu đơn vị không gửi" in said


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("mail-no-file", "Thư không có tệp đính kèm nào; ảnh chèn"),
        ("mail-too-large", "Thư lớn hơn 30 MB nên không được tải về."),
    ],
)
def test_a_unit_whose_message_brought_nothing_is_told_once_a_day(
    office: Office, rule: str, told: str
) -> None:
    not_taken(office, "a", rule)
    not_taken(office, "b", rule, at=later(5))
    not_taken(office, "c", rule, units="", of="stranger@x.example")
    not_taken(office, "d", "mail-automatic")
    assert office.answer(now=later(6)) == {"composed": 1, "written": 1}
    message, said = last(office)
    assert message["To"] == "kimhy@xa.example"
    assert told in said and "chưa hồ sơ nào được nhận" in said
    assert "Gửi tới: hoso@tinh.example" in said
    assert office.answer(now=later(20)) == {"composed": 0}


def test_a_server_that_breaks_off_with_the_whole_mail_gets_it_twice_and_no_more(
    office: Office,
) -> None:
    office.message("m", office.filing("a.xlsx"))
    with mail_server() as server:
        connect = server.mailer()._connect

        def connected() -> smtplib.SMTP:
            client = connect()
            heard = client.getreply

            def broken() -> tuple[int, bytes]:
                answer = heard()
                if server.mails:
                    raise ConnectionResetError
                return answer

            client.getreply = broken  # type: ignore[method-assign]
            return client

        took = 0
        for minutes in (0, 60, 24 * 60, 48 * 60):
            office.answer(Mailer(connected), later(minutes))
            took += len(server.mails)
            server.mails.clear()
    assert took == 2
    assert [state for *_, state in office.outbox()] == ["failed"]
    ((why,),) = office.do("select last_error from ops.outbox")
    assert why.startswith("có thể thư đã tới")


def test_a_server_that_breaks_off_before_that_is_tried_on(office: Office) -> None:
    office.message("m", office.filing("a.xlsx"))
    with mail_server() as server:
        connect = server.mailer()._connect

        def connected() -> smtplib.SMTP:
            client = connect()

            def broken(_message: object) -> None:
                raise ConnectionResetError

            client.data = broken  # type: ignore[assignment, method-assign]
            return client

        for day in range(4):
            office.answer(Mailer(connected), later(day * 24 * 60))
        assert [state for *_, state in office.outbox()] == ["waiting"]
        office.answer(server.mailer(), later(5 * 24 * 60))
    assert len(server.mails) == 1
    assert office.do("select cuts from ops.outbox") == [(0,)]

"""What those who file are told, and what nobody is told."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from etl.ground.config import Settings
from etl.publish import return_path
from tests.helpers.mail_office import NA_RI, NOW, VAN_LANG, Office, body, later

IN_TIME = datetime.fromisoformat("2025-06-05T09:00:00+07:00")


@pytest.fixture
def office(fresh_warehouse: Settings, tmp_path: Path) -> Office:
    office = Office.at(fresh_warehouse, tmp_path)
    office.sender()
    return office


def only(office: Office) -> EmailMessage:
    (message,) = office.letters()
    return message


def test_a_filing_checked_by_day_is_said_to_show_after_the_night(office: Office) -> None:
    number = office.filing("kim_hy.xlsx", "checked", at=IN_TIME, version=None)
    office.message("m", number, at=IN_TIME)
    assert office.answer(now=IN_TIME) == {"composed": 1, "written": 1}
    message = only(office)
    assert message["Subject"] == (
        "Đã nhận: Báo cáo kết quả công tác giảm nghèo của xã, 6 tháng đầu năm 2025 – Xã Kim Hỷ"
    )
    assert message["To"] == "kimhy@xa.example"
    assert message["In-Reply-To"] == message["References"] == "<m@xa.example>"
    assert message["Auto-Submitted"] == "auto-replied"
    said = body(message)
    assert "Số biên nhận: 00000000000003e8, nhận lúc 9 giờ 00 phút ngày 05/06/2025." in said
    assert "sau lần cập nhật lúc 22 giờ 30 phút ngày 05/06/2025" in said
    assert office.outbox() == [("received", "kimhy@xa.example", "written")]


def test_after_the_night_it_is_there_and_nothing_new_is_said(office: Office) -> None:
    number = office.filing("kim_hy.xlsx", "checked")
    office.message("m", number)
    office.answer()
    office.do("update raw.filing set state = 'accepted'")
    assert office.answer(now=later(900)) == {"composed": 0}
    office.message("m2", office.filing("van_lang.xlsx"), at=later(901))
    office.do("delete from stg.touched")
    assert office.answer(now=later(902)) == {"composed": 1, "written": 1}
    assert "đã có trên kho số liệu" in body(office.letters()[1])


def test_a_returned_filing_has_its_first_findings_its_workbook_and_by_when(office: Office) -> None:
    number = office.filing("kim_hy.xlsx", "checked", at=IN_TIME, fails=12)
    office.message("m", number, at=IN_TIME)
    path = return_path(office.settings.returns_dir, number, "kim_hy.xlsx")
    path.parent.mkdir(parents=True)
    path.write_bytes(b"PK marked")
    office.answer(now=IN_TIME)
    message, said = only(office), body(only(office))
    assert message["Subject"].startswith("Trả lại: Báo cáo kết quả")
    assert "bị trả lại, chưa số nào được tính" in said
    assert "Có 12 lỗi phải sửa" in said
    # one rule down one column is told once, with the cells of the others
    assert "+ [Lỗi] Trang “Chỉ tiêu”: Ô D2 ghi số âm. Cũng lỗi này ở 11 ô khác: D4, D6," in said
    assert "Đang ghi: “-5”; cần: từ 0." in said
    assert "→ Sửa ô này." in said
    # due on 9 June (samples/local/calendar.csv)
    assert "rồi gửi tới hoso@tinh.example chậm nhất hết ngày 09/06/2025." in said
    (paper,) = message.iter_attachments()
    assert paper.get_filename() == "kim_hy__00000000000003e8.xlsx" == path.name
    assert paper.get_content() == b"PK marked"


def test_after_the_due_day_it_says_so(office: Office) -> None:
    office.message("m", office.filing("kim_hy.xlsx", "rejected", fails=1))
    office.answer()
    assert "càng sớm càng tốt (hạn là ngày 09/06/2025)" in body(only(office))


@pytest.mark.parametrize(
    ("findings", "words"),
    [
        (10, "Có 10 lỗi phải sửa:"),
        (11, "Có 11 lỗi phải sửa, dưới đây là 10 điều đầu tiên:"),
        (25, "Có 25 lỗi phải sửa, dưới đây là 10 điều đầu tiên:"),
    ],
)
def test_at_most_ten_findings_are_told(office: Office, findings: int, words: str) -> None:
    number = office.filing("kim_hy.xlsx", "rejected")
    for no in range(1, findings + 1):
        office.do(
            "insert into ops.finding values (:n, :no, 'row-odd', 'fail', 'Chỉ tiêu', :cell, '', '',"
            " :vi, 'odd', 'Sửa.', 'Mend.')",
            n=number, no=no, cell=f"{chr(64 + no)}7", vi=f"Điều thứ {no}.",
        )  # fmt: skip
    office.message("m", number)
    office.answer()
    said = body(only(office))
    assert words in said
    assert said.count("[Lỗi]") == 10 and "Điều thứ 10." in said and "Điều thứ 11." not in said


def test_one_mail_answers_all_files_and_waits_for_the_last(office: Office) -> None:
    good = office.filing("a.xlsx")
    bad = office.filing("b.xlsx", "rejected", period="Y", fails=1)
    open_ = office.filing("c.xlsx", "staged", form=None, unit=None)
    office.message("m", good, bad, open_, ("virus.exe", "inbox-special"))
    assert office.answer() == {"composed": 0}
    office.do("update raw.filing set state = 'rejected' where filing_id = :n", n=open_)
    assert office.answer() == {"composed": 1, "written": 1}
    message, said = only(office), body(only(office))
    assert message["Subject"] == "Đã nhận 1 tệp, trả lại 3 tệp – Xã Kim Hỷ"
    assert "1. a.xlsx: ĐÃ NHẬN" in said and "2. b.xlsx: TRẢ LẠI" in said
    assert "3. c.xlsx: TRẢ LẠI" in said and "4. virus.exe: KHÔNG NHẬN ĐƯỢC" in said


def test_a_file_that_is_not_entered_yet_is_waited_for(office: Office) -> None:
    office.message("m", office.filing("a.xlsx"), "b.xlsx")
    assert office.answer() == {"composed": 0}


def test_the_same_content_again(office: Office) -> None:
    number = office.filing("kim_hy.xlsx", at=IN_TIME)
    office.message("m", number, at=IN_TIME)
    office.answer(now=IN_TIME)
    office.message("again", number, at=NOW)
    assert office.answer() == {"composed": 1, "written": 1}
    said = body(office.letters()[1])
    assert "Nội dung này đã nhận ngày 05/06/2025, số 00000000000003e8" in said
    assert office.answer(now=later(15)) == {"composed": 0}


def test_a_verdict_that_changes_is_told_and_one_that_comes_back_too(office: Office) -> None:
    number = office.filing("kim_hy.xlsx", "rejected", fails=1)
    office.message("m", number)
    for n, verdict in enumerate(("rejected", "rejected", "accepted", "accepted", "rejected")):
        office.do("update raw.filing set state = :verdict", verdict=verdict)
        office.do("update raw.filing set state = 'received' where :n = 9", n=n)
        office.answer(now=later(n * 60))
    subjects = [str(message["Subject"]).partition(":")[0] for message in office.letters()]
    assert subjects == ["Trả lại", "Kết quả mới", "Kết quả mới"]
    assert office.letters()[1]["In-Reply-To"] == "<m@xa.example>"


def test_another_units_filing_reveals_nothing(office: Office) -> None:
    other = office.filing("theirs.xlsx", "rejected", unit=VAN_LANG, fails=2)
    path = return_path(office.settings.returns_dir, other, "theirs.xlsx")
    path.parent.mkdir(parents=True)
    path.write_bytes(b"PK marked")
    office.message("m", other)
    office.answer()
    message, said = only(office), body(only(office))
    assert "CHỜ XEM XÉT" in said
    for secret in ("Văn Lang", "-5", "D2", "Số biên nhận", "lỗi", "2025"):
        assert secret not in said.replace("đã nhận thư gửi lúc 9 giờ 00 phút ngày 10/06/2025", "")
    assert list(message.iter_attachments()) == []


def test_a_district_files_for_its_communes_and_a_domain_for_its_unit(office: Office) -> None:
    office.sender("vp@huyen.example", NA_RI)
    office.sender("@vanlang.example", VAN_LANG)
    office.message("m1", office.filing("a.xlsx"), of="vp@huyen.example")
    office.message("m2", office.filing("b.xlsx", unit=VAN_LANG), of="ai@vanlang.example")
    office.answer()
    first, second = office.letters()
    assert "1. a.xlsx: ĐÃ NHẬN" in body(first)
    assert "1. b.xlsx: ĐÃ NHẬN" in body(second)
    assert second["To"] == "ai@vanlang.example"


def test_an_unknown_sender_gets_one_polite_mail_a_day_that_reveals_nothing(office: Office) -> None:
    number = office.filing("kim_hy.xlsx")
    for n, minutes in enumerate((0, 5, 60 * 24)):
        office.message(f"q{n}", number, of="la@ai.example", state="quarantined", at=later(minutes))
    assert office.answer() == {"composed": 2, "written": 2}
    assert office.answer(now=later(60 * 24)) == {"composed": 0}
    for message in office.letters():
        said = f"{message['Subject']}\n{body(message)}"
        for secret in ("Kim Hỷ", "kim_hy", "bao cao", "số liệu;", "03e8", "2025"):
            assert secret not in said


def test_an_ignored_message_and_a_programs_mailbox_are_never_answered(office: Office) -> None:
    office.message("i", office.filing("a.xlsx"), state="ignored")
    robots = ("mailer-daemon@x.example", "no-reply@x.example", "noreply+1@x.example",
              "hoso@tinh.example", "bounce-12@x.example")  # fmt: skip
    for n, address in enumerate(robots):
        office.message(f"r{n}", of=address, state="quarantined")
    office.answer()
    assert office.letters() == []
    assert office.outbox() == [("quarantined", address, "failed") for address in sorted(robots)]
    why = dict(office.do("select to_address, last_error from ops.outbox"))
    assert why["hoso@tinh.example"].startswith("đó là địa chỉ của chính khoxa")
    assert why["mailer-daemon@x.example"].startswith("địa chỉ không gửi được")


def test_nothing_is_said_of_what_came_before_the_day_that_is_set(office: Office) -> None:
    before = NOW - timedelta(days=300)
    office.message("m", office.filing("kim_hy.xlsx", at=before), at=before)
    assert office.answer() == {"composed": 0}


def test_what_the_unit_still_owes_is_told(office: Office) -> None:
    office.message("m", office.filing("a.xlsx", at=IN_TIME, period="Y"), at=IN_TIME)
    office.answer(now=IN_TIME)
    said = body(only(office))
    assert "Xã Kim Hỷ còn phải gửi:" in said
    assert (
        "- Báo cáo kết quả công tác giảm nghèo của xã, 6 tháng đầu năm 2025: hạn ngày 09/06" in said
    )


def test_without_the_file_and_with_a_broken_one_nothing_is_written(office: Office) -> None:
    office.message("m", office.filing("kim_hy.xlsx"))
    file = office.folder / "mail.yaml"
    kept = file.read_text(encoding="utf-8")
    for wrong in (None, "from: nobody\n", kept.replace("hoso@tinh.example", '"a@b.vn\\nBcc: c@d"')):
        file.unlink() if wrong is None else file.write_text(wrong, encoding="utf-8")
        assert office.answer() == {}
    assert office.outbox() == []

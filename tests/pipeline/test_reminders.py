"""Reminders to units that have not filed, and the line of the week: each once, at its time, to
those that still are."""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from etl.ground.config import TIMEZONE, Settings
from tests.helpers.mail_office import KIM_HY, NA_RI, VAN_LANG, Office, body, mail_server

# commune_report of 2025's first half is due from Na Rì's communes on 9 June (samples/local)
DUE = date(2025, 6, 9)
STEPS = "reminders: {before: [7, 1], after: [1, 7]}\n"


@pytest.fixture
def office(fresh_warehouse: Settings, tmp_path: Path) -> Office:
    """One commune can be written to; that others can, by contacts.csv, is taken away."""
    office = Office.at(fresh_warehouse, tmp_path, STEPS)
    office.do("delete from ref.contact")
    office.sender()
    return office


def on(day: date, hour: int = 8) -> datetime:
    return datetime.combine(day, time(hour), ZoneInfo(TIMEZONE))


def due(days: int) -> datetime:
    """So many days after the due day, at eight."""
    return on(DUE + timedelta(days=days))


def test_each_step_is_sent_once_on_its_day(office: Office) -> None:
    sent = [office.answer(now=due(day))["composed"] for day in range(-9, 20)]
    assert {day: n for day, n in zip(range(-9, 20), sent, strict=True) if n} == {
        -7: 1, -1: 1, 1: 1, 7: 1,
    }  # fmt: skip
    subjects = [str(message["Subject"]).partition(":")[0] for message in office.letters()]
    assert subjects == ["Sắp đến hạn 09/06/2025"] * 2 + ["Quá hạn 09/06/2025"] * 2
    assert {message["To"] for message in office.letters()} == {"kimhy@xa.example"}
    assert {message["Auto-Submitted"] for message in office.letters()} == {"auto-generated"}


def test_a_day_that_was_missed_is_made_up_for_by_the_latest_step_alone(office: Office) -> None:
    assert office.answer(now=due(-5))["composed"] == 1
    assert office.answer(now=due(3))["composed"] == 1
    assert "còn 5 ngày" in body(office.letters()[0]).lower()
    assert "đã qua 3 ngày" in body(office.letters()[1])


def test_long_after_nobody_is_reminded(office: Office) -> None:
    assert office.answer(now=due(15))["composed"] == 0


def test_a_blank_form_for_the_unit_is_with_it(office: Office) -> None:
    office.answer(now=due(-1))
    (message,) = office.letters()
    (paper,) = message.iter_attachments()
    assert paper.get_filename() == f"commune_report_{KIM_HY}_2025-H1.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(paper.get_content()))
    texts = [str(c.value) for s in book for row in s.iter_rows() for c in row if c.value]
    assert any("Xã Kim Hỷ" in text for text in texts)
    assert paper.get_filename() in body(message)


@pytest.mark.parametrize(
    ("state", "reminded"),
    [("received", 1), ("checked", 0), ("accepted", 0), ("rejected", 1)],
)
def test_who_has_filed_is_not_reminded(office: Office, state: str, reminded: int) -> None:
    form = None if state == "received" else "commune_report"
    office.filing("kim_hy.xlsx", state, form=form, at=due(-3), fails=int(state == "rejected"))
    office.answer(now=due(-1))
    kinds = [kind for kind, _to, _state in office.outbox()]
    assert kinds.count("reminder") == reminded
    if state == "rejected":
        assert "Bản gửi ngày 06/06/2025 đã bị trả lại" in body(office.letters()[0])


def test_the_office_goes_before_addresses_of_senders_and_domains_are_no_addresses(
    office: Office,
) -> None:
    office.sender("@vanlang.example", VAN_LANG)
    offices = (("Văn phòng", None, "VP@xa.example"), ("Ban A", "labour_office", "a@xa.example"))
    for name, agency, address in offices:
        office.do("insert into ref.contact values (:u, :name, :agency, null, :address)",
                  u=KIM_HY, name=name, agency=agency, address=address)  # fmt: skip
    office.answer(now=due(-1))
    assert [to for _kind, to, _state in office.outbox()] == ["vp@xa.example"]


def test_a_unit_that_merged_away_is_not_reminded(office: Office) -> None:
    """Kim Hỷ ended on 1 July 2025; Lương Thượng did too, and its code is Văn Lang's since."""
    office.sender("luongthuong@xa.example", "02143")
    office.do(
        "insert into ops.calendar (form, filer_level, scope_code, year, period, due_on, basis_vi,"
        " basis_en, units_on) values ('deprivations', 'commune', '066', 2025, 'H1', '2025-06-25',"
        " '', '', 'start')"
    )
    assert office.answer(now=on(date(2025, 6, 26)))["composed"] == 2
    assert office.answer(now=on(date(2025, 7, 2)))["composed"] == 0


def test_over_smtp_to_many_each_once(fresh_warehouse: Settings, tmp_path: Path) -> None:
    office = Office.at(fresh_warehouse, tmp_path, STEPS)
    office.do("delete from ref.contact")
    office.do(
        "insert into ref.sender select 'xa' || unit_code || '@xa.example', unit_code from"
        " ops.due_date where form = 'commune_report' and period = 'H1' and due_on = '2025-06-09'"
    )
    with mail_server() as server:
        assert office.answer(server.mailer(), due(-7)) == {"composed": 17, "sent": 17}
        assert office.answer(server.mailer(), due(-6)) == {"composed": 0}
    assert len(set(server.reached)) == 17
    assert all(list(mail.iter_attachments()) for mail in server.mails)


def test_the_line_of_the_week(fresh_warehouse: Settings, tmp_path: Path) -> None:
    weekly = 'weekly: [{unit: "066", day: tuesday, to: [tinh@x.example, so@x.example]}]\n'
    office = Office.at(fresh_warehouse, tmp_path, weekly)
    number = office.filing("kim_hy.xlsx", "rejected", at=on(DUE), fails=1)
    office.message("m", number, at=on(DUE))
    office.do("update ops.message set state = 'ignored', rule = 'x'")
    monday = date(2025, 6, 16)
    assert office.answer(now=on(monday))["composed"] == 0
    assert office.answer(now=on(monday + timedelta(1)))["composed"] == 2
    assert office.answer(now=on(monday + timedelta(2)))["composed"] == 0
    message = office.letters()[0]
    # 17 plans and 17 registrations due on 13 March, 16 reports due on 9 June
    assert message["Subject"] == (
        "Tuần 25: 50 hồ sơ trễ, 1 hồ sơ bị trả lại chưa sửa – Huyện Na Rì"
    )
    said = body(message)
    assert "- Xã Văn Lang: Báo cáo kết quả công tác giảm nghèo của xã, 6 tháng" in said
    assert "hạn 09/06/2025, trễ 8 ngày" in said
    assert "gửi ngày 09/06/2025 (kim_hy.xlsx)" in said
    assert office.answer(now=on(monday + timedelta(9)))["composed"] == 2, "the next week"


def test_a_correction_that_was_returned_is_in_the_line_of_the_week(
    fresh_warehouse: Settings, tmp_path: Path
) -> None:
    """The figures of the version before it stay, so nothing else says that somebody must act."""
    office = Office.at(fresh_warehouse, tmp_path, 'weekly: [{unit: "066", to: [t@x.example]}]\n')
    office.filing("kim_hy.xlsx", at=due(-3))
    office.filing("kim_hy_sua.xlsx", "rejected", at=due(0), fails=1, version=2)
    office.filing("van_lang_sai.xlsx", "rejected", unit=VAN_LANG, at=due(-3), fails=1)
    office.filing("van_lang.xlsx", unit=VAN_LANG, at=due(0), version=2)
    office.answer(now=due(8))
    (message,) = office.letters()
    assert ", 0 hồ sơ bị trả lại chưa sửa, 1 bản sửa bị trả lại – " in message["Subject"]
    (listed,) = body(message).split("Bản sửa bị trả lại, số của bản trước đang dùng:")[1:]
    assert listed.strip().startswith(
        "- Xã Kim Hỷ: Báo cáo kết quả công tác giảm nghèo của xã, 6 tháng"
    )
    assert "gửi ngày 09/06/2025 (kim_hy_sua.xlsx)" in listed
    assert "van_lang" not in listed
    assert "1 correction returned (previous figures in use)" in listed


def test_what_was_returned_to_units_that_ended_is_in_the_line_of_who_took_them_over(
    fresh_warehouse: Settings, tmp_path: Path
) -> None:
    """Kim Hỷ, Na Rì and Bắc Kạn ended on 1 July 2025: by now all lies in Thái Nguyên. Of what
    Na Rì's communes owed only Xuân Dương and Cường Lợi, which go on, owe their 3 each."""
    office = Office.at(fresh_warehouse, tmp_path, 'weekly: [{unit: "19", to: [t@x.example]}]\n')
    office.filing("kim_hy.xlsx", "rejected", at=on(DUE), fails=1)
    for unit, level in ((NA_RI, "district"), ("06", "province")):
        office.filing(f"{level}.xlsx", "rejected", form="plan_results", unit=unit, level=level,
                      at=on(DUE), fails=1)  # fmt: skip
    office.answer(now=on(date(2025, 7, 8)))
    (message,) = office.letters()
    assert message["Subject"] == (
        "Tuần 28: 6 hồ sơ trễ, 3 hồ sơ bị trả lại chưa sửa – Tỉnh Thái Nguyên"
    )
    assert all(
        f"- {name}: " in body(message) for name in ("Xã Kim Hỷ", "Huyện Na Rì", "Tỉnh Bắc Kạn")
    )


def test_a_week_without_anything_to_say_says_nothing(
    fresh_warehouse: Settings, tmp_path: Path
) -> None:
    weekly = 'weekly: [{unit: "066", to: [tinh@x.example]}]\n'
    office = Office.at(fresh_warehouse, tmp_path, weekly)
    assert office.answer(now=on(date(2024, 10, 7))) == {"composed": 0}

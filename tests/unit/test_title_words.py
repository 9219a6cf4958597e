"""Periods and states that a title block names: the form's own, or refused by name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from etl.ground.records import Sheet
from etl.normalise.title.words import said_in
from tests.helpers.sample_sheets import ASSIGNED
from tests.helpers.sheet_edits import (
    FUNDS,
    REPORT,
    YEAR,
    below,
    book,
    fails,
    line,
    only,
    say,
    sentence,
    warns,
)

REGISTER = "na_ri_muc_tieu_giam_ngheo_2025.xlsx"
OFFICIAL = "na_ri_ra_soat_chinh_thuc_2024.xlsx"
PRELIMINARY = "na_ri_ra_soat_so_bo_2024.xlsx"
MOVEMENT = "na_ri_dien_bien_ho_ngheo_2024.xlsx"
ANY = {FUNDS: "TT", REPORT: "STT", YEAR: "TT", REGISTER: "TT", ASSIGNED: "TT", OFFICIAL: "TT"}

PERIODS = [
    "(Số liệu 9 tháng)", "chín tháng đầu năm", "9 THÁNG ĐẦU NĂM", "Quý III", "QUÝ 3 năm 2024",
    "quí IV/2024", "Tháng 8 năm 2024", "(Tháng 08/2024)", "3 tháng", "6 tháng cuối năm",
    "đến 30/9", "(Số liệu tính đến ngày 30/9/2024)", "tính đến hết tháng 9",
    "Số liệu đến ngày 30 tháng 9 năm 2024", "(đến hết quý III)", "nửa cuối năm",
]  # fmt: skip


@pytest.mark.parametrize("text", PERIODS)
def test_a_period_that_is_not_the_forms_is_refused_by_name(text: str) -> None:
    done = only(book(YEAR, line(text, "TT")))
    assert fails(done.findings) == ["period-not-on-form"]
    assert done.findings[-1].seen == text and done.figures


def test_the_sentence_names_the_words_and_both_readings() -> None:
    finding = only(book(YEAR, line("(Số liệu 9 tháng)", "TT"))).findings[-1]
    assert sentence(finding) == (
        "Phần đầu biểu ghi “9 tháng” (“(Số liệu 9 tháng)”), nhưng mẫu biểu này chỉ dùng cho: "
        "6 tháng đầu năm, cả năm. Nếu nhận, số liệu sẽ bị hiểu là cả năm."
    )


@pytest.mark.parametrize(
    ("name", "text"),
    [(REPORT, "(Số liệu 6 tháng đầu năm 2025)"), (REPORT, "Số liệu tính đến 30/6/2025"),
     (REPORT, "Lũy kế từ đầu năm đến 30/6/2025"), (REPORT, "(đến hết quý II)"),
     (YEAR, "(12 tháng)"), (YEAR, "Tính đến ngày 31/12/2024"), (YEAR, "(cả năm 2024)"),
     (YEAR, "Tháng 12 năm 2024"), (OFFICIAL, "(Tính đến ngày 14/12/2024)"),
     (PRELIMINARY, "(Số liệu đến 10/11/2024)"), (REGISTER, "Số liệu tính đến 01/01/2025"),
     (FUNDS, "(Số liệu đến 31/12/2024)")],
)  # fmt: skip
def test_the_forms_own_period_is_understood(name: str, text: str) -> None:
    assert fails(only(book(name, line(text, "TT" if name != REPORT else "STT"))).findings) == []


def test_another_period_of_the_form_is_a_contradiction() -> None:
    assert fails(only(book(REPORT, line("(Cả năm)", "STT"))).findings) == ["periods-differ"]
    assert fails(only(book(YEAR, line("(Số liệu 6 tháng)", "TT"))).findings) == ["periods-differ"]


STATES = [
    "(Ước thực hiện cả năm)", "ƯỚC THỰC HIỆN", "(ước)", "Số liệu ước", "Ước đạt", "(Ước TH)",
    "Dự kiến", "DỰ KIẾN THỰC HIỆN", "(Dự thảo)", "DỰ THẢO LẦN 2", "(bản nháp)",
    "Số liệu tạm tính", "(Chưa được phê duyệt)", "(Số liệu chưa chính thức)",
    "Số liệu điều chỉnh, bổ sung", "(phần tăng thêm)", "LŨY KẾ", "Lũy kế giai đoạn 2021-2024",
    "\u200bDự\u00a0thảo",
]  # fmt: skip


@pytest.mark.parametrize("text", STATES)
@pytest.mark.parametrize("name", [YEAR, FUNDS, REGISTER])
def test_a_state_that_the_form_does_not_mean_is_refused_by_name(name: str, text: str) -> None:
    findings = only(book(name, line(text, "TT"))).findings
    stopped = [f for f in findings if f.rule == "title-status"]
    assert set(fails(findings)) == {"title-status"} and {f.seen for f in stopped} == {text}


def test_the_title_itself_may_say_so() -> None:
    change = say("KẾ HOẠCH VỐN", "ĐIỀU CHỈNH, BỔ SUNG KẾ HOẠCH VỐN")
    assert fails(only(book(FUNDS, change)).findings) == ["title-status"]
    expected = say("KẾT QUẢ RÀ SOÁT", "DỰ KIẾN KẾT QUẢ RÀ SOÁT")
    assert fails(only(book(OFFICIAL, expected)).findings) == ["title-status"]
    nine = say("6 THÁNG ĐẦU NĂM", "NĂM")
    assert fails(only(book(REPORT, nine)).findings)  # two sheets then differ


@pytest.mark.parametrize("name", [FUNDS, YEAR, REGISTER, ASSIGNED, OFFICIAL, MOVEMENT, REPORT])
@pytest.mark.parametrize(
    "text",
    ["Na Rì, ngày 30 tháng 9 năm 2025", "Na Rì, ngày … tháng … năm 2025", "Na Rì, tháng 02/2025",
     "(Kèm theo Kế hoạch số 29/KH-UBND ngày 13 tháng 02 năm 2025 của UBND huyện)",
     "(Ban hành kèm theo Thông tư số 10/2022/TT-BLĐTBXH)", "Quy ước: “-” là không phát sinh",
     "(Kèm theo Nghị quyết số 05/NQ-HĐND)", "Biểu số 02/BC-GN", "Số liệu đã được thẩm định",
     "Định kỳ: 6 tháng và hằng năm", "Báo cáo 6 tháng, cả năm", "Ngày nhận báo cáo: 10/6",
     "(Chưa bao gồm vốn bổ sung)", "Kính gửi: UBND huyện", "Phụ lục 01",
     "Hộ nghèo đầu năm: tính đến 31/12/2023"],
)  # fmt: skip
def test_dates_of_signing_and_of_documents_are_none(name: str, text: str) -> None:
    plain = only(book(name)).findings
    made = book(name, line(text, "STT" if name == REPORT else "TT"))
    assert [f.rule for f in only(made).findings] == [f.rule for f in plain]


def test_what_a_document_says_is_a_warning_and_a_draft_of_one_is_a_draft() -> None:
    changed = "(Kèm theo Quyết định số 45/QĐ-UBND về việc điều chỉnh, bổ sung kế hoạch)"
    done = only(book(FUNDS, line(changed, "TT")))
    assert warns(done.findings) == ["title-reference"] and not fails(done.findings)
    nine = "(Kèm theo Báo cáo số 5/BC-UBND về kết quả 9 tháng đầu năm)"
    assert warns(only(book(YEAR, line(nine, "TT"))).findings)[-1] == "title-reference"
    draft = only(book(FUNDS, line("(Kèm theo dự thảo Nghị quyết)", "TT")))
    assert fails(draft.findings) == ["title-status"]


def test_a_plan_as_it_stands_after_the_change_is_taken_with_a_warning() -> None:
    done = only(book(FUNDS, say("KẾ HOẠCH VỐN", "KẾ HOẠCH VỐN SAU ĐIỀU CHỈNH,")))
    assert [f.rule for f in done.findings] in ([], ["title-changed"], ["form-unknown"])
    done = only(book(FUNDS, line("(đã điều chỉnh, bổ sung)", "TT")))
    assert [f.rule for f in done.findings] == ["title-changed"]


def test_so_bo_is_the_preliminary_forms_own_word() -> None:
    assert fails(only(book(PRELIMINARY)).findings) == []
    assert fails(only(book(YEAR, line("(Số liệu sơ bộ)", "TT"))).findings) == ["title-status"]


def test_the_page_the_tab_and_a_note_below_say_it_too() -> None:
    for field in ({"printed": ("DỰ THẢO",)}, {"name": "Ước thực hiện"}):
        made = book(FUNDS)
        made.sheets[0] = replace(made.sheets[0], **field)
        assert fails(only(made).findings) == ["title-status"]
    note = only(book(YEAR, below("", "Ghi chú: số liệu ước thực hiện cả năm.")))
    assert fails(note.findings) == ["title-status"]
    plain = only(book(YEAR, below("", "Ghi chú: Số liệu gồm 17 xã, thị trấn.")))
    assert fails(plain.findings) == []


@pytest.mark.parametrize(
    ("header", "rule"),
    [("Ước thực hiện cả năm", "title-status"), ("Lũy kế", "title-status"),
     ("Dự kiến", "title-status"), ("Kết quả (ước)", "title-status"),
     ("Kết quả 9 tháng", "period-not-on-form")],
)  # fmt: skip
def test_another_column_is_not_taken_for_the_result(header: str, rule: str) -> None:
    def change(sheet: Sheet) -> None:
        for row in sheet.rows:
            row[:] = [header if cell == "Kết quả" else cell for cell in row]

    assert fails(only(book(YEAR, change)).findings) == [rule]


@pytest.mark.parametrize("name", ANY)
def test_no_sample_says_what_it_does_not_mean(name: str) -> None:
    assert fails(only(book(name)).findings) == []


def test_what_is_said_of_a_document_is_not_said_of_the_table() -> None:
    said = said_in("(Kèm theo Quyết định số 1/QĐ-UBND về điều chỉnh) – Dự thảo", False)
    assert said.statuses == (("draft", "dự thảo"),) and said.quoted == ("điều chỉnh",)


BOTH = "Số liệu kế hoạch năm 2025 và kết quả 6 tháng"


@pytest.mark.parametrize(
    ("sheet", "text", "expected"),
    [(1, BOTH, []),  # what was allocated stands beside what was disbursed
     (1, "Số liệu kế hoạch năm 2025, thực hiện 6 tháng đầu năm", []),
     (0, BOTH, ["title-status"]),  # only what was reached has a column: which of both is it?
     (1, "Số liệu kế hoạch năm 2025", ["title-status"]),
     (1, "Số liệu kế hoạch năm 2025 và giải pháp", ["title-status", "title-words"]),
     (1, f"{BOTH} của các hộ vay vốn", ["title-words"])],
)  # fmt: skip
def test_a_plan_and_its_results_are_told_apart_by_their_columns(
    sheet: int, text: str, expected: list[str]
) -> None:
    assert fails(only(book(REPORT, line(text, "STT"), sheet=sheet)).findings) == expected

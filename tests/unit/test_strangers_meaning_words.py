"""Notes, sums, labels, titles and headers as commune and district officers word them."""

from __future__ import annotations

import pytest

from etl.catalogue.definitions import load_rules
from etl.ground.records import Normalised, Severity, Sheet
from tests.helpers.sheet_edits import FUNDS, Change, below, book, line, only, say

REVIEW = "na_ri_ra_soat_chinh_thuc_2024.xlsx"
RESULTS = "na_ri_ket_qua_chi_tieu_6_thang_2025.xlsx"
MOVEMENT = "na_ri_dien_bien_ho_ngheo_2024.xlsx"
TARGETS = "na_ri_chi_tieu_ke_hoach_2025.xlsx"


def _fails(filing: Normalised) -> set[str]:
    rules = load_rules()
    return {f.rule for f in filing.findings if rules[f.rule].severity == Severity.FAIL}


def _put(row: int, place: int, text: str) -> Change:
    def change(sheet: Sheet) -> None:
        sheet.rows[row - 1][place] = text

    return change


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Ghi chú: Số liệu năm 2023", "note-other-time"),
        ("(*) Số liệu năm 2023", "note-other-time"),
        ("Số liệu năm 2023 để so sánh", "note-other-time"),
        ("Ghi chú: xã Cư Lễ lấy số liệu năm 2023", "note-other-time"),
        ("Số liệu trên lấy theo kết quả rà soát đầu năm", "note-changes"),
        ("(*) Tính cả hộ làm nông nghiệp có mức sống trung bình", "note-changes"),
        ("Ghi chú: số liệu của 15/17 xã", "note-changes"),
        ("Ghi chú: Xã Cư Lễ chưa báo cáo", "note-changes"),
        ("Ghi chú: hộ nghèo theo chuẩn nghèo giai đoạn 2016-2020", "note-changes"),
        ("Ghi chú: chưa tính hộ phát sinh sau 15/11", "note-changes"),
        ("Số liệu trên không bao gồm hộ nghèo bảo trợ xã hội", "note-changes"),
        ("Ghi chú: chỉ tính hộ có chủ hộ là nữ", "note-changes"),
    ],
)
def test_a_note_that_changes_the_figures_stops(text: str, rule: str) -> None:
    assert _fails(only(book(REVIEW, below(text)))) == {rule}


@pytest.mark.parametrize(
    "text",
    [
        "Ghi chú: Tỷ lệ hộ nghèo giảm 3,2% so với năm 2023.",
        "Ghi chú: Số liệu theo Quyết định số 4521/QĐ-UBND ngày 18/12/2024",
        "* Hộ DTTS: hộ có chủ hộ hoặc vợ/chồng là người DTTS.",
        "Biểu này gồm 17 xã, thị trấn",
        "Ghi chú: số liệu của 17/17 xã, thị trấn",
        "Hộ cận nghèo không bao gồm hộ nghèo",
        "* Tỷ lệ chỉ tính trên tổng số hộ dân cư.",
        "Ghi chú: Có 10/17 xã có tỷ lệ hộ nghèo trên 30%",
    ],
)
def test_an_ordinary_note_is_taken(text: str) -> None:
    assert _fails(only(book(REVIEW, below(text)))) == set()


def test_a_note_that_explains_a_column_is_said() -> None:
    filing = only(book(REVIEW, below("Ghi chú: Cột 3 là số hộ cận nghèo")))
    assert [f.rule for f in filing.findings] == ["note-unsure"]


def test_a_sum_that_leaves_a_commune_out() -> None:
    filing = only(book(REVIEW, say("Tổng cộng", "Tổng cộng (chưa gồm xã Văn Lang)")))
    assert _fails(filing) == {"note-changes"}


@pytest.mark.parametrize(
    ("row", "label"),
    [
        (10, "Số hộ nghèo Kinh"),
        (9, "Số hộ DTTS nghèo"),
        (14, "Học viên đào tạo nghề (kế hoạch)"),
        (13, "Mô hình hỗ trợ sản xuất (được giao)"),
        (11, "Mô hình đa dạng hóa sinh kế (lũy kế)"),
        (10, "Số hộ nghèo dân tộc thiểu số đầu năm"),
    ],
)
def test_a_label_that_says_something_else_than_its_code(row: int, label: str) -> None:
    found = _fails(only(book(RESULTS, _put(row, 2, label))))
    assert found <= {"label-other-people", "label-other-time"} and found


@pytest.mark.parametrize(
    ("row", "label"),
    [
        (9, "Số hộ DTTS"),
        (10, "Hộ nghèo là người dân tộc thiểu số"),
        (11, "Số mô hình đa dạng hóa sinh kế"),
        (14, "Số học viên được đào tạo nghề"),
    ],
)
def test_a_usual_label_is_taken(row: int, label: str) -> None:
    assert _fails(only(book(RESULTS, _put(row, 2, label)))) == set()


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        (REVIEW, [say("Tỷ lệ", "Tỉ lệ")]),
        (REVIEW, [say("Tỷ lệ (%)", "TL (%)")]),
        (REVIEW, [_put(8, 1, "Tên đơn vị")]),
        (REVIEW, [_put(8, 1, "Đơn vị hành chính")]),
        (REVIEW, [_put(9, 2, "Tổng số hộ"), _put(9, 4, "Tổng số"), _put(9, 8, "Tổng số")]),
        (REVIEW, [_put(10, 0, "a"), _put(10, 1, "b")]),
        (MOVEMENT, [say("Hộ/Nhân khẩu", "Hộ/Khẩu")]),
        (FUNDS, [_put(5, 2, "Tổng cộng")]),
        (TARGETS, [say("DANH MỤC CHỈ TIÊU", "DANH MỤC CÁC CHỈ TIÊU")]),
    ],
)
def test_usual_headers_and_titles_are_taken(name: str, changes: list[Change]) -> None:
    assert _fails(only(book(name, *changes))) == set()


@pytest.mark.parametrize(
    ("name", "above", "text"),
    [
        (REVIEW, "TT", "(Áp dụng chuẩn nghèo quy định tại Nghị định số 07/2021/NĐ-CP)"),
        (FUNDS, "TT", "(Thuộc Chương trình MTQG giảm nghèo bền vững giai đoạn 2021-2025)"),
    ],
)  # fmt: skip
def test_usual_lines_below_a_title_are_taken(name: str, above: str, text: str) -> None:
    assert _fails(only(book(name, line(text, above)))) == set()


def test_another_standard_below_a_title_stops() -> None:
    text = "(Áp dụng chuẩn nghèo quy định tại Nghị định số 59/2015/NĐ-CP của Chính phủ)"
    assert _fails(only(book(REVIEW, line(text, "TT")))) == {"title-words"}

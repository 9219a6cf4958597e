"""Further words among, above and below the rows that change what figures are: the filing stops."""

from __future__ import annotations

import pytest

from tests.helpers.meaning_books import (
    ASSIGNED,
    FUNDS,
    HALF,
    HALF_RESULTS,
    LACKS,
    MOVEMENT,
    NEED,
    REGISTER,
    RESULTS,
    REVIEW,
    TARGETS,
    YEAR,
    at,
    found,
    stops,
    texts,
)
from tests.helpers.sheet_edits import below, book


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (ASSIGNED, "Chỉ tiêu đăng ký thêm"),
        (ASSIGNED, "Số hộ cận nghèo"),
        (REGISTER, "Cụm thượng huyện (số ước)"),
        (REGISTER, "Các xã khu vực III năm trước"),
        (REVIEW, "Kết quả trước thẩm định"),
        (REVIEW, "Số liệu tháng 9"),
        (REVIEW, "Hộ người Kinh"),
        (MOVEMENT, "Giai đoạn trước"),
    ],
)
def test_a_heading_among_units(name: str, text: str) -> None:
    assert "heading-unknown" in stops(book(name, texts(15, B=text)))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (FUNDS, "Chương trình xây dựng nông thôn mới"),
        (FUNDS, "Vốn kéo dài"),
        (FUNDS, "Phần điều chỉnh tăng"),
        (NEED, "Nguồn vốn huy động"),
        (HALF, "Cùng kỳ"),
        (HALF, "Trong đó hộ DTTS"),
        (LACKS, "Hộ mới thoát nghèo"),
    ],
)
def test_a_heading_among_items(name: str, text: str) -> None:
    workbook = book(name)
    last = max(r for r, row in enumerate(workbook.sheets[0].rows) if any(
        type(c) is float or str(c)[:1].isdecimal() for c in row))  # fmt: skip
    assert "heading-unknown" in stops(book(name, texts(last + 1, B=text)))


def test_a_heading_in_the_column_of_ordinals() -> None:
    assert "heading-unknown" in stops(book(REGISTER, texts(20, A="Số liệu bổ sung")))


@pytest.mark.parametrize("text", ["Chỉ tiêu kỳ trước", "Huyện Cao Lãnh", "II. Số ước thực hiện"])
def test_a_heading_among_results(text: str) -> None:
    assert "heading-unknown" in stops(book(RESULTS, texts(11, C=text)))


def test_a_row_of_units_that_counts_persons() -> None:
    units = {c: "%" if c in "FHJL" else "người" for c in "CDEFGHIJKL"}
    assert stops(book(REVIEW, texts(10, **units))) == ["measure-stated"]


@pytest.mark.parametrize(
    ("name", "text", "rule"),
    [
        (REVIEW, "(*) Xã Cư Lễ: số liệu chưa được xác nhận", "note-changes"),
        (REVIEW, "Ghi chú: thiếu số liệu xã Văn Vũ", "note-changes"),
        (REVIEW, "- Số liệu lấy theo năm trước", "note-changes"),
        (REVIEW, "Số liệu tính đến hết tháng 9 năm 2024", "note-other-time"),
        (REVIEW, "Kết quả năm 2023", "note-other-time"),
        (REVIEW, "Số hộ nghèo đã tính cả hộ mới thoát nghèo", "note-changes"),
        (REVIEW, "Bảng này đã bị thay thế", "note-changes"),
        (ASSIGNED, "Lưu ý: chưa tính các xã khu vực III", "note-changes"),
        (RESULTS, "Số liệu ước đến 31/12", "note-changes"),
    ],
)
def test_a_further_note_below_the_table(name: str, text: str, rule: str) -> None:
    assert {rule, "title-status"} & set(stops(book(name, below("", "", text))))


@pytest.mark.parametrize("text", ["số ước", "Ước", "chưa thẩm định", "số liệu năm trước"])
def test_a_note_beside_a_row(text: str) -> None:
    assert "note-changes" in stops(book(RESULTS, at("G10", text)))
    assert "note-changes" in stops(book(ASSIGNED, at("E12", text)))


def test_a_header_of_nine_months() -> None:
    assert stops(book(RESULTS, at("F8", "Kết quả 6 tháng đầu năm 2024")))
    assert stops(book(HALF_RESULTS, at("F8", "Thực hiện năm 2024")))


def test_a_line_above_the_header_of_another_year() -> None:
    assert "row-other-year" in stops(book(ASSIGNED, at("C7", "Kế hoạch năm 2024")))


@pytest.mark.parametrize(
    ("cell", "label", "rule"),
    [
        ("C10", "Số hộ nghèo 6 tháng", "label-other-time"),
        ("C10", "Số hộ nghèo cùng kỳ năm trước", "label-other-time"),
        ("C10", "Số hộ nghèo phát sinh", "label-other-people"),
        ("C9", "Số hộ nghèo", "label-other-indicator"),
        ("C11", "Số nhân khẩu cận nghèo", "label-other-people"),
    ],
)
def test_a_further_label_that_contradicts_its_code(cell: str, label: str, rule: str) -> None:
    assert rule in stops(book(RESULTS, at(cell, label)))


def test_a_condition_after_the_value_contradicts() -> None:
    done = stops(book(TARGETS, at("D8", "dưới"), at("H8", "100% trở lên cán bộ được tập huấn")))
    assert "target-condition-differs" in done


def test_a_yearly_report_signed_in_summer_is_said_and_accepted() -> None:
    said = found(book(YEAR, at("E40", "Côn Minh, ngày 30 tháng 6 năm 2025")))
    assert "signed-early" in [each.rule for each in said]

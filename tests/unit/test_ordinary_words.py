"""Words among, beside and below the rows that change nothing: nothing is said of them."""

from __future__ import annotations

import pytest

from etl.ground.records import Sheet
from tests.helpers.meaning_books import (
    ASSIGNED,
    FUNDS,
    HALF,
    LACKS,
    NEED,
    REGISTER,
    RESULTS,
    REVIEW,
    TARGETS,
    at,
    found,
    stops,
    texts,
)
from tests.helpers.sheet_edits import below, book


@pytest.mark.parametrize(
    "text",
    ["Các xã khu vực III", "Khu vực I", "I. Vùng thấp", "Vùng đồng bào DTTS và miền núi",
     "Cụm Yến Lạc", "Các xã đặc biệt khó khăn", "Các xã biên giới", "Các xã, thị trấn còn lại",
     "Cụm số 2", "(Tiếp theo)", "Trang 2/2", "Trong đó:", "Các xã có tỷ lệ hộ nghèo từ 40% trở lên",
     "HUYỆN NA RÌ"],
)  # fmt: skip
def test_a_group_of_units(text: str) -> None:
    assert stops(book(REGISTER, texts(20, B=text))) == []


@pytest.mark.parametrize(
    "text",
    ["Chương trình mục tiêu quốc gia giảm nghèo bền vững", "Các dự án thành phần",
     "Dự án 4: Phát triển giáo dục nghề nghiệp, việc làm bền vững"],
)  # fmt: skip
def test_a_group_of_projects(text: str) -> None:
    assert stops(book(FUNDS, texts(10, A="I", B=text))) == []


@pytest.mark.parametrize(
    "text", ["I. Chỉ tiêu về giảm nghèo", "Nhóm chỉ tiêu về y tế", "Việc làm, đào tạo nghề"]
)
def test_a_group_of_results(text: str) -> None:
    assert stops(book(RESULTS, texts(11, C=text))) == []
    assert stops(book(HALF, texts(12, B=text))) == []


@pytest.mark.parametrize(
    "text",
    ["Ghi chú: Số liệu theo kết quả rà soát của 17 xã, thị trấn", "Nơi nhận:",
     "- UBND huyện (b/c);", "- Lưu: VT, LĐTBXH (05b).", "(Ký, ghi rõ họ tên)",
     "Na Rì, ngày 20 tháng 12 năm 2024", "Số liệu tính đến ngày 31/12/2024", "Số liệu minh hoạ",
     "DTTS: dân tộc thiểu số", "Quy ước: dấu “-” là không phát sinh",
     "Đề nghị UBND tỉnh xem xét, tổng hợp", "Nguyễn Văn An"],
)  # fmt: skip
def test_words_below_a_table(text: str) -> None:
    assert [f.rule for f in found(book(REVIEW, below("", text)))] == []


@pytest.mark.parametrize(
    "text", ["tăng 2 hộ so với năm trước", "xã 135", "thôn Nà Mỏ", "x", "đã ký"]
)
def test_a_note_beside_a_row(text: str) -> None:
    assert stops(book(ASSIGNED, at("E12", text))) == []


def test_what_may_be_meant_otherwise_is_a_warning() -> None:
    done = found(book(ASSIGNED, at("E12", "dự kiến thoát nghèo cuối năm")))
    assert [f.rule for f in done] == ["note-unsure"]


@pytest.mark.parametrize(
    ("cell", "label"),
    [("C10", "Hộ nghèo"), ("C10", "Tổng số hộ nghèo"), ("C10", "Số hộ nghèo năm 2024"),
     ("C11", "Hộ cận nghèo"), ("C9", "Tổng số hộ"), ("C13", "Cán bộ giảm nghèo được tập huấn")],
)  # fmt: skip
def test_a_label_in_other_words(cell: str, label: str) -> None:
    assert stops(book(RESULTS, at(cell, label))) == []


def test_a_condition_that_the_text_says_too() -> None:
    text = "đảm bảo ít nhất 100% xã, thị trấn có hệ thống đài truyền thanh hoạt động"
    assert stops(book(TARGETS, at("D9", "ít nhất"), at("H9", text))) == []


def test_headers_of_the_period_itself() -> None:
    assert stops(book(RESULTS, at("F8", "Kết quả năm 2024"))) == []


@pytest.mark.parametrize("name", [LACKS, NEED])
def test_signatures_below_other_tables(name: str) -> None:
    def signed(sheet: Sheet) -> None:
        for text in ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"):
            sheet.rows.append(["", text, *[""] * (len(sheet.rows[0]) - 2)])

    assert stops(book(name, signed)) == []

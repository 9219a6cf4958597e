"""Ordinary workbooks are not refused for ordinary words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from etl.ground.records import Sheet, Workbook
from etl.normalise import normalise
from tests.helpers.meaning_books import (
    ASSIGNED,
    FUNDS,
    HALF,
    REGISTER,
    RESULT,
    REVIEW,
    at,
    stops,
    texts,
)
from tests.helpers.review_cases import SLOTS
from tests.helpers.sheet_edits import book, say


@pytest.mark.parametrize(
    "title",
    ["TỔNG HỢP KẾT QUẢ RÀ SOÁT HỘ NGHÈO, HỘ CẬN NGHÈO HUYỆN NA RÌ NĂM 2024",
     "Biểu số 01: Tổng hợp kết quả rà soát hộ nghèo, hộ cận nghèo huyện Na Rì năm 2024",
     "KẾT QUẢ RÀ SOÁT HỘ NGHÈO, HỘ CẬN NGHÈO NĂM 2024 THEO CHUẨN NGHÈO ĐA CHIỀU GIAI ĐOẠN "
     "2022-2025"],
)  # fmt: skip
def test_an_ordinary_title(title: str) -> None:
    assert stops(book(REVIEW, say(RESULT, title))) == []


def test_a_title_on_two_lines_that_breaks_within_its_words() -> None:
    two = [at("A4", "KẾT QUẢ RÀ SOÁT"), at("A5", "HỘ NGHÈO, HỘ CẬN NGHÈO CHÍNH THỨC NĂM 2024")]
    assert stops(book(REVIEW, *two)) == []


def test_a_row_of_units_below_the_header() -> None:
    units = {c: "%" if c in "FHJL" else "hộ" for c in "CDEFGHIJKL"}
    assert stops(book(REVIEW, texts(10, **units))) == []


def test_an_abbreviation_in_brackets_behind_its_words() -> None:
    named = [at("D6", "Ngân sách trung ương (NSTW)"), at("E6", "Ngân sách địa phương (NSĐP)")]
    assert stops(book(FUNDS, *named)) == []


def test_a_group_of_columns_that_names_the_end_of_the_year() -> None:
    named = [at("E8", "Hộ nghèo cuối năm 2024"), at("I8", "Hộ cận nghèo cuối năm 2024")]
    assert stops(book(REVIEW, *named)) == []


def test_assignments_of_two_years_beside_each_other() -> None:
    """The title's year decides; the figures of 2024, left of it, are not read."""

    def beside(sheet: Sheet) -> None:
        for r, row in enumerate(sheet.rows):
            own: list[object] = [5.0, 1.0] if 9 <= r < 26 else ["", ""]
            if r == 7:
                own = ["Chỉ tiêu giao năm 2024", ""]
            if r == 8:
                own = ["Giảm số hộ nghèo (hộ)", "Giảm tỷ lệ hộ nghèo (điểm %)"]
            row[2:2] = own
        sheet.merged = [
            ((top, left + 2 * (left > 1)), (bottom, right + 2 * (right > 1)))
            for (top, left), (bottom, right) in sheet.merged or []
        ] + [((7, 2), (7, 3))]

    workbook = book(ASSIGNED, beside)
    assert stops(workbook) == []
    (filing,) = normalise(workbook)
    cuts = [f for f in filing.figures if SLOTS[f.slot_id].column == "cut_households"]
    assert [f.value for f in cuts][:2] == ["15", "20"]


def test_sub_projects_named_below_the_heading_of_their_project() -> None:
    name = "Tiểu dự án 1: Hỗ trợ phát triển sản xuất trong lĩnh vực nông nghiệp"
    short = [at("B8", name), at("B9", "Tiểu dự án 2: Cải thiện dinh dưỡng")]
    heading = texts(8, A="2", B="Dự án 3", C="4.474,71", D="4.340,78", E="133,93")
    assert stops(book(FUNDS, *short, heading)) == []


@pytest.mark.parametrize("name", ["T.T Yến Lạc", "TTr. Yến Lạc"])
def test_short_words_for_a_town(name: str) -> None:
    assert stops(book(REGISTER, at("B11", name))) == []


@pytest.mark.parametrize("name", ["UBND xã Kim Hỷ", "Xã: Kim Hỷ", "Xã Kim Hỷ, huyện Na Rì"])
def test_a_commune_s_name_with_words_that_say_the_same(name: str) -> None:
    assert stops(book(REGISTER, at("B12", name))) == []


def test_a_unit_in_brackets_behind_a_count() -> None:
    assert stops(book(ASSIGNED, at("C11", "20 (hộ)"))) == []


def test_one_misspelt_name_is_one_thing_to_mend() -> None:
    """The totals are right; only the name is not. Nothing is said of the totals."""
    assert stops(book(REGISTER, at("B12", "Xã Kim Hỉ"))) == ["unit-unknown"]


def test_both_tables_of_a_report_on_one_sheet() -> None:
    """Read, or told to put them on two sheets; "triệu đồng" is not wrong for the funds."""
    workbook = book(HALF)
    first, second = workbook.sheets[:2]
    width = max(len(first.rows[0]), len(second.rows[0]))
    rows = [[*row, *[""] * (width - len(row))] for row in [*first.rows, *second.rows]]
    down = len(first.rows)
    merged = [*(first.merged or [])] + [
        ((top + down, left), (bottom + down, right))
        for (top, left), (bottom, right) in second.merged or []
    ]
    one = replace(first, rows=rows, merged=merged)
    assert "measure-stated" not in stops(Workbook(workbook.received, [one]))

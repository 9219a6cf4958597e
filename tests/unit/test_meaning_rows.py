"""What stands above, among and below the rows is read as a careful person reads it."""

from __future__ import annotations

from copy import deepcopy

import pytest

from etl.ground.records import Sheet
from tests.helpers.meaning_books import (
    ASSIGNED,
    FUNDS,
    HALF,
    HALF_RESULTS,
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
from tests.helpers.sheet_edits import book, row_of


def test_the_results_of_half_a_year_are_not_those_of_the_year() -> None:
    assert stops(book(RESULTS, at("F8", "Kết quả 6 tháng đầu năm 2024")))


def test_the_results_of_a_year_are_not_those_of_its_half() -> None:
    assert stops(book(HALF_RESULTS, at("F8", "Kết quả năm 2024")))


def test_funds_of_half_a_year_in_the_report_of_the_year() -> None:
    def half(sheet: Sheet) -> None:
        r = row_of(sheet.rows, "STT")
        texts(r + 1, A="STT", B="Dự án, tiểu dự án", C="Kinh phí 6 tháng đầu năm 2025")(sheet)
        sheet.rows[r + 1][:2] = ["", ""]
        sheet.merged = [*(sheet.merged or []), ((r, 2), (r, 8))]

    assert stops(book(YEAR, half, sheet=1))


def test_a_line_above_the_header_that_names_another_year() -> None:
    assert stops(book(REVIEW, at("C7", "Số liệu năm 2023")))


@pytest.mark.parametrize(
    "cells",
    [{"B": "Số liệu sơ bộ, chưa thẩm định"}, {"B": "Dự kiến"}, {"C": "Năm trước"},
     {"E": "Ước"}],
)  # fmt: skip
def test_a_line_between_header_and_rows(cells: dict[str, str]) -> None:
    assert stops(book(REVIEW, texts(10, **cells)))


@pytest.mark.parametrize("unit", ["(nghìn đồng)", "tỷ đồng", "đồng"])
def test_a_row_of_units_below_the_header_contradicts_the_form(unit: str) -> None:
    assert stops(book(FUNDS, texts(7, C=unit, D=unit, E=unit)))


# --- what stands among and below the rows -----------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["Các xã dưới đây là số dự kiến", "Số liệu quý I", "Số liệu năm trước", "Năm ngoái",
     "Cùng kỳ năm trước", "Hộ dân tộc thiểu số"],
)  # fmt: skip
def test_a_heading_among_communes_changes_what_follows(text: str) -> None:
    assert stops(book(REGISTER, texts(20, B=text)))


@pytest.mark.parametrize(
    "text",
    ["Vốn năm trước chuyển sang", "Đã giải ngân", "Nhu cầu bổ sung",
     "Chương trình MTQG phát triển kinh tế - xã hội vùng đồng bào DTTS"],
)  # fmt: skip
def test_a_heading_among_projects_changes_what_follows(text: str) -> None:
    assert stops(book(FUNDS, texts(12, A="II", B=text)))


@pytest.mark.parametrize(
    "text", ["Kết quả ước cả năm", "Trong đó: hộ dân tộc thiểu số", "Xã Mỹ An Hưng A"]
)
def test_a_heading_among_results_changes_what_follows(text: str) -> None:
    assert stops(book(RESULTS, texts(10, A="II", C=text)))


def test_a_heading_among_the_indicators_of_a_report() -> None:
    assert stops(book(HALF, texts(12, B="Ước 6 tháng cuối năm")))


def test_a_project_of_another_programme_below_the_first() -> None:
    def two(sheet: Sheet) -> None:
        width = len(sheet.rows[0])
        for cells in (["", "Chương trình DTTS&MN"], [1.0, "Dự án 1", "60", "59", "1"]):
            sheet.rows.append([*cells, *[""] * (width - len(cells))])

    assert stops(book(FUNDS, two))


def test_a_second_table_of_last_year_with_the_other_communes() -> None:
    """The first table holds nine communes, a second one below it, "cùng kỳ năm trước", the rest."""

    def split(sheet: Sheet) -> None:
        rows = sheet.rows
        header, rest = deepcopy(rows[7:9]), deepcopy(rows[18:26])
        blank: list[object] = [""] * len(rows[0])
        sheet.rows = [*rows[:18], blank, ["CÙNG KỲ NĂM TRƯỚC", *blank[1:]], *header, *rest]
        merged = [m for m in sheet.merged or [] if m[1][0] < 18]
        sheet.merged = merged + [
            ((top + 13, left), (end + 13, right)) for (top, left), (end, right) in merged
            if top in (7, 8)
        ]  # fmt: skip

    assert stops(book(ASSIGNED, split))


@pytest.mark.parametrize(
    "text",
    ["* Số liệu xã Kim Hỷ là số ước", "(Số liệu sơ bộ, đề nghị không sử dụng)",
     "Số liệu trên tính đến ngày 30/6/2024", "BẢN NHÁP",
     "Ghi chú: Số liệu chưa được HĐND huyện thông qua",
     "Ghi chú: Số liệu trên chưa bao gồm xã Cư Lễ",
     "Lưu ý: số hộ nghèo bao gồm cả hộ cận nghèo"],
)  # fmt: skip
def test_a_note_below_the_table(text: str) -> None:
    assert stops(book(REVIEW, at("B31", text)))


def test_a_result_signed_before_its_year() -> None:
    assert found(book(REVIEW, at("J31", "Na Rì, ngày 30 tháng 6 năm 2023")))


# --- words that contradict the code of their row ----------------------------------------------


@pytest.mark.parametrize(
    ("cell", "label"),
    [("C9", "Tổng số nhân khẩu"), ("C10", "Số hộ cận nghèo"),
     ("C10", "Số hộ nghèo dân tộc thiểu số"), ("C10", "Số hộ nghèo năm 2023"),
     ("C10", "Số hộ nghèo (ước)")],
)  # fmt: skip
def test_a_label_that_is_not_the_indicator_of_its_code(cell: str, label: str) -> None:
    assert any(f.cell in (cell, f"B{cell[1:]}") for f in found(book(RESULTS, at(cell, label))))


def test_labels_of_two_results_changed_over() -> None:
    book_ = book(RESULTS, at("C10", "Số hộ cận nghèo"), at("C11", "Số hộ nghèo"))
    assert stops(book_)


def test_the_label_of_a_target_is_not_the_indicator_of_its_code() -> None:
    done = found(book(TARGETS, at("C8", "Tỷ lệ xã có đường ô tô đến trung tâm")))
    assert any(f.cell in ("B8", "C8") for f in done)


def test_a_target_in_a_unit_that_its_indicator_has_not() -> None:
    """100 households of an indicator in per cent, whose text says 100%."""
    assert stops(book(TARGETS, at("G7", "hộ")))


def test_a_condition_that_the_text_contradicts() -> None:
    text = "đảm bảo ít nhất 100% xã, thị trấn có hệ thống đài truyền thanh hoạt động"
    done = found(book(TARGETS, at("D9", "không quá"), at("H9", text)))
    assert any(f.cell in ("D9", "H9") for f in done)

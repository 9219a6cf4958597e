"""Headers in other ordinary words than the form's own, and what is said of those that are not."""

from __future__ import annotations

import pytest

from etl.catalogue.header_words import header_key
from etl.ground.records import Sheet
from etl.normalise import normalise
from tests.helpers.meaning_books import (
    ASSIGNED,
    FUNDS,
    HALF_RESULTS,
    MOVEMENT,
    RESULTS,
    REVIEW,
    at,
    stops,
)
from tests.helpers.review_cases import SLOTS
from tests.helpers.sheet_edits import Change, book


@pytest.mark.parametrize(
    ("central", "local"),
    [
        ("Ngân sách trung ương (NSTW)", "Ngân sách địa phương (NSĐP)"),
        ("NSTW (ngân sách trung ương)", "NSĐP (ngân sách địa phương)"),
        ("Ngân sách TW", "Ngân sách ĐP"),
        ("NS trung ương", "NS địa phương"),
        ("NS TW", "NS ĐP"),
        ("Ngân sách trung ương (triệu đồng)", "Ngân sách địa phương (triệu đồng)"),
        ("Ngân sách trung ương (2)", "Ngân sách địa phương (3)"),
        ("Ngân sách trung ương (NSTW) (triệu đồng)", "Ngân sách địa phương (N.S.Đ.P)"),
        ("Ngân sách trung ương (*)", "Ngân sách địa phương (**)"),
        ("Ngân sách trung ương năm 2025", "Ngân sách địa phương (năm 2025)"),
    ],
)
def test_abbreviations_units_and_numbers_in_brackets(central: str, local: str) -> None:
    assert stops(book(FUNDS, at("D6", central), at("E6", local))) == []


@pytest.mark.parametrize("units", ["Xã", "Tên xã", "Địa phương", "TÊN ĐỊA PHƯƠNG", "Xã/phường"])
@pytest.mark.parametrize("form", [REVIEW, MOVEMENT])
def test_what_units_are_called(units: str, form: str) -> None:
    assert stops(book(form, at("B8", units))) == []


@pytest.mark.parametrize(
    ("poor", "near"),
    [
        ("Hộ nghèo cuối năm 2024", "Hộ cận nghèo cuối năm 2024"),
        ("Hộ nghèo năm 2024", "Hộ cận nghèo năm 2024"),
        ("Hộ nghèo (năm 2024)", "Hộ cận nghèo (cuối năm 2024)"),
        ("Hộ nghèo đến cuối năm 2024", "Hộ cận nghèo đến 31/12/2024"),
        ("Hộ nghèo (31/12/2024)", "Hộ cận nghèo (đến 31/12/2024)"),
        ("Hộ nghèo tại thời điểm 31/12/2024", "Hộ cận nghèo cuối năm"),
        ("Hộ nghèo (A)", "Hộ cận nghèo - năm 2024"),
    ],
)
def test_groups_of_columns_with_the_form_s_own_time(poor: str, near: str) -> None:
    assert stops(book(REVIEW, at("E8", poor), at("I8", near))) == []


@pytest.mark.parametrize(
    "poor",
    [
        "Hộ nghèo đầu năm 2024",
        "Hộ nghèo đầu năm",
        "Hộ nghèo năm 2023",
        "Hộ nghèo cuối năm 2023",
        "Hộ nghèo 6 tháng năm 2024",
        "Hộ nghèo đến 30/6/2024",
    ],
)
def test_another_time_above_columns_stops(poor: str) -> None:
    assert stops(book(REVIEW, at("E8", poor)))


@pytest.mark.parametrize(
    "rate",
    ["Tỷ lệ %", "Tỷ lệ, %", "Tỷ lệ: %", "Tỷ lệ (%) (4)", "Tỷ lệ (4=3/1)", "% Tỷ lệ", "Tỷ lệ - %"],
)
def test_a_percent_sign_beside_a_rate(rate: str) -> None:
    assert stops(book(REVIEW, at("F9", rate))) == []


@pytest.mark.parametrize(
    "minority",
    [
        "Hộ dân tộc thiểu số (DTTS)",
        "Trong đó hộ DTTS",
        "Trong đó - Hộ dân tộc thiểu số",
        "Hộ DTTS (hộ)",
        "Trong đó: hộ dân tộc thiểu số",
    ],
)
def test_minorities_in_other_words(minority: str) -> None:
    assert stops(book(REVIEW, at("D9", minority), at("G9", minority))) == []


def _years(left: object, right: object) -> Change:
    """Assignments of 2024 right of those of 2025, below groups that say only the year."""

    def change(sheet: Sheet) -> None:
        for r, row in enumerate(sheet.rows):
            own: list[object] = [5.0, 1.0] if 9 <= r < 26 else ["", ""]
            row[4:4] = [right, ""] if r == 7 else row[2:4] if r == 8 else own
        sheet.rows[7][2] = left
        sheet.merged = [
            ((top, a + 2 * (a > 3)), (bottom, b + 2 * (b > 3)))
            for (top, a), (bottom, b) in sheet.merged or []
        ] + [((7, 4), (7, 5))]

    return change


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Chỉ tiêu giao năm 2025", "Chỉ tiêu giao năm 2024"),
        ("Năm 2025", "Năm 2024"),
        ("2025", "2024"),
        (2025.0, 2024.0),
        ("Chỉ tiêu năm 2025", "Chỉ tiêu năm 2024"),
        ("Chỉ tiêu giao (năm 2025)", "Chỉ tiêu giao (2024)"),
    ],
)
def test_two_years_side_by_side(left: object, right: object) -> None:
    workbook = book(ASSIGNED, _years(left, right))
    assert stops(workbook) == []
    (filing,) = normalise(workbook)
    cuts = [f for f in filing.figures if SLOTS[f.slot_id].column == "cut_households"]
    assert [f.value for f in cuts][:2] == ["15", "20"]


def _year_before(sheet: Sheet) -> None:
    """All ten columns of figures once more on their right, below "Năm 2023", with other figures."""
    for r, row in enumerate(sheet.rows):
        own = row[2:12] if 7 <= r < 10 else [9999.0 if type(c) is float else c for c in row[2:12]]
        row.extend(own if r >= 7 else [""] * 10)
    years: list[object] = ["TT", "Đơn vị", "Năm 2024", *[""] * 9, "Năm 2023", *[""] * 9]
    sheet.rows[7][:2] = ["", ""]
    sheet.rows.insert(7, years)
    groups = [(2, 3), (4, 7), (8, 11)]
    sheet.merged = [((7, c), (9, c)) for c in (0, 1)]
    sheet.merged += [((7, a), (7, a + 9)) for a in (2, 12)]
    sheet.merged += [((8, a + on), (8, b + on)) for a, b in groups for on in (0, 10)]


def test_all_columns_of_the_year_before_are_told_once() -> None:
    workbook = book(REVIEW, _year_before)
    assert stops(workbook) == []
    (filing,) = normalise(workbook)
    (said,) = (f for f in filing.findings if f.rule.startswith("column"))
    assert said.rule == "columns-other-year" and said.cell == "M10"
    cells = "M10, N10, O10, P10, Q10, R10, S10, T10, U10, V10"
    assert dict(said.params) == {"years": "2023", "cells": cells}
    assert "9999" not in {figure.value for figure in filing.figures}


@pytest.mark.parametrize("year", ["2025", "2023", "2026"])
def test_one_year_twice_or_none_of_the_title_s_stops(year: str) -> None:
    assert stops(book(ASSIGNED, _years(f"Chỉ tiêu giao năm {year}", f"Chỉ tiêu giao năm {year}")))


@pytest.mark.parametrize("header", ["KQ", "KQ năm 2024", "KQ thực hiện"])
def test_results_in_short(header: str) -> None:
    assert stops(book(RESULTS, at("F8", header))) == []


@pytest.mark.parametrize(
    ("header", "stopped"),
    [("Kết quả 6T/2024", []), ("KQ 6T/2024", []), ("Kết quả 6 tháng/2024", []),
     ("Kết quả 9T/2024", ["period-not-on-form"]),
     ("Kết quả 6T/2023", ["years-differ"]),
     ("KH", ["header-missing"])],
)  # fmt: skip
def test_results_of_half_a_year_in_short(header: str, stopped: list[str]) -> None:
    found = stops(book(HALF_RESULTS, at("F8", header)))
    assert found == stopped


def test_households_in_short() -> None:
    assert header_key("HN/HCN") == header_key("Hộ nghèo, hộ cận nghèo")
    assert header_key("HN") != header_key("HCN")

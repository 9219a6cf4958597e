"""Where tables stand and what their rows are: columns by year, repeated headers, sums, footers."""

from __future__ import annotations

from datetime import date

import pytest

from etl.catalogue.slots import slots
from etl.ground.records import Normalised, ReceivedFile, Sheet, Workbook
from etl.normalise import normalise
from etl.units.index import load_units

NUMBERS = {"Xã Kim Hỷ": (452, 191, 16), "Xã Văn Lang": (500, 180, 20), "Xã Kim Lư": (600, 60, 6)}
HEADER = [
    "TT", "Đơn vị", "Tổng số hộ dân cư đầu năm 2025", "Tổng số hộ nghèo đầu năm 2025",
    "Tỷ lệ hộ nghèo đầu năm 2025", "Giảm số hộ nghèo", "Giảm tỷ lệ hộ nghèo",
    "Tỷ lệ hộ nghèo cuối năm 2025",
]  # fmt: skip
TITLE = [
    ["UBND HUYỆN NA RÌ"],
    ["TỈNH BẮC KẠN"],
    ["MỤC TIÊU PHẤN ĐẤU GIẢM TỶ LỆ HỘ NGHÈO NĂM 2025"],
]
Rows = list[list[object]]


def line(number: int, unit: str) -> list[object]:
    households, poor, cut = (float(n) for n in NUMBERS[unit])
    return [float(number), unit, households, poor, "", cut, "", ""]


def total(label: str, *units: str) -> list[object]:
    sums = [float(sum(NUMBERS[unit][n] for unit in units)) for n in range(3)]
    return ["", label, sums[0], sums[1], "", sums[2], "", ""]


def body() -> Rows:
    return [line(n, unit) for n, unit in enumerate(NUMBERS, 1)]


def book(rows: Rows, header: Rows | None = None, *others: Sheet) -> Workbook:
    every = [*TITLE, *(header or [HEADER]), *rows]
    width = max(map(len, every))
    padded = [row + [""] * (width - len(row)) for row in every]
    return Workbook(ReceivedFile(1, "a.xlsx", ""), [Sheet("Biểu", True, padded, []), *others])


def read(rows: Rows, header: Rows | None = None) -> Normalised:
    (filing,) = normalise(book(rows, header))
    return filing


def households(filing: Normalised) -> dict[str | None, str | None]:
    """Unit code (or the rows of a subtotal) -> households, for rows of the kinds asked."""
    wanted = {
        s.slot_id for s in slots() if s.column == "households" and s.form == "target_register"
    }
    return {f.subject: f.value for f in filing.figures if f.slot_id in wanted}


def fails(filing: Normalised) -> list[tuple[str, str]]:
    return [(f.rule, f.cell) for f in filing.findings if f.rule != "unit-missing"]


def test_the_units_without_a_row_are_named() -> None:
    (finding,) = read(body()).findings
    assert finding.rule == "unit-missing"
    params = dict(finding.params)
    assert params["count"] == "14" and "Xã Côn Minh" in params["units"]


def test_of_two_years_side_by_side_the_titles_year_is_read() -> None:
    header = [*HEADER, "Tổng số hộ nghèo đầu năm 2024", "Tổng số hộ dân cư đầu năm 2024"]
    rows = [[*row, 999.0, 998.0] for row in body()]
    filing = read(rows, [header])
    assert set(households(filing).values()) == {"452", "500", "600"}
    assert fails(filing) == [("columns-other-year", "I4")]
    (said,) = (dict(f.params) for f in filing.findings if f.rule == "columns-other-year")
    assert said == {"years": "2024", "cells": "I4, J4"}


def test_two_columns_of_one_year_are_refused() -> None:
    filing = read([[*row, 1.0] for row in body()], [[*HEADER, HEADER[3]]])
    assert fails(filing) == [("header-duplicate", "I4")]


def test_a_column_the_form_lacks_is_named_and_not_read() -> None:
    header = [*HEADER[:2], "Ghi chú riêng", *HEADER[2:]]
    rows = [[*row[:2], 7.0, *row[2:]] for row in body()]
    filing = read(rows, [header])
    assert fails(filing) == [("column-unread", "C4")]
    assert set(households(filing).values()) == {"452", "500", "600"}


def test_a_header_repeated_on_a_new_page_is_passed_over() -> None:
    rows = [*body()[:2], ["", "Trang 2"], HEADER, ["A", "B", 1.0, 2.0, "3=2/1*100"], body()[2]]
    filing = read(rows)
    assert fails(filing) == [] and len(households(filing)) == 3


def test_a_repeated_header_with_moved_columns_is_refused() -> None:
    moved = [*HEADER[:2], HEADER[3], HEADER[2], *HEADER[4:]]
    filing = read([*body()[:2], moved, body()[2]])
    assert ("header-changed", "C7") in fails(filing)


def test_several_totals_are_subtotals_of_the_rows_since_the_last() -> None:
    units = list(NUMBERS)
    rows = [
        body()[0], body()[1], total("Cộng", *units[:2]), body()[2], total("Cộng", units[2]),
        total("Tổng cộng", *units),
    ]  # fmt: skip
    filing = read(rows)
    kinds = {s.slot_id: s.kind for s in slots()}
    sums = [
        (kinds[f.slot_id], f.subject, f.value)
        for f in filing.figures
        if kinds[f.slot_id] in ("total", "group") and f.value and f.cell.startswith("C")
    ]
    assert sums == [("group", "1:6", "952"), ("group", "8:8", "600"), ("total", None, "1552")]


def test_a_total_may_stand_first() -> None:
    filing = read([total("Toàn huyện", *NUMBERS), *body()])
    assert fails(filing) == [] and households(filing)[None] == "1552"


def test_footers_dates_and_signatures_are_no_rows() -> None:
    rows = [
        *body(), [], ["", "", "", "", "", "Na Rì, ngày 13 tháng 02 năm 2025"],
        ["", "Nơi nhận:", "", "", "", "TM. ỦY BAN NHÂN DÂN"],
        ["", "- Như trên;", "", "", "", "CHỦ TỊCH"],
    ]  # fmt: skip
    assert fails(read(rows)) == []


def test_a_figure_without_a_name_is_never_passed_over() -> None:
    filing = read([*body(), ["", "", 12.0]])
    assert fails(filing) == [("row-unnamed", "C8")]


def test_of_which_rows_are_named_and_not_read() -> None:
    filing = read([body()[0], ["", "Trong đó: hộ dân tộc thiểu số", 300.0], *body()[1:]])
    assert fails(filing) == [("row-of-which", "B6")] and len(households(filing)) == 3


@pytest.mark.parametrize("label", ["1. Xã Kim Hỷ", "- Xã Kim Hỷ", "X. Kim Hỷ", "Kim Hỷ", "KIM HỶ"])
def test_a_number_or_a_short_type_before_a_name(label: str) -> None:
    rows = body()
    rows[0][1] = label
    assert set(households(read(rows))) == {"02146", *households(read(body()))}


def test_an_unknown_header_names_what_it_is_like() -> None:
    header = [*HEADER[:2], "Tổng số hộ dân đầu năm 2025", *HEADER[3:]]
    (finding,) = read(body(), [header]).findings
    assert (finding.rule, finding.cell, finding.seen) == ("header-missing", "C4", header[2])
    assert dict(finding.params)["known"] == "Tổng số hộ dân cư đầu năm 2025"


def test_two_forms_in_one_workbook_are_two_filings() -> None:
    other = [
        ["UBND HUYỆN NA RÌ"], ["TỈNH BẮC KẠN"], ["KẾ HOẠCH VỐN THỰC HIỆN CHƯƠNG TRÌNH NĂM 2025"],
        ["TT", "Dự án, tiểu dự án", "Tổng vốn", "NSTW", "NSĐP"],
        ["1", "Dự án 2", 3.0, 2.0, 1.0],
    ]  # fmt: skip
    filings = normalise(book(body(), None, Sheet("Vốn", True, other, [])))
    assert [f.recognised and f.recognised.form for f in filings] == ["target_register", "fund_plan"]
    assert [f.part for f in filings] == [1, 2]
    assert filings[0].filing_id == 1 != filings[1].filing_id
    assert {f.filing_id for f in filings[1].figures} == {filings[1].filing_id}


def test_a_spelling_seen_in_a_plan_is_known_by_the_alias_table_only() -> None:
    units, day = load_units(), date(2025, 1, 1)
    named = {
        name: [unit.code for unit in units.find("commune", name, day, "085")]
        for name in ("Tả Van Chư", "Xã Tả Văn Chư", "Tả Văn Chu", "TT. Tả Văn Chư")
    }
    assert named == {
        "Tả Van Chư": ["02851"], "Xã Tả Văn Chư": ["02851"], "Tả Văn Chu": [], "TT. Tả Văn Chư": [],
    }  # fmt: skip

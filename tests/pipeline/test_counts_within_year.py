"""A count since 1 January that is lower than it was earlier in the year: a warning that names both
cells. The figures are made up for the test."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from etl.ground.config import Settings
from tests.night import NOW, SAMPLES, Night

HALF = "lap_vo_ket_qua_chi_tieu_6_thang_2024.xlsx"
WHOLE = "lap_vo_ket_qua_chi_tieu_2024.xlsx"
PARTS = ("con_minh", "duong_son", "quang_phong")  # what became Xã Côn Minh on 1 July 2025


@pytest.fixture
def night(fresh_warehouse: Settings, tmp_path: Path) -> Night:
    (tmp_path / "inbox").mkdir()
    return Night(fresh_warehouse, tmp_path / "inbox")


def results(night: Night, name: str, jobs: int) -> None:
    """What Lấp Vò reached: in row 10 poor households, 612 at the start, in row 13 workers placed in
    jobs, in row 14 the cut of poor households, which is less than it was."""
    book = load_workbook(SAMPLES / "inbox" / name)
    sheet = book.active
    cut = 72 if name == HALF else 62
    sheet["F10"] = 612 - cut
    placed = ("jobs_created", "Lao động được giải quyết việc làm", "người", None, jobs)
    fewer = ("poor_households_reduction", "Giảm số hộ nghèo", "hộ", None, cut)
    for row, line in ((13, placed), (14, fewer)):
        for column, value in enumerate(line, 2):
            sheet.cell(row, column).value = value
    book.save(night.inbox / name)


def warned(night: Night) -> list[tuple]:
    return night.rows(
        "select original_name, cell, seen, expected, message_vi, message_en, state"
        " from ops.finding join raw.filing using (filing_id)"
        " where rule = 'count-falls-within-year' order by 1, 2"
    )


@pytest.mark.parametrize("jobs", [124, 125])
def test_a_count_that_stays_or_rises_is_nothing(night: Night, jobs: int) -> None:
    results(night, HALF, 124)
    night.go()
    results(night, WHOLE, jobs)
    night.go(NOW + timedelta(days=1))
    assert night.rows("select count(*) from raw.filing where state = 'accepted'") == [(2,)]
    assert warned(night) == []


def test_a_count_that_falls_names_both_cells(night: Night) -> None:
    results(night, HALF, 124)
    night.go()
    results(night, WHOLE, 45)
    night.go(NOW + timedelta(days=1))
    vi = (
        "Ô F13 (dòng 13, cột “Kết quả”) ghi 45, nhưng kỳ trước trong cùng"
        f" năm đã ghi 124 (“{HALF} › Kết quả chỉ tiêu!F13”); số tính từ đầu năm không thể giảm."
    )
    ((name, *cell, told, english, state),) = warned(night)
    assert (name, *cell, state) == (WHOLE, "F13", "45", "≥ 124", "accepted")
    assert told == vi
    assert f"said 124 (“{HALF} › Kết quả chỉ tiêu!F13”)" in english


def test_an_earlier_period_filed_later_is_not_held_against_the_later(night: Night) -> None:
    results(night, WHOLE, 45)
    night.go()
    results(night, HALF, 124)
    night.go(NOW + timedelta(days=1))
    assert warned(night) == []


def test_a_merged_commune_stands_beside_the_sum_of_its_parts(night: Night) -> None:
    for part in PARTS:
        book = load_workbook(SAMPLES / "inbox" / f"bao_cao_6_thang_2025_{part}.xlsx")
        for row in range(10, 24):
            book["Chỉ tiêu"][f"F{row}"] = None
        book["Chỉ tiêu"]["D16"], book["Chỉ tiêu"]["E16"] = 20, 20
        book.save(night.inbox / f"{part}.xlsx")
    night.go()
    book = load_workbook(SAMPLES / "inbox" / "bao_cao_nam_2025_con_minh.xlsx")
    for row in range(10, 24):
        book["Chỉ tiêu"][f"F{row}"] = None
    book["Chỉ tiêu"]["D16"], book["Chỉ tiêu"]["E16"] = 59, 60
    book.save(night.inbox / "year.xlsx")
    night.go(NOW + timedelta(days=200))
    # 3 x 20 = 60 workers were placed by June
    found = {cell: (name, seen, wanted) for name, cell, seen, wanted, *_ in warned(night)}
    assert found["D16"] == ("year.xlsx", "59", "≥ 60") and "E16" not in found
    ((told,),) = [(row[4],) for row in warned(night) if row[1] == "D16"]
    assert "đã ghi 60 (“tổng 3 đơn vị cũ”)" in told

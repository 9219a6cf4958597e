"""A year's report under the title of the year before takes the place of that year's report, with a
warning; a correction in time, the same figures again and what follows its next year get none."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from etl.ground.config import Settings
from tests.night import NOW, Night

SOURCE = Night.inbox / "bao_cao_6_thang_2025_kim_hy.xlsx"
A_YEAR_LATER = datetime.fromisoformat("2026-06-08T22:30:00+07:00")
FOUND = "select message_vi from ops.finding where rule = 'file-year-passed'"


@pytest.fixture
def night(fresh_warehouse: Settings, tmp_path: Path) -> Night:
    (tmp_path / "inbox").mkdir()
    return Night(fresh_warehouse, tmp_path / "inbox")


def file(night: Night, name: str, now: datetime, poor: int = 163, year: str = "2025") -> None:
    """A night on the half-year report of Kim Hỷ with so many poor households, its rates blank."""
    book = load_workbook(SOURCE)
    for sheet in book:
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            if isinstance(cell.value, str) and "2025" in cell.value:
                cell.value = cell.value.replace("2025", year)
    book["Chỉ tiêu"]["D10"], book["Chỉ tiêu"]["F10"] = poor, None
    book.properties.title = name  # saved in one second it were the same file
    book.save(night.inbox / name)
    night.go(now)


def test_a_year_later_with_other_figures(night: Night) -> None:
    file(night, "2025.xlsx", NOW)
    assert night.rows(FOUND) == []
    file(night, "2026.xlsx", A_YEAR_LATER, 151)
    [(message,)] = night.rows(FOUND)
    # due on 9/6/2025 where the province says so, else on the last day of the half-year
    assert message.startswith("Biểu năm 2025 nhận ngày 08/06/2026, khi hạn (")
    assert "bản đã được nhận (tệp “2025.xlsx”)" in message
    assert "biểu cùng kỳ năm 2026 thì chưa có" in message
    states = night.rows("select state, warnings > 0 from raw.filing order by received_at")
    assert states == [("accepted", False), ("accepted", True)]


def test_a_correction_of_the_same_year(night: Night) -> None:
    file(night, "2025.xlsx", NOW)
    file(night, "2025_2.xlsx", NOW + timedelta(days=200), 151)
    assert night.rows(FOUND) == []


def test_the_same_figures_again(night: Night) -> None:
    file(night, "2025.xlsx", NOW)
    file(night, "2025_2.xlsx", A_YEAR_LATER)
    assert night.rows("select count(*) from raw.filing where state = 'accepted'") == [(2,)]
    assert night.rows(FOUND) == []


def test_whoever_has_filed_the_next_year_corrects(night: Night) -> None:
    file(night, "2024.xlsx", NOW - timedelta(days=365), year="2024")
    file(night, "2025.xlsx", NOW, 151)
    file(night, "2024_2.xlsx", NOW, 157, year="2024")
    assert night.rows("select count(*) from raw.filing where state = 'accepted'") == [(3,)]
    assert night.rows(FOUND) == []


def test_a_correction_of_what_is_about_several_years(night: Night) -> None:
    """Its first year is long past; none of the next is to come."""
    source = Night.inbox / "bac_ha_nhu_cau_von_2021_2025.xlsx"
    book = load_workbook(source)
    book.save(night.inbox / "a.xlsx")
    night.go()
    book.active["C7"], book.active["G7"] = "194.128", "186.678"
    book.save(night.inbox / "b.xlsx")
    night.go(NOW + timedelta(days=1))
    assert night.rows("select version, state from raw.filing order by version") == [
        (1, "accepted"), (2, "accepted"),
    ]  # fmt: skip
    assert night.rows(FOUND) == []

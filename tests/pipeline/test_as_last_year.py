"""Last year's workbook with another year in its title is accepted with a warning."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from etl.ground.config import Settings
from tests.night import Night

SOURCE = Night.inbox / "bao_cao_6_thang_2025_kim_hy.xlsx"
FOUND = """
    select f.year, f.state, n.message_vi from raw.filing as f
    left join ops.finding as n on n.filing_id = f.filing_id and n.rule = 'file-as-last-year'
    order by f.year
"""


@pytest.fixture
def night(fresh_warehouse: Settings, tmp_path: Path) -> Night:
    (tmp_path / "inbox").mkdir()
    return Night(fresh_warehouse, tmp_path / "inbox")


def file_both(night: Night, less: int) -> list[tuple[object, ...]]:
    """A night on the half-year report of Kim Hỷ, and on the same of 2024 with all numbers of its
    first column so much lower, rates left blank; returns what is found."""
    (night.inbox / "2025.xlsx").write_bytes(SOURCE.read_bytes())
    book = load_workbook(SOURCE)
    for sheet in book:
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            if isinstance(cell.value, str) and "2025" in cell.value:
                cell.value = cell.value.replace("2025", "2024")
    for row in book["Chỉ tiêu"].iter_rows(min_row=10, min_col=4, max_col=6):
        if isinstance(row[0].value, int) and row[0].value > 5:
            row[0].value -= less
            row[2].value = None
    book.save(night.inbox / "2024.xlsx")
    night.go()
    return night.rows(FOUND)


def test_all_alike_is_said_of_the_later_year(night: Night) -> None:
    before, after = file_both(night, 0)
    assert before == (2024, "accepted", None)
    assert after[:2] == (2025, "accepted")
    assert "giống hệt báo cáo cùng kỳ năm 2024 (tệp “2024.xlsx”)" in str(after[2])


def test_other_figures_are_none(night: Night) -> None:
    assert file_both(night, 1) == [(2024, "accepted", None), (2025, "accepted", None)]

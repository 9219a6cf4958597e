"""A target in points that was typed as a fraction is told: 3,64 as 0,0364.

Bắc Kạn's sample assigns Huyện Na Rì 375 poor households less and 3,64 points; Na Rì's own register
opens with 10.307 households and asks for 3,50 points.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from etl.ground.config import Settings
from tests.night import NOW, SAMPLES, Night

REGISTER = SAMPLES / "inbox" / "na_ri_muc_tieu_giam_ngheo_2025.xlsx"
ASSIGNMENT = SAMPLES / "inbox" / "bac_kan_giao_chi_tieu_giam_ngheo_2025.xlsx"
FOUND = "select cell, seen, message_vi from ops.finding where rule = 'target-hundredth'"


@pytest.fixture
def night(fresh_warehouse: Settings, tmp_path: Path) -> Night:
    (tmp_path / "inbox").mkdir()
    return Night(fresh_warehouse, tmp_path / "inbox")


def register(night: Night) -> None:
    (night.inbox / REGISTER.name).write_bytes(REGISTER.read_bytes())
    night.go()


def assign(night: Night, points: str, households: object = 375) -> list[tuple[str, str, str]]:
    """A night on what the province assigns Na Rì; what is found."""
    book = load_workbook(ASSIGNMENT)
    sheet = book.active
    sheet["C11"], sheet["D11"], sheet["C12"] = households, points, None
    book.save(night.inbox / "assignment.xlsx")
    night.go(NOW + timedelta(days=1))
    assert set(night.rows("select state from raw.filing")) == {("accepted",)}
    return night.rows(FOUND)


def test_its_own_row_says_a_hundredfold(night: Night) -> None:
    register(night)
    [(cell, seen, message)] = assign(night, "0,0364")
    assert (cell, seen) == ("D11", "0,0364")
    assert message == (
        "Ô D11 (Giảm tỷ lệ hộ nghèo) ghi 0,0364, chỉ bằng khoảng một phần trăm của 3,64"
        " (100 × 375 / 10.307): số phần trăm có thể đã bị ghi thành phân số (3,64 % ghi là 0,0364)."
    )


def test_another_filing_says_a_hundredfold(night: Night) -> None:
    register(night)
    [(_cell, _seen, message)] = assign(night, "0,0364", None)
    assert f"một phần trăm của 3,50 ({REGISTER.name})" in message


# 3,50 is 50 times 0,07; 4 households of 10.307 are 0,04 points, whatever the register asks for
@pytest.mark.parametrize(
    ("points", "households"), [("3,64", 375), ("0,071", None), ("0,64", 66), ("0", 0), ("0,04", 4)]
)
def test_a_target_that_is_none(night: Night, points: str, households: int | None) -> None:
    register(night)
    assert assign(night, points, households) == []


def test_without_another_figure_nothing_is_known(night: Night) -> None:
    assert assign(night, "0,0364") == []

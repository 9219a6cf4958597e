"""Money in tỷ where triệu is asked is told, where the same lines are known otherwise.

Na Rì's plan of 2025 has 13.731 million VND; its communes report what they were given of it.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from etl.ground.config import Settings
from tests.night import NOW, SAMPLES, Night

INBOX = SAMPLES / "inbox"
PLAN, REPORT = "na_ri_ke_hoach_von_2025.xlsx", "bao_cao_6_thang_2025_kim_hy.xlsx"
LINES = range(7, 16)
FOUND = "select sheet, cell, message_vi from ops.finding where rule = 'money-thousandfold'"


@pytest.fixture
def night(fresh_warehouse: Settings, tmp_path: Path) -> Night:
    (tmp_path / "inbox").mkdir()
    return Night(fresh_warehouse, tmp_path / "inbox")


def number(text: object) -> Decimal:
    return Decimal(str(text).replace(".", "").replace(",", "."))


def plan(
    night: Night, year: str, factor: str, lines: Iterable[int] = LINES
) -> list[tuple[str, ...]]:
    """A night on Na Rì's plan, titled with a year, these lines so many times as much."""
    book = load_workbook(INBOX / PLAN)
    sheet = book.active
    sheet["A1"] = sheet["A1"].value.replace("2025", year)
    for row in lines:
        central, local = (number(sheet[f"{c}{row}"].value) * Decimal(factor) for c in "DE")
        sheet[f"D{row}"], sheet[f"E{row}"] = central, local
        sheet[f"C{row}"] = central + local
    book.save(night.inbox / f"plan_{year}.xlsx")
    night.go(NOW + timedelta(days=len(night.rows("select from raw.filing"))))
    assert set(night.rows("select state from raw.filing")) == {("accepted",)}
    return night.rows(FOUND)


def test_a_plan_in_thousand_million(night: Night) -> None:
    assert plan(night, "2024", "1.2") == []
    [(sheet, cell, message)] = plan(night, "2025", "0.001")
    # 1,2 x 13.731,00; the largest amount is that of project 2, 5.378,39 of the central budget
    assert (sheet, cell) == ("Kế hoạch vốn", "D7")
    assert message == (
        "Từ ô D7: các dòng cộng lại được 13,731 triệu đồng, trong khi cũng các dòng ấy ở chỗ khác"
        " (plan_2024.xlsx) là 16.477,2 triệu đồng, hơn kém khoảng một nghìn lần: biểu có thể ghi"
        " theo tỷ đồng hoặc nghìn đồng."
    )


def test_a_plan_in_thousands(night: Night) -> None:
    assert plan(night, "2024", "0.1") == []
    [(_sheet, cell, _message)] = plan(night, "2025", "90")
    assert cell == "D7"


# 160 times less; all but one of 60, which is 220 times less with the rest; three times more
@pytest.mark.parametrize(
    ("factor", "lines"),
    [("0.006", LINES), ("0.0001", (*range(7, 12), 13, 14, 15)), ("3", LINES)],
)
def test_a_plan_that_is_none(night: Night, factor: str, lines: Iterable[int]) -> None:
    assert plan(night, "2024", "1") == []
    assert plan(night, "2025", factor, lines) == []


def test_a_plan_beside_what_some_communes_were_given(night: Night) -> None:
    """Kim Hỷ, one of 17 communes, was given 664,62 of 13.731: one that is short of that is told."""
    shutil.copy(INBOX / REPORT, night.inbox)
    night.go()
    assert plan(night, "2025", "1") == []
    assert plan(night, "2025", "50") == []
    [(_sheet, cell, message)] = plan(night, "2025", "0.0001")
    assert cell == "D7"
    assert "(kinh phí được giao đã tổng hợp / allocations in sum) là 664,62 triệu đồng" in message

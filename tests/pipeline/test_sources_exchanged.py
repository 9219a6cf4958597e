"""Central and local budget in each other's column are told, where the lines are known otherwise.

Kim Hỷ's sample report of the first half of 2025 was given 644,80 million VND of the central budget
and 19,82 of the local one, of which it disbursed 203,57 and 6,25.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from etl.ground.config import Settings
from tests.night import NOW, SAMPLES, Night

REPORT = SAMPLES / "inbox" / "bao_cao_6_thang_2025_kim_hy.xlsx"
FOUND = """
    select cell, message_vi from ops.finding where rule = 'sources-exchanged'
    order by filing_id, cell
"""
SAME = ("1", "1")


@pytest.fixture
def night(fresh_warehouse: Settings, tmp_path: Path) -> Night:
    (tmp_path / "inbox").mkdir()
    return Night(fresh_warehouse, tmp_path / "inbox")


def number(text: object) -> Decimal:
    return Decimal(str(text).replace(".", "").replace(",", "."))


def report(
    night: Night,
    year: str,
    given: tuple[str, str] = SAME,
    spent: tuple[str, str] = SAME,
    exchanged: str = "",
) -> list[tuple[str, str]]:
    """A night on the report with so many times its central and local money, and what was given (C)
    or spent (F) in each other's column; what is found."""
    book = load_workbook(REPORT)
    for cell in (cell for sheet in book for row in sheet.iter_rows() for cell in row):
        if isinstance(cell.value, str):
            cell.value = cell.value.replace("2025", year)
    sheet = book["Kinh phí"]
    for row in range(12, 22):
        sums = []
        for columns, factors in (("CDE", given), ("FGH", spent)):
            pairs = zip(columns[:2], factors, strict=True)
            amounts = [number(sheet[f"{c}{row}"].value) * Decimal(f) for c, f in pairs]
            sums.append(sum(amounts))
            for column, amount in zip(
                columns, (*amounts[:: -1 if columns[0] in exchanged else 1], sums[-1]), strict=True
            ):
                sheet[f"{column}{row}"] = amount
        sheet[f"I{row}"] = None
    book.save(night.inbox / f"report_{year}.xlsx")
    night.go(NOW + timedelta(days=len(night.rows("select from raw.filing"))))
    assert set(night.rows("select state from raw.filing")) == {("accepted",)}
    return night.rows(FOUND)


def test_all_against_the_year_before(night: Night) -> None:
    assert report(night, "2024", ("1.5", "1.5")) == []
    [(cell, message)] = report(night, "2025", exchanged="CF")
    assert cell == "D12"  # the largest of the source that is named first
    assert "các dòng cộng lại ghi Ngân sách địa phương 644,8, Ngân sách trung ương 19,82" in message
    assert "cũng các dòng ấy ở chỗ khác (report_2024.xlsx) là 29,73 và 967,2" in message


def test_what_is_disbursed_against_what_was_given(night: Night) -> None:
    [(cell, message)] = report(night, "2025", exchanged="F")
    assert cell == "G12"
    assert "(report_2025.xlsx) là 19,82 và 644,8" in message


# hardly any central money; less of it, more local; more of each; as much of each
@pytest.mark.parametrize(
    ("given", "spent"),
    [(SAME, ("0.001", "1")), (("0.4", "2"), SAME), (("3", "3"), ("3", "3")), (("0.4", "20"), SAME)],
)
def test_money_that_is_only_otherwise(
    night: Night, given: tuple[str, str], spent: tuple[str, str]
) -> None:
    assert report(night, "2024") == []
    assert report(night, "2025", given, spent) == []


def test_central_money_that_came_late(night: Night) -> None:
    assert report(night, "2024", ("0.001", "1"), ("0.001", "0.5")) == []
    assert report(night, "2025") == []

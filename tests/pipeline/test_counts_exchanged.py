"""Poor and near-poor households that changed places against the unit's last figures are told.

The samples' review of 2024 has 173 poor and 56 near-poor households in Xã Kim Hỷ; its report of
the first half of 2025 has 163 and 53.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from etl.ground.config import Settings
from tests.night import NOW, SAMPLES, Night

INBOX = SAMPLES / "inbox"
REVIEW, REPORT = "na_ri_ra_soat_chinh_thuc_2024.xlsx", "bao_cao_6_thang_2025_kim_hy.xlsx"
FOUND = """
    select cell, seen, message_vi from ops.finding
    where rule = 'counts-exchanged' order by filing_id, sheet, cell
"""


@pytest.fixture
def night(fresh_warehouse: Settings, tmp_path: Path) -> Night:
    (tmp_path / "inbox").mkdir()
    return Night(fresh_warehouse, tmp_path / "inbox")


def review(night: Night) -> None:
    (night.inbox / REVIEW).write_bytes((INBOX / REVIEW).read_bytes())
    night.go()


def report(night: Night, poor: int, near: int, year: str = "2025") -> list[tuple[str, str, str]]:
    """A night on Kim Hỷ's report with so many households, rates left blank; what is found."""
    book = load_workbook(INBOX / REPORT)
    for cell in (cell for sheet in book for row in sheet.iter_rows() for cell in row):
        if isinstance(cell.value, str):
            cell.value = cell.value.replace("2025", year)
    sheet = book["Chỉ tiêu"]
    sheet["D10"], sheet["D11"] = poor, near
    for row in range(10, 24):
        sheet[f"F{row}"] = None
    book.save(night.inbox / "report.xlsx")
    night.go(NOW + timedelta(days=len(night.rows("select from raw.filing"))))
    assert set(night.rows("select state from raw.filing")) == {("accepted",)}
    return night.rows(FOUND)


def test_they_changed_places(night: Night) -> None:
    review(night)
    [(cell, seen, message)] = report(night, poor=53, near=163)
    assert (cell, seen) == ("D11", "163")
    assert message == (
        "Ô D11 (Số hộ cận nghèo) ghi 163 và ô D10 (Số hộ nghèo) ghi 53, nhưng số gần nhất trước đó"
        f" của đơn vị là 56 và 173 (tệp “{REVIEW}”): hai số có thể bị ghi đổi chỗ cho nhau."
    )


# poor 173 and near-poor 56 before. 90 and 139 are 83 and 83 off, exchanged 34 and 34: 166 < 3 x 68
@pytest.mark.parametrize(("poor", "near"), [(163, 53), (90, 139), (120, 100), (53, 53), (173, 163)])
def test_a_change_that_is_none(night: Night, poor: int, near: int) -> None:
    review(night)
    assert report(night, poor, near) == []


def test_without_an_earlier_filing_nothing_is_known(night: Night) -> None:
    assert report(night, poor=53, near=163) == []


def test_a_version_that_no_longer_counts_says_nothing(night: Night) -> None:
    assert report(night, poor=53, near=163, year="2024") == []
    assert report(night, poor=163, near=53, year="2024") == []
    assert report(night, poor=160, near=50) == []


# each must change by ten, and by three tenths
@pytest.mark.parametrize(
    ("before", "told"), [((24, 14), 1), ((23, 14), 0), ((50, 35), 1), ((50, 36), 0)]
)
def test_few_households_may_do_so(night: Night, before: tuple[int, int], told: int) -> None:
    assert report(night, *before, year="2024") == []
    assert len(report(night, *reversed(before))) == told

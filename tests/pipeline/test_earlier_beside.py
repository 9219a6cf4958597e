"""Last year's sheet beside this year's in a workbook never replaces what was accepted of last year
with other figures."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from etl.ground.config import Settings
from tests.helpers.sample_sheets import ASSIGNED
from tests.night import NOW, Night

STATES = "select state, year, superseded_by is null from raw.filing order by received_at, part"
TARGETS = (
    "select g.year, t.target_value::integer from dw.fact_target as t"
    " inner join raw.filing as g using (filing_id)"
    " where t.cell = 'C11' and g.superseded_by is null order by 1"
)
FAILS = "select sheet, seen, message_vi from ops.finding where severity = 'fail'"
DAY = timedelta(days=1)


class Office:
    """An inbox whose workbooks each have a sheet of assigned targets for every year asked for."""

    def __init__(self, settings: Settings, folder: Path) -> None:
        folder.mkdir()
        self.night, self.day = Night(settings, folder), 0
        self.log = "Tên tệp,Ngày giờ nhận\n"

    def put(self, name: str, **households: int) -> None:
        """The next day a workbook comes with Kim Hỷ's target of each year."""
        book = load_workbook(Night.inbox / ASSIGNED)
        first = book.worksheets[0]
        for year, number in households.items():
            sheet = book.copy_worksheet(first)
            sheet.title = f"Năm {year[1:]}"
            sheet["A5"] = f"GIAO CHỈ TIÊU GIẢM NGHÈO NĂM {year[1:]}"
            sheet["C8"] = f"Chỉ tiêu giao năm {year[1:]}"
            sheet["C11"] = number
            sheet.delete_rows(27, 1)
        book.remove(first)
        self.file(name, book)

    def put_words(self, name: str, sheet: str, cell: str, **words: str) -> None:
        """The same with a form of words alone: what the cell of each year's sheet says."""
        book = load_workbook(Night.inbox / "na_ri_phan_cong_va_bao_cao_2025.xlsx")
        first = book[sheet]
        first.delete_rows(9, first.max_row)
        for year, text in words.items():
            copy = book.copy_worksheet(first)
            copy.title = f"Năm {year[1:]}"
            copy["A1"] = str(copy["A1"].value).replace("2025", year[1:])
            copy[cell] = text
        for each in book.worksheets[:2]:
            book.remove(each)
        self.file(name, book)

    def file(self, name: str, book: Workbook) -> None:
        """A workbook comes the next day."""
        book.save(self.night.inbox / name)
        self.day += 1
        self.log += f"{name},{(NOW + self.day * DAY - timedelta(hours=2)).isoformat()}\n"
        (self.night.inbox / "so_van_den.csv").write_text(self.log, encoding="utf-8")

    def go(self) -> None:
        self.night.go(NOW + self.day * DAY)


@pytest.fixture
def office(fresh_warehouse: Settings, tmp_path: Path) -> Office:
    return Office(fresh_warehouse, tmp_path / "inbox")


@pytest.mark.parametrize("is_each_night", [True, False])
def test_the_accepted_version_of_last_year_stays(office: Office, *, is_each_night: bool) -> None:
    for name, households in (
        ("nam_2024.xlsx", {"y2024": 12}),
        ("nam_2025.xlsx", {"y2024": 11, "y2025": 20}),
        ("nam_2025_lan_2.xlsx", {"y2024": 11, "y2025": 21}),
    ):
        office.put(name, **households)
        if is_each_night:
            office.go()
    office.go()
    assert office.night.rows(TARGETS) == [(2024, 12), (2025, 21)]
    assert office.night.rows(STATES) == [
        ("accepted", 2024, True),
        ("rejected", 2024, True), ("accepted", 2025, False),
        ("rejected", 2024, True), ("accepted", 2025, True),
    ]  # fmt: skip
    said = office.night.rows(FAILS)
    assert [sheet for sheet, _seen, _message in said] == ["Năm 2024"] * 2
    kept = "1 số liệu hoặc nội dung khác bản đã được nhận (tệp “nam_2024.xlsx”)"
    assert all(kept in vi for _sheet, _seen, vi in said)


def test_years_that_were_not_filed_before_are_taken_and_may_come_again_unchanged(
    office: Office,
) -> None:
    office.put("ca_hai.xlsx", y2024=12, y2025=20)
    office.go()
    assert office.night.rows(TARGETS) == [(2024, 12), (2025, 20)]
    office.put("ca_hai_sua.xlsx", y2024=12, y2025=21)
    office.go()
    assert office.night.rows(TARGETS) == [(2024, 12), (2025, 21)]
    assert {state for state, _year, _is_current in office.night.rows(STATES)} == {"accepted"}


@pytest.mark.parametrize(("sheet", "cell"), [("Phân công", "F6"), ("Báo cáo", "E6")])
def test_what_was_accepted_in_words_stays(office: Office, sheet: str, cell: str) -> None:
    office.put_words("nam_2024.xlsx", sheet, cell, y2024="Lập kế hoạch")
    office.go()
    office.put_words("nhu_cu.xlsx", sheet, cell, y2024="Lập kế hoạch", y2025="Lập kế hoạch")
    office.go()
    assert {state for state, _year, _is_current in office.night.rows(STATES)} == {"accepted"}
    office.put_words("nam_2025.xlsx", sheet, cell, y2024="Lập và gửi", y2025="Lập và gửi")
    office.go()
    assert office.night.rows(STATES)[-2:] == [("rejected", 2024, True), ("accepted", 2025, True)]
    ((said_on, _seen, said),) = office.night.rows(FAILS)
    assert said_on == "Năm 2024"
    assert "1 số liệu hoặc nội dung khác bản đã được nhận (tệp “nhu_cu.xlsx”)" in said

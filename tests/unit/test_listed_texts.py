"""Lists of texts: every row of the sheet is read or named, and a day is the one that is seen."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter

from etl.normalise.texts.days import parse_day
from etl.read.seen.dated_formats import drawn, says_day
from tests.khoxa import khoxa
from tools.draw_own_forms import INBOX, PLACE

LOCAL = INBOX.parent / "local"
HEADER = ("TT", "Số, ký hiệu", "Ngày ban hành", "Loại văn bản", "Trích yếu")


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        (date(2024, 3, 4), "2024-03-04"),
        (datetime(2024, 3, 4, 9, 30), "2024-03-04"),
        ("4/3/2024", "2024-03-04"),
        ("04.03.2024", "2024-03-04"),
        ("04-03-24", "2024-03-04"),
        ("ngày 4 tháng 3 năm 2024", "2024-03-04"),
        ("2024-03-04", "2024-03-04"),
        ("29/02/2024", "2024-02-29"),
        ("", None),
        ("-", None),
    ],
)
def test_a_day_is_read_day_first(raw: object, day: str | None) -> None:
    got = parse_day(raw)
    assert (got.value, got.rule) == (day, None)


@pytest.mark.parametrize(
    ("raw", "rule"),
    [
        ("31/02/2024", "date-wrong"), ("29/02/2023", "date-wrong"), ("3/15/2024", "date-wrong"),
        ("15/3", "date-wrong"), ("tháng 3/2024", "date-wrong"), ("chưa có", "date-wrong"),
        ("4/3/1024", "date-wrong"), (2024.0, "date-wrong"), (45355.5, "date-wrong"),
        (45355.0, "date-serial"), (True, "date-wrong"),
    ],
)  # fmt: skip
def test_what_is_no_day_is_refused(raw: object, rule: str) -> None:
    assert parse_day(raw).rule == rule


@pytest.mark.parametrize(
    ("code", "shown", "is_read"),
    [
        ("dd/mm/yyyy", "04/03/2024", True), ("mm/dd/yyyy", "03/04/2024", False),
        ("d-mmm-yy", "4/Mar/24", True), ("mmm-yy", "Mar/24", False),
        ("yyyy-mm-dd", "2024/03/04", True),
        ('"ngày "dd" tháng "mm" năm "yyyy', "04/03/2024", True),
        ("[$-42A]dddd, dd mmmm yyyy", "04/Mar/2024", True), ("dd/mm/yyyy h:mm", "04/03/2024", True),
        ("yyyy", "2024", False),
    ],
)  # fmt: skip
def test_a_format_shows_the_day_or_another(code: str, shown: str, is_read: bool) -> None:
    day = date(2024, 3, 4)
    assert (drawn(code, day), says_day(code, day)) == (shown, is_read)


def test_a_day_that_is_no_month_is_read_in_any_order() -> None:
    assert says_day("mm/dd/yyyy", date(2024, 3, 15)) and says_day("mm/dd/yyyy", date(2024, 3, 3))


def checked(folder: Path, *rows: tuple[object, ...]) -> tuple[list[tuple[str, str]], bool]:
    """The failures of a list by rule and cell; whether it is accepted. (day,): month first."""
    path = folder / "list.xlsx"
    with xlsxwriter.Workbook(path) as book:
        days = [book.add_format({"num_format": code}) for code in ("dd/mm/yyyy", "mm/dd/yyyy")]
        sheet = book.add_worksheet("Văn bản")
        for r, line in enumerate(("DANH MỤC VĂN BẢN CHỈ ĐẠO GIẢM NGHÈO NĂM 2024", PLACE)):
            sheet.write_string(r, 0, line)
        for r, row in enumerate((HEADER, *rows), start=3):
            for c, cell in enumerate(row):
                first = cell[0] if isinstance(cell, tuple) else cell
                if isinstance(first, datetime):
                    sheet.write_datetime(r, c, first, days[isinstance(cell, tuple)])
                else:
                    sheet.write(r, c, cell)
    done = khoxa("check", path, "--json", KHOXA_LOCAL=str(LOCAL))
    (got,) = json.loads(done.stdout)
    failed = [(f["rule"], f["cell"]) for f in got["findings"] if f["severity"] == "fail"]
    return sorted(failed), done.returncode == 0


def test_a_list_with_its_footer_is_taken(tmp_path: Path) -> None:
    rows = [
        (1, "12/KH-UBND", datetime(2024, 1, 15), "Kế hoạch", "Kế hoạch năm 2024"),
        ("", "13/QĐ-UBND", "4/3/2024", "", "Giao chỉ tiêu"),
        ("", "14/QĐ-UBND", "-", "", "Không rõ ngày"),
        ("", "", "", "", ""),
        ("Nơi nhận:", "", "", "", "Na Rì, ngày 5 tháng 1 năm 2025"),
        ("- Như trên;", "", "", "", "TM. ỦY BAN NHÂN DÂN"),
        ("", "NGƯỜI LẬP BIỂU", "", "", "CHỦ TỊCH"),
        ("", "Nguyễn Văn A", "", "", "Trần Thị B"),
    ]
    assert checked(tmp_path, *rows) == ([], True)


def test_headings_group_a_list(tmp_path: Path) -> None:
    rows = [
        ("I", "VĂN BẢN CỦA TỈNH", "", "", ""),
        (1, "12/KH-UBND", datetime(2024, 1, 15), "", "Kế hoạch năm 2024"),
        ("", "II. Nghị quyết của HĐND huyện", "", "", ""),
        (1, "13/NQ-HĐND", "4/3/2024", "", "Nghị quyết"),
    ]
    assert checked(tmp_path, *rows) == ([], True)
    rows.insert(2, ("", "Văn bản đã hết hiệu lực", "", "", ""))
    assert checked(tmp_path, *rows) == ([("heading-unknown", "B7")], False)


def test_a_number_that_became_a_month_is_refused(tmp_path: Path) -> None:
    row = (1, (datetime(2024, 5, 1),), "4/3/2024", "", "Số 05/2024 máy đã đổi thành ngày")
    assert checked(tmp_path, row) == ([("date-shown", "B5")], False)


def test_every_wrong_cell_and_row_is_named(tmp_path: Path) -> None:
    rows = [
        (1, "12/KH-UBND", 45306, "Kế hoạch", "Số thứ tự của ngày"),
        (2, "13/KH-UBND", "31/02/2024", "Thông báo", "Ngày không có"),
        (3, "14/KH-UBND", (datetime(2024, 3, 4),), "Kế hoạch", "Tháng trước ngày"),
        (4, "15/KH-UBND", "", "Kế hoạch", "Thiếu ngày"),
        ("", "16/QĐ-UBND", "ngày 30 tháng 2 năm 2024", "", "Không có số thứ tự"),
        ("", "", "", "", "dòng hai của trích yếu"),
        ("", "17/QĐ-UBND", "", "", ""),
        ("", "", datetime(2024, 5, 6), "", "Thiếu số"),
    ]
    assert checked(tmp_path, *rows) == (
        [
            ("date-serial", "C5"), ("date-shown", "C7"), ("date-wrong", "C6"), ("date-wrong", "C9"),
            ("required-blank", "C11"), ("required-blank", "C8"), ("required-blank", "E11"),
            ("row-unnamed", "C12"), ("row-unnamed", "E10"), ("value-unknown", "D6"),
        ],
        False,
    )  # fmt: skip

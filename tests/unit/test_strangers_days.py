"""Days as strangers write them: years of two digits, times behind the day, formats that show
another day, none, or another century."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from etl.normalise.texts.days import parse_day
from etl.read.seen.dated_formats import built_in, drawn, says_day
from etl.read.seen.formats import is_plain, shown
from tests.khoxa import khoxa
from tests.unit.test_listed_texts import HEADER, LOCAL
from tools.draw_own_forms import PLACE


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("15/05/98", "1998-05-15"), ("4/3/45", "1945-03-04"), ("4/3/44", "2044-03-04"),
        ("4/3/2024 09:30", "2024-03-04"), ("04/03/2024 0:00:00", "2024-03-04"),
        ("2024-03-04 09:30:00", "2024-03-04"), ("2024-03-04T09:30:00.000", "2024-03-04"),
        ("2024/03/04", "2024-03-04"), ("\xa004/03/2024\xa0", "2024-03-04"),
        ("ngày 4 tha\u0301ng 3 năm 2024", "2024-03-04"),
        # who writes am and pm may put the month first
        ("3/4/2024 9:30 AM", None), ("Quý II/2024", None), ("4-Mar-24", None),
        ("4/3/0024", None),
        ("3/4/2024, 5/4/2024", None), ("04/03\n2024", None), ("2024/13/04", None),
    ],
)  # fmt: skip
def test_a_day_as_a_person_reads_it(text: str, day: str | None) -> None:
    got = parse_day(text)
    assert (got.value, got.rule) == (day, None if day else "date-wrong")


@pytest.mark.parametrize(
    ("code", "day", "is_read"),
    [
        ("yyyy-dd-mm", date(2024, 3, 4), False),
        ("yyyy-mm-dd", date(2024, 3, 4), True),
        ("dddd", date(2024, 3, 4), False),
        ("h:mm", date(2024, 3, 4), False),
        ("General", date(2024, 3, 4), True),
        ("dd/mm/yy", date(1998, 3, 4), True),
        ("dd/mm/yy", date(2098, 3, 4), False),
        ("dd/mm/yyyy", date(2098, 3, 4), True),
        ("dd-mmm-yy", date(2098, 3, 4), False),
    ],
)
def test_a_format_that_shows_another_day_is_told(code: str, day: date, is_read: bool) -> None:
    assert says_day(code, day) is is_read


def test_a_format_of_times_shows_no_day() -> None:
    assert {drawn(built_in(number), date(2024, 3, 4)) for number in (18, 20, 21, 45, 47)} == {"…"}


def _list(folder: Path) -> Path:
    """Two documents of one day, merged over both rows; their numbers are seen as 007 and 012/BC."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    head = (("DANH MỤC VĂN BẢN CHỈ ĐẠO GIẢM NGHÈO NĂM 2024",), (PLACE,), (), HEADER)
    for row in (*head, (1, 7, datetime(2024, 3, 4), "", "A"), (2, 12, None, "", "B")):
        sheet.append(row)
    sheet["C5"].number_format, sheet["B5"].number_format = "dd/mm/yyyy", "000"
    sheet["B6"].number_format = '000"/BC"'
    sheet.merge_cells("C5:C6")
    book.save(folder / "list.xlsx")
    return folder / "list.xlsx"


def test_a_number_of_a_document_is_the_one_that_is_seen(tmp_path: Path) -> None:
    done = khoxa("check", _list(tmp_path), "--json", KHOXA_LOCAL=str(LOCAL))
    (got,) = json.loads(done.stdout)
    assert [f for f in got["findings"] if f["severity"] == "fail"] == []
    assert not is_plain("000") and shown("000", 7).text == "007"

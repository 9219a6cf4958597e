"""The second line of a return workbook says what is to be done with this very file."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from tests.helpers.publish_books import ENGLISH, SUMMARY, Return, finding, rich

FAULT, DOUBT = finding("Biểu 1", "D5", severity="fail"), finding("Biểu 1", "D6", severity="warn")
SCAN = finding("", "", severity="fail", rule="file-pdf")


@pytest.mark.parametrize(
    ("found", "vi", "en"),
    [
        ([FAULT, DOUBT], "1 lỗi, 1 cảnh báo. Sửa ngay trong tệp này", "Correct them in this file"),
        ([DOUBT], "1 cảnh báo. Số đúng thì không phải gửi lại", "Nothing is to be filed again"),
        ([SCAN], "Tệp này chỉ có kết quả kiểm tra: xem cột “Cách sửa”", "has the results only"),
    ],
)
def test_the_note(returned: Return, found: list, vi: str, en: str) -> None:
    book = load_workbook(BytesIO(returned(rich(), found)))
    assert vi in book[SUMMARY]["A2"].value and en in book[ENGLISH]["A2"].value


def test_who_is_accepted_is_not_told_to_file_again(returned: Return) -> None:
    note = load_workbook(BytesIO(returned(rich(), [DOUBT])))[SUMMARY]["A2"].value
    assert "0 lỗi" not in note and not note.startswith("Sửa")


def test_a_file_without_sheets_of_theirs_is_not_said_to_be_mended_in(returned: Return) -> None:
    note = load_workbook(BytesIO(returned(rich(), [SCAN])))[SUMMARY]["A2"].value
    assert "ngay trong tệp này" not in note

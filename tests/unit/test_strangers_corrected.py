"""Other figures beside those that are read, as offices leave them when they check a report."""

from __future__ import annotations

import pytest

from tests.helpers.meaning_books import RESULTS, at, stops
from tests.helpers.sheet_edits import Change, book, only, sentence, warns

LAST = "G"  # the column of notes


def header_on_the_right(text: str) -> Change:
    """A further column, with a figure in its first row."""

    def change(sheet) -> None:  # type: ignore[no-untyped-def]
        for row in sheet.rows:
            row.append("")
        sheet.rows[7][-1], sheet.rows[8][-1] = text, 413.0

    return change


@pytest.mark.parametrize(
    "text",
    [
        "Số đúng",
        "Sửa lại",
        "Đính chính",
        "Số liệu sau rà soát",
        "Chính thức",
        "Số chốt",
        "Huyện thẩm định",
        "Đã điều chỉnh",
    ],
)
def test_a_column_that_says_only_that_it_is_right_stops(text: str) -> None:
    workbook = book(RESULTS, header_on_the_right(text))
    assert stops(workbook) == ["column-corrected"]
    (told,) = (f for f in only(workbook).findings if f.rule == "column-corrected")
    assert f"Cột “{text}” (ô H8)" in sentence(told)
    assert "“Kết quả” (ô F8)" in sentence(told)


@pytest.mark.parametrize("text", ["Kiểm tra", "Lần 2", "Thực tế", "Số sổ"])
def test_another_column_is_only_said(text: str) -> None:
    workbook = book(RESULTS, header_on_the_right(text))
    assert stops(workbook) == []
    assert "column-unread" in warns(only(workbook).findings)


@pytest.mark.parametrize(
    "text",
    [
        "lẽ ra là 413",
        "Đáng lẽ phải 413 hộ",
        "Số hộ này là 413 hộ mới đúng",
        "Xin đính chính số hộ từ 400 thành 413",
    ],
)
def test_a_note_with_the_right_figure_stops(text: str) -> None:
    assert stops(book(RESULTS, at(f"{LAST}9", text))) == ["note-changes"]


@pytest.mark.parametrize(
    "note",
    [
        413.0,
        "413",
        "413?",
        "9.413",
        "gồm cả hộ Kinh",
        "Số liệu chưa cập nhật hộ mới tách",
        "số này của xã Văn Lang",
        "413 hay 431?",
    ],
)
def test_a_note_that_may_be_another_figure_is_said(note: object) -> None:
    workbook = book(RESULTS, at(f"{LAST}9", note))
    assert stops(workbook) == []
    (told,) = (f for f in only(workbook).findings if f.rule == "note-unsure")
    assert told.cell == f"{LAST}9"


@pytest.mark.parametrize(
    "note",
    [
        2024.0,
        "2023",
        "(1)",
        "12 lớp",
        "413 hộ mới đúng đối tượng",
        "Đã cập nhật",
        "Theo số liệu của công an",
    ],
)
def test_an_ordinary_note_is_not_said(note: object) -> None:
    assert only(book(RESULTS, at(f"{LAST}9", note))).findings == only(book(RESULTS)).findings


def test_a_note_that_repeats_its_figure_is_not_said() -> None:
    figure = book(RESULTS).sheets[0].rows[8][5]
    assert only(book(RESULTS, at(f"{LAST}9", figure))).findings == only(book(RESULTS)).findings

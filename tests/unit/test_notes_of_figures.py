"""What people write in the column of notes beside a figure: what corrects it, moves it, scales it,
leaves somebody out or is of another day stops the filing; what explains it does not."""

from __future__ import annotations

import pytest

from tests.helpers.meaning_books import HALF, at, found, stops
from tests.helpers.sheet_edits import below, book


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Đính chính: 165", "note-changes"),
        ("Sửa D10 thành 165", "note-changes"),
        ("số trên sửa từ 163 thành 165", "note-changes"),
        ("Cột 1 và cột 2 đổi chỗ", "note-changes"),
        ("ghi nhầm cột", "note-changes"),
        ("sai", "note-changes"),
        ("Số liệu chưa chính xác", "note-changes"),
        ("Số liệu trên là của năm trước", "note-changes"),
        ("số kỳ trước", "note-changes"),
        ("thiếu 2 thôn", "note-changes"),
        ("không có xã Dương Sơn", "note-changes"),
        ("nhân 1000", "note-changes"),
        ("(nghìn hộ)", "note-changes"),
        ("Số liệu tính bằng nghìn", "note-changes"),
        ("số x 1000", "note-changes"),
        ("đến 31/5", "note-other-time"),
        ("(tính đến 30/9/2025)", "note-other-time"),
    ],
)
def test_a_note_that_changes_its_figure_stops(text: str, rule: str) -> None:
    assert stops(book(HALF, at("G10", text))) == [rule]


@pytest.mark.parametrize("text", ["Cột 1 và cột 2 đổi chỗ", "Số liệu trên là của năm trước"])
def test_so_it_does_below_the_table(text: str) -> None:
    assert stops(book(HALF, below("", text))) == ["note-changes"]


def test_what_may_have_been_counted_twice_is_said() -> None:
    assert [f.rule for f in found(book(HALF, at("G10", "trùng mục 2")))] == ["note-unsure"]


@pytest.mark.parametrize(
    "text",
    ["Đính chính báo cáo số 12/BC-UBND", "đến 30/6/2025", "đến 31/12 phấn đấu hoàn thành",
     "tăng 3 hộ so với số kỳ trước", "không có thôn ĐBKK nào", "thiếu nước sạch", "đổi đất",
     "Đã sửa chữa 5 nhà", "1000 hộ được hỗ trợ", "Sai lệch do làm tròn", "Trùng khớp với xã",
     "x", "(hộ)", "Số hộ thay đổi hàng năm", "Trao đổi hàng hóa", "đổi ô tô", "thiếu xã hội hóa",
     "Xã không có thôn đặc biệt khó khăn", "Nhân 1000 cây giống"],
)  # fmt: skip
def test_a_note_that_explains_a_figure_is_taken(text: str) -> None:
    assert [f.rule for f in found(book(HALF, at("G10", text)))] == []

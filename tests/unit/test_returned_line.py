"""The line of the log about a filing that was returned."""

from etl.night.told.lines import _returned

ROW = {
    "file": "quet.pdf", "form_vi": "?", "form_en": "?", "unit_name": None, "sheet": "", "cell": "",
    "faults": 1, "message_vi": "Tệp là bản quét.",
}  # fmt: skip


def test_a_file_of_nobody_known_says_so() -> None:
    assert _returned(ROW)[0] == (
        "Trả lại (chưa rõ đơn vị) – chưa rõ biểu hoặc kỳ (quet.pdf): 1 lỗi; Tệp là bản quét."
    )


def test_a_file_of_a_unit_names_it_and_the_cell() -> None:
    row = ROW | {"unit_name": "Xã Kim Hỷ", "form_vi": "Báo cáo", "sheet": "Biểu 1", "cell": "D5"}
    assert _returned(row)[0] == (
        "Trả lại Xã Kim Hỷ – Báo cáo (quet.pdf): 1 lỗi; Biểu 1 D5: Tệp là bản quét."
    )

"""What a form may say of headings above its columns and of what follows from what, and how its
blank and a filed workbook are read by it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from etl.authoring.titles import title_of
from etl.blank import draw_form
from etl.catalogue.forms import Form
from etl.catalogue.measures import units_in
from etl.ground.config import Settings
from etl.ground.records import Normalised, ReceivedFile
from etl.normalise import normalise
from etl.read import read
from tests.helpers.random_forms import faults, only

NOWHERE = Settings(home=Path("/nonexistent"), inbox="")
CODES = ("poor_households", "near_poor_households", "households", "clean_water_households")


def column(*path: str, header: str = "Tổng số", **more: Any) -> dict[str, Any]:
    return {"is": "figure", "header": [header], "path": list(path), "unit": "household",
            "fact": "indicator", "measure": "actual"} | more  # fmt: skip


def spec(**figures: dict[str, Any]) -> dict[str, Any]:
    """A commune's form of one row of items with these columns."""
    cells = {name: {"indicator": code} for name, code in zip(figures, CODES, strict=False)
             if figures[name].get("fact")}  # fmt: skip
    return {
        "form": "paths", "version": "1", "title": {"vi": "Hộ", "en": "Households"},
        "filer": "commune", "valid": {"from": 2024, "to": 2024}, "periods": {"Y": []},
        "titles": ["thống kê hộ dân năm {year}"], "heading": {"Y": "Thống kê hộ dân năm {year}"},
        "tables": {"t": {
            "title": "Hộ", "rows": "items", "key_column": "item",
            "columns": {"item": {"is": "item", "header": ["Nội dung"]}} | figures,
            "items": {"all": {"labels": ["Toàn xã"], "cells": cells}},
        }},
    }  # fmt: skip


FOUR = spec(
    a=column("Kế hoạch", "Vốn đầu tư"), b=column("Kế hoạch", "Vốn sự nghiệp"),
    c=column("Thực hiện", "Vốn đầu tư"), d=column("Thực hiện", "Vốn sự nghiệp"),
)  # fmt: skip


def filed(path: Path, header: list[list[str]], row: list[object]) -> Normalised:
    """A workbook with this header, whose cells stand for those to their right until the next; the
    first column is headed down to the last row."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["A2"] = "THỐNG KÊ HỘ DÂN NĂM 2024", "Xã Kim Hỷ, huyện Na Rì, tỉnh Bắc Kạn"
    first = ["Nội dung", *header[0][1:]]
    for texts in [[], first, *header[1:], row]:
        sheet.append(texts)
    if len(header) > 1:
        sheet.merge_cells(start_row=4, end_row=3 + len(header), start_column=1, end_column=1)
    for r, texts in enumerate(header, start=4):
        starts = [c for c, text in enumerate(texts, start=1) if text and c > 1]
        for start, end in zip(starts, [*starts[1:], len(row) + 1], strict=True):
            if end - start > 1:
                sheet.merge_cells(start_row=r, end_row=r, start_column=start, end_column=end - 1)
    book.save(path)
    (found,) = normalise(read(ReceivedFile(1, path.name, str(path))))
    return found


HEADER = [["", "Kế hoạch", "", "Thực hiện", ""],
          ["", "Vốn đầu tư", "Vốn sự nghiệp", "Vốn đầu tư", "Vốn sự nghiệp"],
          ["", "Tổng số", "Tổng số", "Tổng số", "Tổng số"]]  # fmt: skip


def test_the_same_words_are_read_below_different_headings(tmp_path: Path) -> None:
    with only(Form.model_validate(FOUR)):
        found = filed(tmp_path / "a.xlsx", HEADER, ["Toàn xã", 11, 12, 13, 14])
    assert [f.value for f in found.figures] == ["11", "12", "13", "14"]
    assert [f.cell for f in found.figures] == ["B7", "C7", "D7", "E7"]


def test_headings_in_another_order_are_another_column(tmp_path: Path) -> None:
    turned = [HEADER[1], HEADER[0], HEADER[2]]
    with only(Form.model_validate(FOUR)):
        found = filed(tmp_path / "a.xlsx", turned, ["Toàn xã", 11, 12, 13, 14])
    assert found.recognised is None and found.figures == []


def test_a_heading_less_stops_the_filing(tmp_path: Path) -> None:
    with only(Form.model_validate(FOUR)):
        found = filed(tmp_path / "a.xlsx", HEADER[1:], ["Toàn xã", 11, 12, 13, 14])
    assert found.figures == [] and found.findings


def test_a_blank_has_a_row_for_each_heading(tmp_path: Path) -> None:
    with only(Form.model_validate(FOUR)):
        draw_form(NOWHERE, "paths", "02152", "2024", tmp_path / "blank.xlsx")
    sheet = load_workbook(tmp_path / "blank.xlsx")["Hộ"]
    rows = [[cell.value for cell in row] for row in sheet["A10:E12"]]
    assert rows[0] == ["Nội dung", "Kế hoạch", None, "Thực hiện", None]
    assert rows[1] == [None, "Vốn đầu tư", "Vốn sự nghiệp", "Vốn đầu tư", "Vốn sự nghiệp"]
    assert rows[2] == [None, *["Tổng số (hộ)"] * 4]
    assert {"A10:A12", "B10:C10", "D10:E10"} <= set(map(str, sheet.merged_cells.ranges))


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        ({"a": column("X", "Y"), "b": column("X", "Y")}, "tell them apart by under or path"),
        ({"a": column("X", under=["X"])}, "give under or path"),
        ({"a": column("X"), "b": column() | {"parts": ["c"], "header": ["B"]},
          "c": column() | {"parts": ["b"], "header": ["C"]}}, "the column follows from itself"),
    ],
)  # fmt: skip
def test_a_slip_is_told(figures: dict[str, dict[str, Any]], words: str) -> None:
    drawn = spec(**figures)
    assert any(words in fault for fault in faults(drawn, Form.model_validate(drawn)))


def test_paths_that_differ_in_one_heading_are_no_slip() -> None:
    assert faults(FOUR, Form.model_validate(FOUR)) == []


def test_a_sum_of_a_sum_is_read_in_rows_of_items(tmp_path: Path) -> None:
    drawn = spec(a=column(header="Nam"), b=column(header="Nữ"), c=column(header="Khác"))
    columns = drawn["tables"]["t"]["columns"]
    columns["ab"] = column(header="Cộng hai cột") | {"parts": ["a", "b"], "fact": "check"}
    columns["abc"] = column(header="Cộng tất cả") | {"parts": ["ab", "c"], "fact": "check"}
    header = [["", "Nam", "Nữ", "Khác", "Cộng hai cột", "Cộng tất cả"]]
    with only(Form.model_validate(drawn)):
        found = filed(tmp_path / "a.xlsx", header, ["Toàn xã", 1, 2, 4, 3, 7])
    assert [f.value for f in found.figures] == ["1", "2", "4", "3", "7"]


def test_a_unit_for_each_of_another_is_no_list_of_units() -> None:
    assert units_in("triệu đồng/người") == {"million_vnd_per_person_per_year"}
    assert units_in("triệu đồng/hộ") == frozenset()
    assert units_in("hộ/khẩu") == {"household", "person"}
    assert units_in("triệu đồng, người") == {"million_vnd", "person"}


@pytest.mark.parametrize(
    ("line", "pattern", "year", "period"),
    [
        ("TỔNG HỢP HỘ NGHÈO CỦA HUYỆN NA RÌ NĂM 2024", "tổng hợp hộ nghèo.*năm {year}", 2024, "Y"),
        ("BÁO CÁO KẾT QUẢ KINH TẾ - XÃ HỘI 6 THÁNG ĐẦU NĂM 2024",
         "báo cáo kết quả kinh tế - xã hội.*{year}", 2024, "H1"),
        ("Biểu số 05: Tiến độ giải ngân năm 20…", "tiến độ giải ngân năm {year}", None, "Y"),
        ("KẾ HOẠCH VỐN GIAI ĐOẠN 2021-2025",
         "kế hoạch vốn giai đoạn {year}-{last_year}", 2021, "Y"),
    ],
)  # fmt: skip
def test_a_title_is_proposed(line: str, pattern: str, year: int | None, period: str) -> None:
    found = title_of(["UBND HUYỆN NA RÌ", "Na Rì, ngày 5 tháng 12 năm 2023", line])
    assert (found.pattern, found.year, found.period) == (pattern, year, period)

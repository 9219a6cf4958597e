"""Figures in another unit of measure than the form's, row by row or cell by cell: converted exactly
by factors that are data, or refused."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter

from etl.catalogue.measures import factor_of
from etl.catalogue.units_of_measure import unit_fault
from etl.normalise.texts.cells import parsed_as
from etl.normalise.texts.numbers import parse_text
from tests.helpers import fund_forms
from tests.khoxa import khoxa

FORM = (
    fund_forms.HEAD.format(name="fund_units", title="vốn kèm đơn vị tính", filer="commune")
    + """
    rows: items
    key_column: project
    total_labels: ["Tổng cộng"]
    columns:
      project: {is: item, header: ["Dự án"]}
      measure: {is: measure, header: ["Đơn vị tính", "ĐVT"], optional: true}
      plan: {is: figure, header: ["Kế hoạch"], unit: million_vnd, fact: fund, source: NSTW,
             stage: plan, total: sum}
      disbursed: {is: figure, header: ["Giải ngân"], unit: million_vnd, fact: fund, source: NSTW,
                  stage: disbursed, total: sum}
      pct: {is: figure, header: ["Tỷ lệ"], unit: pct, optional: true, total: ratio,
            ratio: {numerator: disbursed, denominator: plan}}
    items:
      DA1: {labels: ["Dự án 1"]}
      DA2: {labels: ["Dự án 2"]}
"""
)
FILER = "Xã Kim Hỷ, huyện Na Rì, tỉnh Bắc Kạn"
HEADER = ("Dự án", "Đơn vị tính", "Kế hoạch", "Giải ngân", "Tỷ lệ")


@pytest.mark.parametrize(
    ("raw", "unit", "measure", "value"),
    [
        ("2,5", "million_vnd", "tỷ đồng", "2500"),
        (0.1, "million_vnd", "Tỷ đồng", "100"),
        ("1.234.567", "million_vnd", "đồng", "1.234567"),
        ("358.340", "million_vnd", "nghìn đồng", "358.34"),
        ("0", "million_vnd", "tỷ đồng", "0"),
        ("1,337", "household", "nghìn hộ", None),  # thousands, or three decimals
        ("1,3", "household", "nghìn hộ", "1300"),
        ("12.500", "ha", "m2", "1.25"),
        ("12,5", "million_vnd", "triệu đồng", "12.5"),
    ],
)
def test_a_row_in_another_unit(raw: object, unit: str, measure: str, value: str | None) -> None:
    assert parsed_as(raw, unit, measure).value == value


@pytest.mark.parametrize(
    ("text", "value", "words"),
    [
        ("2,5 tỷ đồng", "2500", "tỷ đồng"), ("500 triệu đồng", "500", None),
        ("350.000.000 đồng", "350", "đồng"), ("1.250 nghìn đồng", "1.25", "nghìn đồng"),
        ("-2 tỷ", "-2000", "tỷ"), ("3 hộ", None, None), ("5 USD", None, None),
    ],
)  # fmt: skip
def test_a_cell_in_another_unit(text: str, value: str | None, words: str | None) -> None:
    got = parse_text(text, "million_vnd")
    assert (got.value, dict(got.params).get("unit") if not got.rule else None) == (value, words)


def test_factors_are_data() -> None:
    assert factor_of("million_vnd", "tỉ  đồng") == Decimal(1000)
    assert factor_of("household", "tỷ đồng") is None and factor_of(None, "tỷ đồng") is None
    said = {"vi": "a", "en": "a", "decimals": 0, "kind": "count"}
    for wrong in ({"tạ": 0}, {"tạ": "một"}, ["tạ"], {"tạ": -1}):
        assert "factors" in unit_fault({**said, "factors": wrong}, is_known=False)
    assert not unit_fault({**said, "factors": {"tạ": "0.1", "kg": 100}}, is_known=False)


def checked(folder: Path, *rows: tuple[object, ...], header=HEADER, number_format: str = ""):
    local = fund_forms.local(folder / "local", own=FORM)
    path = folder / "book.xlsx"
    with xlsxwriter.Workbook(path) as book:
        style = book.add_format({"num_format": number_format}) if number_format else None
        sheet = book.add_worksheet("Biểu")
        head = (("VỐN KÈM ĐƠN VỊ TÍNH NĂM 2024",), (f"Đơn vị báo cáo: {FILER}",), header)
        for r, row in enumerate((*head, *rows)):
            for c, cell in enumerate(row):
                sheet.write(r, c, cell, style if isinstance(cell, float) else None)
    done = khoxa("check", path, "--json", **local)
    (got,) = json.loads(done.stdout)
    return [(f["rule"], f["cell"]) for f in got["findings"] if f["rule"] != "measure-unstated"]


def test_rows_of_different_units_add_up(tmp_path: Path) -> None:
    rows = [("Dự án 1", "tỷ đồng", "2,5", 2, 80), ("Dự án 2", "triệu đồng", 500, 100, 20),
            ("Tổng cộng", "tỷ đồng", 3, "2,1", 70)]  # fmt: skip
    assert sorted(checked(tmp_path, *rows)) == [
        ("measure-converted", cell) for cell in ("B4", "B6")
    ]


def test_a_wrong_total_is_still_found(tmp_path: Path) -> None:
    rows = [("Dự án 1", "tỷ đồng", "2,5", 2, 80), ("Dự án 2", "triệu đồng", 500, 100, 20),
            ("Tổng cộng", "triệu đồng", 502.5, 102, 20.3)]  # fmt: skip
    found = checked(tmp_path, *rows)
    assert ("total-row", "C6") in found and ("total-row", "D6") in found


def test_a_header_that_says_its_unit_contradicts_the_row(tmp_path: Path) -> None:
    header = ("Dự án", "Đơn vị tính", "Kế hoạch (triệu đồng)", "Giải ngân (triệu đồng)", "Tỷ lệ")
    rows = [("Dự án 1", "tỷ đồng", "2,5", 2, 80), ("Dự án 2", "triệu đồng", 500, 100, 20)]
    assert ("measure-differs", "B4") in checked(tmp_path, *rows, header=header)


def test_an_unknown_unit_is_refused_as_before(tmp_path: Path) -> None:
    rows = [("Dự án 1", "USD", 3, 2, 66.67), ("Dự án 2", "hộ", 500, 100, 20)]
    got = checked(tmp_path, *rows)
    assert got == [("measure-differs", "B4"), ("measure-differs", "B5")]


def test_a_format_that_shows_another_unit_is_refused(tmp_path: Path) -> None:
    rows = [("Dự án 1", "", 2.5, 2.0, ""), ("Dự án 2", "", 1.5, 1.0, "")]
    got = checked(tmp_path, *rows, number_format='0.0" tỷ đồng"')
    assert sorted(got) == [("number-shown", cell) for cell in ("C4", "C5", "D4", "D5")]

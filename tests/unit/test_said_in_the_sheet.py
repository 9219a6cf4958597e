"""The unit of measure that a sheet states: in any wording, anywhere; or not at all."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest

from etl.catalogue.measures import units_in
from etl.ground.records import Sheet
from tests.helpers.sheet_edits import (
    FUNDS,
    REPORT,
    YEAR,
    below,
    book,
    fails,
    line,
    only,
    row_of,
    say,
    warns,
)

STATED = "Đơn vị tính: triệu đồng"
UNITS = [
    ("triệu đồng", "million_vnd"), ("Tr.đ", "million_vnd"), ("trđ", "million_vnd"),
    ("1.000.000 đồng", "million_vnd"), ("triệu VND", "million_vnd"), ("10^6 đồng", "million_vnd"),
    ("nghìn đồng", "other"), ("ngàn đồng", "other"), ("1.000 đ", "other"), ("1000đ", "other"),
    ("1,000 VND", "other"), ("tỷ", "other"), ("tỉ đồng", "other"), ("trăm nghìn đồng", "other"),
    ("trăm triệu đồng", "other"), ("nghìn người", "other"), ("1.000 hộ", "other"), ("đ", "other"),
    ("đồng Việt Nam", "other"), ("nghìn tỷ đồng", "other"), ("₫", "other"), ("hộ", "household"),
    ("%", "pct"), ("điểm %", "pp"), ("triệu đồng/ha", "million_vnd_per_ha"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "unit"), UNITS)
def test_an_amount_is_known_by_what_it_comes_to(text: str, unit: str) -> None:
    assert units_in(text) == {unit}


@pytest.mark.parametrize(
    "text", ["1", "(1)", "2025", "Đồng Tháp", "Triệu Phong", "STT", "tr", "hộ cũ"]
)
def test_what_is_no_unit_is_none(text: str) -> None:
    assert not units_in(text)


THOUSANDS = [
    "Đơn vị: nghìn đồng", "ĐV: 1.000 đồng", "ĐV tính: nghìn đồng", "Đ.v.t: ngàn đồng",
    "Đơn vị tiền tệ: nghìn đồng", "Đơn vị tính là nghìn đồng", "Đvt (nghìn đồng)",
    "Số tiền tính bằng nghìn đồng", "(nghìn đồng)", "nghìn đồng", "Unit: thousand VND",
    "Đơn  vị\u00a0tính:  nghìn  đồng", "Ðơn vị tính: nghìn đồng", "Đơn\u200b vị tính: nghìn đồng",
    "Đơn vị tính: tỷ", "ĐVT: trăm nghìn", "Đơn vị tính：nghìn đồng", "ĐVT: đồng",
    "KẾ HOẠCH (nghìn đồng)", "Đơn vị tính: nghìn đồng. Số liệu minh hoạ",
    unicodedata.normalize("NFD", "Đơn vị tính: nghìn đồng"),
]  # fmt: skip


@pytest.mark.parametrize("text", THOUSANDS)
def test_thousands_are_refused_in_any_wording(text: str) -> None:
    (finding,) = only(book(FUNDS, say(STATED, text))).findings
    assert (finding.rule, finding.seen) == ("measure-stated", text)
    assert dict(finding.params)["wanted"] == "triệu đồng" and finding.cell == "A3"


@pytest.mark.parametrize(
    "text",
    ["Đơn vị: triệu đồng", "(triệu đồng)", "ĐVT: Tr.đ", "Đơn vị tính: 1.000.000 đồng",
     "Tính bằng triệu đồng", "Đơn vị tính: triệu VNĐ", "ĐVT: triệu"],
)  # fmt: skip
def test_millions_are_taken_without_a_word(text: str) -> None:
    assert only(book(FUNDS, say(STATED, text))).findings == []


def test_a_label_and_its_unit_may_stand_in_two_cells() -> None:
    def split(unit: str, beside: bool) -> list[str]:
        def change(sheet: Sheet) -> None:
            r = row_of(sheet.rows, STATED)
            sheet.rows[r][0] = "Đơn vị tính:"
            sheet.rows[r if beside else r + 1][2 if beside else 0] = unit

        return [f.rule for f in only(book(FUNDS, line("", "TT"), change)).findings]

    assert split("nghìn đồng", True) == ["measure-stated"]
    assert split("triệu đồng", True) == []
    assert [f.rule for f in only(book(FUNDS, say(STATED, "Đơn vị tính: ……"))).findings] == [
        "measure-unstated"
    ]


def test_a_unit_below_the_table_or_on_the_page_counts_as_well() -> None:
    unsaid = say(STATED, "")
    low = only(book(FUNDS, unsaid, below("", "(*) Đơn vị tính: nghìn đồng")))
    assert fails(low.findings) == ["measure-stated"]
    for words, wrong in (("Đơn vị tính: nghìn đồng", True), ("Đơn vị: triệu đồng", False)):
        made = book(FUNDS, unsaid)
        made.sheets[0] = replace(made.sheets[0], printed=(words,))
        assert [f.rule for f in only(made).findings] == ["measure-stated"] * wrong


def test_a_statement_that_contradicts_another_is_refused() -> None:
    both = only(book(FUNDS, below("", "Đơn vị: nghìn đồng")))
    assert fails(both.findings) == ["measure-stated"]
    column = only(book(FUNDS, say("Tổng vốn", "Tổng vốn (nghìn đồng)")))
    assert fails(column.findings) == ["measure-stated"]


def test_a_column_of_units_beside_the_table_counts() -> None:
    def add(sheet: Sheet) -> None:
        first = row_of(sheet.rows, "TT")
        for r, row in enumerate(sheet.rows):
            row.append("ĐVT" if r == first else "nghìn đồng" if r > first + 1 else "")

    found = only(book(FUNDS, say(STATED, ""), add)).findings
    assert fails(found) == ["measure-stated"]


def test_who_files_is_no_measure() -> None:
    filer = only(book(FUNDS, line("Đơn vị: Huyện Na Rì", "Đơn vị tính")))
    assert filer.findings == [] and filer.recognised is not None
    assert only(book(REPORT)).findings == []


def test_money_without_any_unit_is_taken_with_a_warning() -> None:
    (finding,) = only(book(FUNDS, say(STATED, ""))).findings
    assert (finding.rule, finding.cell) == ("measure-unstated", "C5")
    bracket = only(book(FUNDS, say(STATED, ""), say("Tổng vốn", "Tổng vốn (triệu đồng)")))
    assert bracket.findings == []
    assert "measure-unstated" not in warns(only(book(YEAR)).findings)


def test_a_note_on_one_row_is_about_that_row() -> None:
    """Statements of a plan have a unit each; their texts may say any."""

    def change(sheet: Sheet) -> None:
        sheet.rows[row_of(sheet.rows, "TT") + 1][-1] = "thu nhập quy ra nghìn đồng"

    assert "measure-stated" not in fails(only(book(YEAR, change)).findings)

"""Nothing falls out: below a header every filled cell is a figure, a word of a heading or footer,
or in a finding."""

from __future__ import annotations

import pytest

from etl.catalogue.slots import slots
from etl.ground.records import Sheet
from etl.normalise.rows import figures as row_figures
from tests.helpers.account_sheets import (
    ASSIGNED,
    FUNDS,
    REGISTER,
    REPORT,
    RESULTS,
    fails,
    filed,
    put,
    row_at,
    sheets,
    the,
    told,
)

SLOTS = {slot.slot_id: slot for slot in slots()}


def assigned(**cells: object) -> Sheet:
    return put(sheets(ASSIGNED)[0], **cells)


def test_the_samples_are_accounted_for() -> None:
    for name in (ASSIGNED, REGISTER, FUNDS, REPORT, RESULTS):
        assert told(filed(*sheets(name))) == []


@pytest.mark.parametrize(
    "words",
    ["≥ 18", "18 hộ nghèo", "khoảng 20", "20-25 hộ", "chưa có", "mười tám", "18 hộ, khoảng 3,81%",
     "đạt 18/20", "chưa báo cáo", "18*"],
)  # fmt: skip
def test_an_unknown_unit_with_words_for_figures_is_named(words: str) -> None:
    sheet = assigned(A12="", B12="Lương Thương cũ", C12=words, D12="")
    assert ("unit-unknown", "B12") in told(filed(sheet))


@pytest.mark.parametrize(
    ("number", "label"), [(3.0, "Lương Thương"), ("", "Xã Lương Thương"), ("03", "xxx")]
)
def test_a_row_known_by_its_number_or_its_type_may_say_anything(number: object, label: str) -> None:
    sheet = assigned(A12=number, B12=label, C12="có điều chỉnh", D12="")
    assert ("unit-unknown", "B12") in told(filed(sheet))


@pytest.mark.parametrize(
    "footer",
    [
        {"A29": "Nơi nhận:", "A30": "- Như trên;", "A31": "- Lưu: VT, LĐTBXH (05b)."},
        {"C29": "Na Rì, ngày 13 tháng 01 năm 2025", "C30": "TM. ỦY BAN NHÂN DÂN",
         "C31": "KT. CHỦ TỊCH", "C35": "Nguyễn Văn A"},
        {"B29": "NGƯỜI LẬP BIỂU", "C29": "CHỦ TỊCH", "B30": "(Ký, ghi rõ họ tên)",
         "C30": "(Ký tên, đóng dấu)"},
        {"C29": "Na Rì, ngày … tháng … năm 2025"},
        {"D29": "Ngày 13/01/2025", "C29": "Xã Kim Hỷ, ngày 5 tháng 7 năm 2025"},
        {"B29": "Ghi chú: số liệu đến ngày 30/6/2025, gồm 17 xã, thị trấn của huyện"},
        {"C29": "Ghi chú: theo kết quả rà soát cuối năm 2024 của 17 xã, thị trấn"},
        {"C29": "(Kèm theo Kế hoạch số 29/KH-UBND)", "C30": "Trang 1/2", "D30": "Biểu số 02"},
        {"B29": "Xã Kim Hỷ, ngày 5 tháng 7 năm 2025", "C29": "TM. UBND XÃ"},
    ],
)  # fmt: skip
def test_footers_are_words(footer: dict[str, object]) -> None:
    assert told(filed(assigned(**footer))) == []


@pytest.mark.parametrize(
    ("cells", "rule", "cell"),
    [
        ({"B29": "Thôn Nà Mỏ", "C29": 3.0}, "unit-unknown", "B29"),
        ({"C29": 3.0}, "row-unnamed", "C29"),
        ({"C29": "còn 3 hộ"}, "row-unnamed", "C29"),
        ({"A29": "Xã Kim Hỷ", "C29": "20"}, "row-unnamed", "C29"),
        ({"A29": 18.0, "C29": "chưa rõ"}, "row-unnamed", "C29"),
    ],
)
def test_rows_after_the_table_are_named(cells: dict[str, object], rule: str, cell: str) -> None:
    assert (rule, cell) in told(filed(assigned(**cells)))


def test_a_heading_with_figures_in_words_is_named() -> None:
    sheet = row_at(assigned(), 10, "I", "Các xã vùng cao", "gồm 120 hộ")
    assert ("unit-unknown", "B10") in told(filed(sheet))


def test_a_heading_without_figures_is_a_heading() -> None:
    sheet = row_at(assigned(), 10, "I", "Các xã khu vực 3", "theo QĐ 861/QĐ-TTg", "năm 2025")
    assert told(filed(sheet)) == []


def test_a_changed_header_names_all_that_is_not_read() -> None:
    sheet = assigned()
    header = [list(sheet.rows[7]), list(sheet.rows[8])]
    header[1][2], header[1][3] = header[1][3], header[1][2]
    sheet.rows[17:17] = header  # before row 18; 10 rows and the footer follow
    finding = the(filed(sheet), "header-changed")
    last = max(r for r, row in enumerate(sheet.rows, 1) if any(cell != "" for cell in row))
    assert finding.cell == "C19" and dict(finding.params)["rows"] == f"18–{last}"


@pytest.mark.parametrize(
    ("value", "expected"),
    [(100.0, ["cell-unasked"]), ("25,5%", ["cell-unasked"]), ("có", ["cell-unasked"]),
     ("x", []), ("-", []), (" ", []), ("", [])],
)  # fmt: skip
def test_a_cell_that_the_form_does_not_ask_for_is_said(value: object, expected: list[str]) -> None:
    indicators, funds = sheets(REPORT)
    row, labels = next(
        (r, row) for r, row in enumerate(indicators.rows, 1)
        if "Trong đó: xuất khẩu lao động" in row
    )  # fmt: skip
    assert labels[3] != "" and labels[4] == ""  # its count, and no whole
    filing = filed(put(indicators, **{f"E{row}": value}), funds)
    assert told(filing) == [(rule, f"E{row}") for rule in expected]
    assert fails(filing) == []


@pytest.mark.parametrize(
    ("cells", "rule", "cell"),
    [
        ({"A15": 7.0, "B15": "so_mo_hinh", "F15": "≥ 3"}, "value-unknown", "B15"),
        ({"B15": "so_mo_hinh"}, "value-unknown", "B15"),
        ({"A15": 7.0, "C15": "Mô hình", "D15": "mô hình"}, "row-unnamed", "D15"),
        ({"A15": 7.0, "F15": "đang rà soát"}, "row-unnamed", "F15"),
    ],
)
def test_a_statement_that_says_little_is_named(
    cells: dict[str, object], rule: str, cell: str
) -> None:
    assert (rule, cell) in told(filed(put(sheets(RESULTS)[0], **cells)))


def test_figures_in_a_column_without_a_header_are_said() -> None:
    sheet = assigned(F10="", F12=7.0)
    finding = the(filed(sheet), "column-unnamed")
    assert (finding.cell, finding.seen, dict(finding.params)["column"]) == ("F12", "7", "F")


def test_what_no_rule_accounts_for_becomes_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    """The account finds what a reader with a hole in it would drop."""
    monkeypatch.setattr(row_figures.RowFigures, "_closed_cells", lambda *_arguments: None)
    add = row_figures.RowFigures.add

    def without_points(self: row_figures.RowFigures, r: int, row: list, *about: object) -> None:
        add(self, r, [*row[:3], "", *row[4:]] if r == 11 else row, *about)

    monkeypatch.setattr(row_figures.RowFigures, "add", without_points)
    finding = the(filed(assigned()), "cell-unaccounted")
    assert (finding.cell, finding.seen) == ("D12", "3,81")


# Clusters: 15 + 20 + 18 = 53; 375 - 53 = 322; 34 + 30 = 64


def cluster(at: int, label: str, households: object, number: object = "") -> Sheet:
    return row_at(assigned(), at, number, label, households, "")


def test_two_clusters_above_their_communes_are_groups() -> None:
    sheet = row_at(cluster(10, "Cụm thượng huyện", 53.0, "I"), 14, "II", "Cụm hạ huyện", "322")
    filing = filed(sheet)
    assert told(filing) == []
    groups = {
        (f.cell, f.subject) for f in filing.figures
        if SLOTS[f.slot_id].kind == "group" and f.value is not None
    }  # fmt: skip
    assert groups == {("C10", "11:13"), ("C14", "15:28")}
    assert sum(f.subject is not None and ":" not in f.subject for f in filing.figures) == 17 * 2


def test_a_cluster_below_its_communes_is_a_group() -> None:
    filing = filed(cluster(13, "Cụm 1", "53"))
    assert told(filing) == []
    assert ("C13", "10:12") in {(f.cell, f.subject) for f in filing.figures}


@pytest.mark.parametrize(
    ("at", "label", "households", "number"),
    [
        (13, "Cụm 1", 54.0, ""),  # does not add up
        (13, "Cụm 1", 53.0, 4.0),  # has a number as a commune has
        (13, "Xã Cụm Một", 53.0, ""),  # is called a commune
        (11, "Vùng I", 15.0, ""),  # one row above, and 360 below
        (13, "Cụm 1", "khoảng 53", ""),
    ],
)
def test_other_rows_of_unknown_names_are_unknown_units(
    at: int, label: str, households: object, number: object
) -> None:
    assert told(filed(cluster(at, label, households, number))) == [("unit-unknown", f"B{at}")]


def test_clusters_of_zeros_are_no_clusters() -> None:
    zeros = {f"C{row}": 0.0 for row in range(10, 27)}
    sheet = row_at(assigned(**zeros, C27=0.0), 13, "", "Kim Hi", 0.0, "")
    assert ("unit-unknown", "B13") in told(filed(sheet))

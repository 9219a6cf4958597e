"""Rows named in other ordinary words than the lists have, and one refused row among right sums."""

from __future__ import annotations

import pytest

from etl.ground.records import Sheet, Workbook
from etl.normalise import normalise
from etl.normalise.texts.numbers import parse_text
from tests.helpers.meaning_books import (
    ASSIGNED,
    FUNDS,
    HALF,
    REGISTER,
    REVIEW,
    at,
    found,
    stops,
    texts,
)
from tests.helpers.review_cases import SLOTS
from tests.helpers.sheet_edits import Change, book

KIM_HY = "02146"


@pytest.mark.parametrize(
    "name",
    [
        "T.T Yến Lạc",
        "TTr. Yến Lạc",
        "TT. Yến Lạc",
        "T.T. Yến Lạc",
        "TT Yến Lạc",
        "T.Trấn Yến Lạc",
        "Thị trấn: Yến Lạc",
        "Thị trấn - Yến Lạc",
        "UBND TT Yến Lạc",
        "UBND thị trấn Yến Lạc",
        "Yến Lạc (thị trấn)",
        "THỊ TRẤN YẾN LẠC",
    ],
)
def test_a_town(name: str) -> None:
    assert stops(book(REGISTER, at("B11", name))) == []


@pytest.mark.parametrize(
    "name",
    [
        "UBND xã Kim Hỷ",
        "Ủy ban nhân dân xã Kim Hỷ",
        "UBND Xã: Kim Hỷ",
        "Xã: Kim Hỷ",
        "X. Kim Hỷ",
        "Xã Kim Hỷ, huyện Na Rì",
        "Xã Kim Hỷ (huyện Na Rì)",
        "Xã Kim Hỷ - huyện Na Rì",
        "Xã Kim Hỷ - Na Rì",
        "Kim Hỷ, Na Rì, Bắc Kạn",
        "Xã Kim Hỷ, huyện Na Rì, tỉnh Bắc Kạn",
        "2. Xã Kim Hỷ",
        "2) UBND xã Kim Hỷ",
        "Xã Kim Hỷ (*)",
        "Xã Kim Hỷ (xã nghèo)",
        "Xã Kim Hỷ (ĐBKK)",
        "Xã Kim Hỷ (khu vực III)",
        "Xã Kim Hỷ (KV3)",
        "Xã Kim Hỷ (ATK)",
        "Xã Kim Hỷ (diện 30a)",
        "Kim Hỷ (xã)",
        "Xã – Kim Hỷ",
        "Đơn vị: Xã Kim Hỷ",
    ],
)
def test_a_commune(name: str) -> None:
    workbook = book(REGISTER, at("B12", name))
    assert stops(workbook) == []
    (filing,) = normalise(workbook)
    assert {f.subject for f in filing.figures if f.cell == "C12"} == {KIM_HY}


@pytest.mark.parametrize(
    "name",
    [
        "Xã Kim Hỷ, huyện Ba Bể",
        "Thị trấn Kim Hỷ",
        "Xã Kim Hỷ (phần sáp nhập)",
        "Xã Kim Hỷ (cũ)",
        "Xã Kim Hỷ (KV4)",
        "Xã Kim Hỷ (ngoài ATK)",
        "Xã Kim Hỷ, xã Văn Lang",
        "Kim Hỷ (thị trấn)",
        "Xã Kim Hỷ - 99999",
        "Huyện Kim Hỷ",
    ],
)
def test_a_name_with_words_that_are_not_true_of_it_stops(name: str) -> None:
    assert stops(book(REGISTER, at("B12", name)))


def _funds(*rows: tuple[str, str]) -> Change:
    return lambda sheet: [at(cell, text)(sheet) for cell, text in rows]  # type: ignore[func-returns-value]


@pytest.mark.parametrize(
    "heading",
    [
        "Dự án 3",
        "DA3",
        "DA 3:",
        "Dự án 3: Hỗ trợ phát triển sản xuất, cải thiện dinh dưỡng",
        "Dự án số 3",
        "DỰ ÁN 3",
    ],
)
@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            "Tiểu dự án 1: Hỗ trợ phát triển sản xuất trong lĩnh vực nông nghiệp",
            "Tiểu dự án 2: Cải thiện dinh dưỡng",
        ),
        ("Tiểu dự án 1", "Tiểu dự án 2"),
        ("TDA1", "TDA 2: Cải thiện dinh dưỡng"),
        ("- Tiểu dự án 1", "- Tiểu dự án 2"),
        ("Hỗ trợ phát triển sản xuất trong lĩnh vực nông nghiệp", "Cải thiện dinh dưỡng"),
    ],
)
def test_sub_projects_below_their_project(heading: str, first: str, second: str) -> None:
    figures = texts(8, A="2", B=heading, C="4.474,71", D="4.340,78", E="133,93")
    workbook = book(FUNDS, at("B8", first), at("B9", second), figures)
    assert stops(workbook) == []
    (filing,) = normalise(workbook)
    items = {f.cell: SLOTS[f.slot_id].item for f in filing.figures}
    assert (items["D9"], items["D10"]) == ("DA3-TDA1", "DA3-TDA2")


@pytest.mark.parametrize(
    "name",
    [
        "Tiểu dự án 2 - Dự án 3: Cải thiện dinh dưỡng",
        "Tiểu dự án 2 thuộc Dự án 3",
        "DA3 - TDA2",
        "DA3.TDA2: Cải thiện dinh dưỡng",
        "Dự án 3 – Tiểu dự án 2",
        "Cải thiện dinh dưỡng",
        "Tiểu dự án 2: Cải thiện dinh dưỡng",
        "Dự án 3, Tiểu dự án 2: Cải thiện dinh dưỡng",
    ],
)
def test_a_sub_project_alone(name: str) -> None:
    assert stops(book(FUNDS, at("B9", name))) == []


@pytest.mark.parametrize(
    "name",
    [
        "Tiểu dự án 4",
        "Tiểu dự án 1: Cải thiện dinh dưỡng",
        "Dự án 3 - Tiểu dự án 1: Giám sát, đánh giá",
        "Dự án 8 - Tiểu dự án 2",
        "Cải thiện",
    ],
)
def test_a_number_and_a_name_of_two_projects_stop(name: str) -> None:
    assert "item-unknown" in stops(book(FUNDS, at("B9", name)))


def test_a_bare_number_goes_on_with_the_project_above_it() -> None:
    """Below "Dự án 4 - Tiểu dự án 1" a bare "Tiểu dự án 3" is that of project 4."""
    workbook = book(FUNDS, at("B11", "Tiểu dự án 3"))
    assert stops(workbook) == []
    (filing,) = normalise(workbook)
    assert {SLOTS[f.slot_id].item for f in filing.figures if f.cell == "D11"} == {"DA4-TDA3"}


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("20 (hộ)", "household", "20"),
        ("20(hộ)", "household", "20"),
        ("20 [hộ]", "household", "20"),
        ("1.337 (hộ)", "household", "1337"),
        ("4,84 (%)", "pp", "4.84"),
        ("60 (triệu đồng)", "million_vnd", "60"),
        ("12 (người)", "person", "12"),
        ("20 (người)", "household", None),
        ("20 (ước)", "household", None),
        ("20 (tăng 5)", "household", None),
        ("20 (nghìn đồng)", "million_vnd", "0.02"),
        ("(20)", "household", "-20"),
    ],
)
def test_a_unit_in_brackets_behind_a_number(text: str, unit: str, value: str | None) -> None:
    assert parse_text(text, unit).value == value


@pytest.mark.parametrize(
    ("name", "changes", "rules"),
    [
        (REGISTER, [("B12", "Xã Kim Hỉ")], ["unit-unknown"]),
        (REVIEW, [("B14", "Xã Kim Hỉ")], ["unit-unknown"]),
        (REVIEW, [("B29", "Xã Không Có")], ["unit-unknown"]),
        (REVIEW, [("B14", "Xã Văn Lang")], ["unit-repeated"]),
        (ASSIGNED, [("B11", "Xã Kim Hỉ")], ["unit-unknown"]),
        (REVIEW, [("B14", "")], ["row-unnamed"]),
    ],
)
def test_sums_over_a_refused_row_are_not_judged(
    name: str, changes: list[tuple[str, str]], rules: list[str]
) -> None:
    assert stops(book(name, *(at(cell, text) for cell, text in changes))) == rules


def test_other_sums_are_judged_all_the_same() -> None:
    """The town's block, in row 11, has nothing to do with the commune in row 14."""
    wrong = at("C11", 1336.0)
    assert stops(book(REVIEW, at("B14", "Xã Kim Hỉ"), wrong)).count("total-row") >= 1


def _one_sheet(between: int = 0, *, without_office: bool = False) -> Workbook:
    """Both tables of a report, one below the other."""
    workbook = book(HALF)
    first, second = workbook.sheets[:2]
    lower = [row for r, row in enumerate(second.rows) if not (without_office and r in (0, 1, 2, 4))]
    moved = len(first.rows) + between - (len(second.rows) - len(lower))
    width = max(len(first.rows[0]), len(second.rows[0]))
    rows = [[*row, *[""] * (width - len(row))] for row in [*first.rows, *[[""]] * between, *lower]]
    merged = [*(first.merged or [])] + [
        ((top + moved, left), (bottom + moved, right))
        for (top, left), (bottom, right) in second.merged or []
        if top > 6
    ]
    one = Sheet(first.name, True, rows, merged)
    return Workbook(workbook.received, [one])


@pytest.mark.parametrize(
    "workbook",
    [
        _one_sheet(),
        _one_sheet(3),
        _one_sheet(without_office=True),
    ],
    ids=["close", "apart", "without its office"],
)
def test_both_tables_on_one_sheet_are_read(workbook: Workbook) -> None:
    assert stops(workbook) == []
    (filing,) = normalise(workbook)
    (whole,) = normalise(book(HALF))
    assert [(f.slot_id, f.value) for f in filing.figures] == [
        (f.slot_id, f.value) for f in whole.figures
    ]


def test_a_wrong_unit_over_the_lower_table_stops() -> None:
    workbook = _one_sheet()
    (sheet,) = workbook.sheets
    for row in sheet.rows:
        row[:] = ["Đơn vị tính: nghìn đồng" if c == "Đơn vị tính: triệu đồng" else c for c in row]
    assert "measure-stated" in [f.rule for f in found(workbook)]

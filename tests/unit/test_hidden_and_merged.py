"""Seen = read: hidden rows and columns are said, merged figures are refused."""

from __future__ import annotations

import pytest

from etl.ground.records import Sheet
from tests.helpers.account_sheets import (
    ASSIGNED,
    REGISTER,
    RESULTS,
    fails,
    filed,
    put,
    row_at,
    sheets,
    the,
    told,
)

Range = tuple[tuple[int, int], tuple[int, int]]


def hiding(rows: str = "", columns: str = "", name: str = ASSIGNED, **cells: object) -> Sheet:
    """A sample with rows ("12 13") and columns ("C") hidden."""
    sheet = put(sheets(name)[0], **cells)
    sheet.hidden_rows = frozenset(int(row) - 1 for row in rows.split())
    sheet.hidden_columns = frozenset(ord(column) - ord("A") for column in columns.split())
    return sheet


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ("12", [("B12", "12")]),
        ("12 13 14", [("B12", "12, 13, 14")]),
        ("12 14", [("B12", "12"), ("B14", "14")]),
        ("27", [("B27", "27")]),
        ("28 29 31", []),  # blank rows and the footer
    ],
)
def test_hidden_rows_are_said_by_number(rows: str, found: list[tuple[str, str]]) -> None:
    filing = filed(hiding(rows))
    assert [(f.cell, dict(f.params)["rows"]) for f in filing.findings] == found
    assert {f.rule for f in filing.findings} <= {"row-hidden"}
    assert fails(filing) == []
    assert len(filing.figures) == len(filed(hiding()).figures)


def test_a_hidden_title_is_said_and_a_hidden_header_refused() -> None:
    filing = filed(hiding("5 7"))  # row 7 is blank
    assert told(filing) == [("title-hidden", "A5")]
    assert fails(filing) == []
    assert told(filed(hiding("9"))) == [("header-hidden", "C9")]  # B8:B9 can still be seen
    assert fails(filed(hiding("8 9"))) == ["header-hidden"]


def test_a_hidden_column_is_said() -> None:
    assert told(filed(hiding(columns="D"))) == [("column-hidden-read", "D9")]
    assert told(filed(hiding(columns="A E"))) == []  # numbers of rows, notes


def test_a_hidden_column_beside_another_that_is_seen_is_refused() -> None:
    cells = {"H8": "Kết quả theo sổ", "H9": 9060.0, "H10": "2580"}
    sheet = hiding("", "F", RESULTS, **cells)
    filing = filed(sheet)
    assert told(filing) == [("column-unread", "H8"), ("column-hidden", "F8")]
    assert dict(the(filing, "column-hidden").params)["other"] == "H8"
    sheet.hidden_columns = frozenset({5, 7})  # nobody sees the other one either
    assert told(filed(sheet)) == [("column-unread", "H8"), ("column-hidden-read", "F8")]


def test_a_hidden_column_without_content_is_nothing() -> None:
    sheet = hiding(columns="D", **{f"D{row}": "" for row in range(10, 28)})
    assert told(filed(sheet)) == []


def merged(name: str, *ranges: Range, **cells: object) -> Sheet:
    sheet = put(sheets(name)[0], **cells)
    sheet.merged = [*(sheet.merged or []), *ranges]
    return sheet


def box(first: str, last: str) -> Range:
    """A range by its corners: box("C10", "C12")."""
    (r, c), (s, d) = ((int(a[1:]) - 1, ord(a[0]) - ord("A")) for a in (first, last))
    return (r, c), (s, d)


@pytest.mark.parametrize(
    ("area", "cells"),
    [
        (("C10", "C12"), {"C10": 53.0, "C11": "", "C12": ""}),
        (("D10", "D11"), {"D10": "2,5", "D11": ""}),
        (("C10", "D10"), {"C10": 15.0, "D10": ""}),
        (("C26", "C27"), {"C27": ""}),  # a commune and the total
        (("C12", "C13"), {"B13": "Xã không ai biết", "C13": "", "D13": ""}),
    ],
)
def test_a_figure_over_several_cells_is_refused(
    area: tuple[str, str], cells: dict[str, object]
) -> None:
    filing = filed(merged(ASSIGNED, box(*area), **cells))
    assert "figure-merged" in fails(filing)
    finding = the(filing, "figure-merged")
    assert (finding.cell, dict(finding.params)["range"]) == (area[0], ":".join(area))


@pytest.mark.parametrize(
    ("area", "hidden"), [(("C10", "C11"), "C11"), (("B10", "B11"), "B11"), (("B10", "C10"), "C10")]
)
def test_what_lies_under_a_merged_range_is_refused(area: tuple[str, str], hidden: str) -> None:
    finding = the(filed(merged(ASSIGNED, box(*area))), "cell-under-merge")
    assert (finding.cell, dict(finding.params)["range"]) == (hidden, ":".join(area))


@pytest.mark.parametrize(
    "sheet",
    [
        merged(ASSIGNED, box("D10", "E10")),  # points and the empty notes
        merged(ASSIGNED, box("A27", "B27"), A27="Tổng cộng", B27=""),
        row_at(merged(ASSIGNED), 27, "I", "Các xã khác"),
        merged(ASSIGNED, box("C29", "E29"), box("C30", "E31")),
        merged(ASSIGNED, box("C28", "C40")),
    ],
    ids=["into notes", "total", "heading", "footer", "blank rows"],
)
def test_other_merged_cells_are_as_they_should_be(sheet: Sheet) -> None:
    assert told(filed(sheet)) == []


def test_a_unit_over_two_lines_may_have_its_figures_merged_too() -> None:
    """The second line of the sheet holds nothing but the lower half of the cells."""
    sheet = row_at(sheets(ASSIGNED)[0], 11)
    sheet.merged = [*(sheet.merged or []), *(box(f"{c}10", f"{c}11") for c in "ABCD")]
    assert told(filed(sheet)) == []


def test_words_over_several_rows_belong_to_all_of_them() -> None:
    sheet = merged(RESULTS, box("D11", "D12"), D11="mô hình", D12="")
    filing = filed(sheet)
    assert told(filing) == []
    assert {f.text for f in filing.figures if f.cell in ("D11", "D12")} == {"mô hình"}


def test_a_format_without_merges_has_none() -> None:
    sheet = sheets(REGISTER)[0]
    sheet.merged = None
    assert "figure-merged" not in [f.rule for f in filed(sheet).findings]

"""Whole columns that somebody formatted: dropped before a sheet is looked at cell by cell."""

from __future__ import annotations

import pytest

from etl.read.xlsx import cells as xlsx

SHEET = (
    b'<worksheet><sheetData><row r="1"><c r="A1"><v>3</v></c><c r="B1" s="2"/></row>'
    b'<row r="2"><c r="A2" s="1"/></row><row r="3" hidden="1"><c r="A3" s="1"/></row>'
    b'<row r="9"><c r="C9" s="1"/><c r="D9" t="e"><v>#REF!</v></c></row><row r="10"/>'
    b"</sheetData></worksheet>"
)


@pytest.fixture(autouse=True)
def _all_are_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "_LARGE", 0)


def said(xml: bytes) -> list[tuple[int, int, str, str]]:
    return [(c.row, c.column, c.type, c.text) for c in xlsx.iter_cells(xml) if c.text]


def test_what_says_something_stays_where_it_is() -> None:
    lean = xlsx.without_empty(SHEET)
    assert lean == (
        b'<worksheet><sheetData><row r="1"><c r="A1"><v>3</v></c></row>'
        b'<row r="3" hidden="1"></row>'
        b'<row r="9"><c r="D9" t="e"><v>#REF!</v></c></row></sheetData></worksheet>'
    )
    assert said(lean) == said(SHEET) == [(0, 0, "n", "3"), (8, 3, "e", "#REF!")]


@pytest.mark.parametrize(
    "xml",
    [
        SHEET.replace(b'<c r="D9" t="e">', b'<c t="e">'),
        SHEET.replace(b'<c r="D9" t="e">', b'<c t="e" r="D9">'),
        SHEET.replace(b'<row r="9">', b"<row>"),
        SHEET.replace(b'<row r="9">', b'<row\nr="9">'),
        SHEET.replace(b"#REF!", b'<![CDATA[<c r="B1" s="2"/>]]>'),
    ],
)
def test_a_sheet_that_counts_its_cells_stays_whole(xml: bytes) -> None:
    assert xlsx.without_empty(xml) == xml


def test_a_small_sheet_is_not_looked_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "_LARGE", len(SHEET) + 1)
    assert xlsx.without_empty(SHEET) == SHEET

"""Word files: a table that stands in two, and the text around a table."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path

from docx.oxml import parse_xml

from tests.helpers.word_books import (
    FIGURES,
    LINES,
    TITLE,
    W,
    add_table,
    plan,
    saved,
    table_of,
    understood,
)


def test_two_tables_of_one_header_are_one(tmp_path: Path) -> None:
    """A table that somebody split in two, with the header over both."""
    document = plan()
    table = table_of(document)
    for row in table.rows[6:]:
        table._tbl.remove(row._tr)
    second = add_table(document, LINES[4:])._tbl
    table._tbl.addnext(second)
    second.addprevious(parse_xml(f"<w:p {W}/>"))
    found = understood(saved(document), tmp_path)
    assert (found.fails, found.figures) == ([], FIGURES)
    cells = {f.cell for f in found.filings[0].figures if f.sheet == "Bảng 2"}
    assert "hàng 3, cột 4" in cells


def test_the_rest_of_a_table_without_its_header_goes_on_with_it(tmp_path: Path) -> None:
    document = plan()
    table = table_of(document)
    rest = deepcopy(table._tbl)
    for row in table.rows[6:]:
        table._tbl.remove(row._tr)
    for row in rest.tr_lst[:6]:
        rest.remove(row)
    table._tbl.addnext(rest)
    rest.addprevious(parse_xml(f"<w:p {W}/>"))
    found = understood(saved(document), tmp_path)
    assert (found.fails, found.figures) == ([], FIGURES)


def test_prose_around_the_table_is_left_out_and_said(tmp_path: Path) -> None:
    document = plan()
    prose = (
        "Căn cứ Quyết định số 90/QĐ-TTg và tình hình thực hiện năm 2024, Ủy ban nhân dân huyện báo"
        " cáo kế hoạch phân bổ vốn, trong đó ước thực hiện năm 2024 đạt 98 % kế hoạch:"
    )
    title = next(p for p in document.paragraphs if p.text == TITLE[2])
    title.insert_paragraph_before(prose)
    found = understood(saved(document), tmp_path)
    assert found.fails == []
    assert found.warns == ["word-prose"]
    assert found.figures == FIGURES

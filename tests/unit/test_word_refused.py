"""Word files whose figures are not certain stop, and say in which row and column of which table."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from docx.document import Document as WordFile
from docx.oxml import parse_xml
from docx.shared import RGBColor

from tests.helpers.word_books import (
    CENTRAL,
    LINES,
    LOCAL,
    TITLE,
    Edit,
    W,
    add_table,
    drawn,
    figure,
    plan,
    put,
    run,
    saved,
    strip,
    table_of,
    understood,
)

M = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
PICTURE = (
    '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
    'wordprocessingDrawing"/></w:drawing></w:r>'
)


def inner(line: int, place: int, xml: str) -> Edit:
    """The content of a figure's cell."""
    return lambda document: put(figure(document, line, place), xml)


def nested(document: WordFile) -> None:
    cell = figure(document, 2, CENTRAL)
    cell.paragraphs[0].clear()
    cell.add_table(1, 1).cell(0, 0).text = "4.000,78"


def white(document: WordFile) -> None:
    figure(document, 1, CENTRAL).paragraphs[0].runs[0].font.color.rgb = RGBColor(255, 255, 255)


def merged_down(document: WordFile) -> None:
    """One figure over two rows: whose it is nobody can tell."""
    figure(document, 6, LOCAL).merge(figure(document, 7, LOCAL))
    figure(document, 6, LOCAL).text = "10"
    strip(figure(document, 6, LOCAL))


def note(text: str) -> Edit:
    def below(document: WordFile) -> None:
        table_of(document)._tbl.addnext(parse_xml(f"<w:p {W}>{run(text)}</w:p>"))

    return below


def commented(document: WordFile) -> None:
    cell = figure(document, 1, CENTRAL)
    document.add_comment(cell.paragraphs[0].runs, text="Số ước, chưa phải số chính thức")


def untitled(document: WordFile) -> None:
    for paragraph in document.paragraphs:
        if paragraph.text in TITLE:
            paragraph._p.getparent().remove(paragraph._p)


def another_header(document: WordFile) -> None:
    """The second half of the table has its columns the other way round."""
    table = table_of(document)
    for row in table.rows[6:]:
        table._tbl.remove(row._tr)
    second = add_table(document, LINES[4:])
    second.cell(1, CENTRAL).text, second.cell(1, LOCAL).text = "NSĐP", "Ngân sách địa phương"
    table._tbl.addnext(second._tbl)
    second._tbl.addprevious(parse_xml(f"<w:p {W}/>"))


def twice(document: WordFile) -> None:
    """The same lines again in a further table."""
    table = table_of(document)
    second = add_table(document, LINES[2:4])
    table._tbl.addnext(second._tbl)
    second._tbl.addprevious(parse_xml(f"<w:p {W}/>"))


PLACES: dict[str, tuple[Edit, str, str]] = {  # what is done, the rule, the place
    "two readings of a number": (inner(7, CENTRAL, run("1,284")), "number-ambiguous",
                                 "hàng 9, cột 4"),
    "a number struck through": (inner(1, CENTRAL, run("5.378,39", "<w:strike/>")), "cell-struck",
                                "hàng 3, cột 4"),
    "part of it struck through": (
        inner(1, CENTRAL, run("5.378,39") + run("5.300", "<w:dstrike/>")), "cell-struck",
        "hàng 3, cột 4"),
    "a raised digit": (
        inner(6, CENTRAL, run("59") + run("2", '<w:vertAlign w:val="superscript"/>')),
        "cell-raised", "hàng 8, cột 4"),
    "white on white": (white, "cell-invisible", "hàng 3, cột 4"),
    "tiny letters": (inner(6, CENTRAL, run("59", '<w:sz w:val="2"/>')), "cell-invisible",
                     "hàng 8, cột 4"),
    "a picture for a figure": (inner(6, CENTRAL, PICTURE), "number-unreadable", "hàng 8, cột 4"),
    "a formula of Word's": (
        inner(6, CENTRAL, f"<m:oMath {M}><m:r><m:t>59</m:t></m:r></m:oMath>"),
        "number-unreadable", "hàng 8, cột 4"),
    "a sign of a symbol font": (
        inner(6, CENTRAL, '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'),
        "number-unreadable", "hàng 8, cột 4"),
    "letters of a symbol font": (
        inner(6, CENTRAL, run("59", '<w:rFonts w:ascii="Wingdings"/>')), "number-unreadable",
        "hàng 8, cột 4"),
    "two figures in one cell": (
        inner(6, CENTRAL, run("59") + "<w:r><w:br/></w:r>" + run("60")), "number-ambiguous",
        "hàng 8, cột 4"),
    "nothing filled in": (
        inner(6, CENTRAL, '<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>'
              + run("Bấm vào đây để nhập văn bản") + "</w:sdtContent></w:sdt>"),
        "number-unreadable", "hàng 8, cột 4"),
    "a table in a cell": (nested, "number-unreadable", "hàng 4, cột 4"),
    "a figure over two rows": (merged_down, "figure-merged", "hàng 8, cột 5"),
    "a blank that must be filled": (inner(6, CENTRAL, ""), "required-blank", "hàng 8, cột 4"),
    "a row that the form has not": (
        inner(6, 1, run("Dự án 9 - Tiểu dự án 9: Khác")), "item-unknown", "hàng 8, cột 2"),
    "a note that changes the figures": (note("Ghi chú: số liệu trên là số ước, chưa chính thức."),
                                        "title-status", "dòng 1 phía dưới bảng"),
}  # fmt: skip
UNPLACED = {"figure-merged", "title-status"}  # whose sentences name no cell, or a range


def drafted(document: WordFile) -> None:
    """A watermark across every page."""
    header = document.sections[0].header.paragraphs[0]._p
    header.append(parse_xml(
        f'<w:r {W}><w:pict xmlns:v="urn:schemas-microsoft-com:vml"><v:shape><v:textpath '
        'string="DỰ THẢO"/></v:shape></w:pict></w:r>'))  # fmt: skip


def in_a_box(document: WordFile) -> None:
    """The table stands in a floating text box."""
    table = table_of(document)._tbl
    box = parse_xml(
        f'<w:p {W}><w:r><w:pict xmlns:v="urn:schemas-microsoft-com:vml"><v:shape><v:textbox>'
        "<w:txbxContent/></v:textbox></v:shape></w:pict></w:r></w:p>"
    )
    table.addprevious(box)
    next(box.iter(f"{{{W[9:-1]}}}txbxContent")).append(table)


def noted_in_a_table(document: WordFile) -> None:
    """A table in a cell of notes: nobody would read it."""
    table = table_of(document)
    column = table.add_column(900)
    column.cells[0].text = "Ghi chú"
    column.cells[4].add_table(1, 1).cell(0, 0).text = "trong đó 100 chưa duyệt"


WHOLE: dict[str, tuple[Edit, set[str]]] = {  # no single cell is to blame
    "a comment that says it is no result": (commented, {"comment-changes"}),
    "no title": (untitled, {"form-unknown", "header-missing"}),
    "the columns the other way round": (another_header, {"header-missing", "header-duplicate",
                                                         "table-continued", "header-absent"}),
    "a draft": (drafted, {"title-status"}),
    "a table in a floating box": (in_a_box, {"file-word-no-table", "word-object"}),
    "a table among the notes": (noted_in_a_table, {"word-object"}),
    "some lines twice": (twice, {"table-overlaps", "item-repeated", "form-table-repeated"}),
}  # fmt: skip


@pytest.mark.parametrize("name", PLACES)
def test_what_is_not_certain_stops_at_its_place(name: str, tmp_path: Path) -> None:
    edit, rule, cell = PLACES[name]
    found = understood(drawn(edit), tmp_path)
    assert (rule, "Bảng 1", cell) in found.fails
    told = next(f for f in found.findings if f.rule == rule and f.cell == cell)
    assert f"Bảng 1, {cell}" in told.message_vi or rule in UNPLACED
    assert "hàng" not in told.message_en and "Bảng" not in told.message_en


@pytest.mark.parametrize("name", WHOLE)
def test_what_is_wrong_with_the_whole_stops(name: str, tmp_path: Path) -> None:
    edit, rules = WHOLE[name]
    found = understood(drawn(edit), tmp_path)
    assert rules & {rule for rule, _sheet, _cell in found.fails}, found.fails


def test_a_footnote_is_read_as_a_note_on_the_table(tmp_path: Path) -> None:
    document = plan()
    figure(document, 1, CENTRAL).paragraphs[0]._p.append(
        parse_xml(f'<w:r {W}><w:footnoteReference w:id="2"/></w:r>')
    )
    data = with_part(saved(document), "footnotes", (
        f'<w:footnotes {W}><w:footnote w:id="2"><w:p>{run("Số ước, chưa chính thức.")}</w:p>'
        "</w:footnote></w:footnotes>"
    ))  # fmt: skip
    found = understood(data, tmp_path)
    assert [rule for rule, _sheet, _cell in found.fails] == ["note-changes"]


def with_part(data: bytes, kind: str, xml: str) -> bytes:
    """The file with a further part that its document leads to."""
    file = BytesIO()
    relation = (
        f'<Relationship Id="rIdX" Target="{kind}.xml" Type="http://schemas.openxmlformats.org/'
        f'officeDocument/2006/relationships/{kind}"/></Relationships>'
    )
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/_rels/document.xml.rels":
                content = content.replace(b"</Relationships>", relation.encode())
            new.writestr(name, content)
        new.writestr(f"word/{kind}.xml", xml)
    return file.getvalue()

"""Word files: what is seen in a table is what is read. The figures are those of the printed plan,
by hand (tests/helpers/word_books.py)."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path

import pytest
from docx.document import Document as WordFile
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Pt

from tests.corpus.legacy import tcvn3
from tests.helpers.word_books import (
    CENTRAL,
    FIGURES,
    LOCAL,
    TITLE,
    Edit,
    W,
    drawn,
    figure,
    put,
    run,
    table_of,
    understood,
)

NUMBERING = f"""<w:numbering {W}><w:abstractNum w:abstractNumId="77"><w:lvl w:ilvl="0">
<w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1"/></w:lvl></w:abstractNum>
<w:num w:numId="77"><w:abstractNumId w:val="77"/></w:num></w:numbering>"""
LIST = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="77"/></w:numPr></w:pPr>'


def numbered(document: WordFile) -> None:
    """The column of row numbers is a list that Word numbers: no cell of it holds a text."""
    numbering = document.part.numbering_part.element
    for each in parse_xml(NUMBERING):
        numbering.insert(0, each) if each.tag == qn("w:abstractNum") else numbering.append(each)
    for line in range(1, 10):
        put(figure(document, line, 0), LIST)


def inserted(document: WordFile) -> None:
    put(figure(document, 5, CENTRAL),
        f'<w:del w:id="1" w:author="a"><w:r><w:delText>250</w:delText></w:r></w:del>'
        f'<w:ins w:id="2" w:author="a">{run("300")}</w:ins>')  # fmt: skip


def deleted_row(document: WordFile) -> None:
    row = deepcopy(table_of(document).rows[-1]._tr)
    properties = row.get_or_add_trPr()
    properties.append(parse_xml(f'<w:del {W} w:id="3" w:author="a"/>'))
    table_of(document)._tbl.append(row)


def with_vanished(document: WordFile) -> None:
    put(figure(document, 5, CENTRAL), run("9", "<w:vanish/>") + run("300"))


def vanished_by_style(document: WordFile) -> None:
    styles = document.part.styles.element if hasattr(document.part.styles, "element") else None
    styles.append(parse_xml(f'<w:style {W} w:type="character" w:styleId="An"><w:name w:val="An"/>'
                            "<w:rPr><w:vanish/></w:rPr></w:style>"))  # fmt: skip
    put(figure(document, 5, CENTRAL), run("9", '<w:rStyle w:val="An"/>') + run("300"))


def computed(document: WordFile) -> None:
    """A field "=…" shows its result, never its instruction."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    put(figure(document, 1, 2), mark.format("begin")
        + "<w:r><w:instrText>=SUM(RIGHT) </w:instrText></w:r>" + mark.format("separate")
        + run("5.544,61") + mark.format("end"))  # fmt: skip
    put(figure(document, 2, 2),
        f'<w:fldSimple w:instr="=SUM(RIGHT)">{run("4.124,51")}</w:fldSimple>')  # fmt: skip


def in_pieces(document: WordFile) -> None:
    """Word splits a number into runs wherever somebody typed; marks of a spelling check between."""
    put(figure(document, 1, CENTRAL), run("5.3") + '<w:proofErr w:type="spellStart"/>'
        + run("78") + '<w:bookmarkStart w:id="4" w:name="x"/><w:bookmarkEnd w:id="4"/>'
        + run(",39", "<w:b/>"))  # fmt: skip


def in_controls(document: WordFile) -> None:
    """Content controls around a text, a cell and a row."""
    put(figure(document, 1, CENTRAL),
        f'<w:sdt><w:sdtPr/><w:sdtContent>{run("5.378,39")}</w:sdtContent></w:sdt>')  # fmt: skip
    row = table_of(document).rows[3]._tr
    control = parse_xml(f"<w:sdt {W}><w:sdtPr/><w:sdtContent/></w:sdt>")
    row.addprevious(control)
    control[1].append(row)


def spaced(document: WordFile) -> None:
    """Spaces that do not break, empty paragraphs around the figure, a tab behind it."""
    cell = figure(document, 1, CENTRAL)
    put(cell, run("\u00a05.378,39\u00a0") + "<w:r><w:tab/></w:r>")
    cell._tc.append(parse_xml(f"<w:p {W}/>"))
    cell.paragraphs[0]._p.addprevious(parse_xml(f"<w:p {W}/>"))


def two_lines(document: WordFile) -> None:
    figure(document, 9, 1).text = "Dự án 7 - Tiểu dự án 2:\nGiám sát, đánh giá"


def footnoted(document: WordFile) -> None:
    cell = figure(document, 1, CENTRAL)
    cell.paragraphs[0]._p.append(
        parse_xml(f'<w:r {W}><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
                  '<w:footnoteReference w:id="2"/></w:r>')
    )  # fmt: skip


def slivers(document: WordFile) -> None:
    """Header and rows drawn by hand: edges that miss each other by half a millimetre."""
    table = table_of(document)
    grid = table._tbl.tblGrid
    widths = (500, 4000, 1500, 30, 1470, 1500)
    for col in list(grid):
        grid.remove(col)
    for width in widths:
        grid.append(parse_xml(f'<w:gridCol {W} w:w="{width}"/>'))
    for n, row in enumerate(table._tbl.tr_lst):
        wide = 2 if n < 2 else 3  # of the header the third cell is the wider one, else the fourth
        cells = row.tc_lst
        if n == 0:
            cells[2].grid_span = 2
        else:
            cells[wide].grid_span = 2


def repeated_header(document: WordFile) -> None:
    for row in table_of(document).rows[:2]:
        row._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {W}/>"))


def framed(document: WordFile) -> None:
    """The whole page stands in one cell of a table, as converters make it."""
    table = table_of(document)._tbl
    outer = document.add_table(1, 1)
    table.addprevious(outer._tbl)
    outer.cell(0, 0)._tc.insert(1, table)


def in_box(document: WordFile) -> None:
    box = ('<w:r><w:pict xmlns:v="urn:schemas-microsoft-com:vml"><v:shape><v:textbox>'
           f'<w:txbxContent><w:p>{run("Mẫu số 02")}</w:p></w:txbxContent></v:textbox></v:shape>'
           "</w:pict></w:r>")  # fmt: skip
    document.paragraphs[0]._p.append(parse_xml(f"<w:p {W}>{box}</w:p>")[0])


def broken_title(document: WordFile) -> None:
    """The title in one paragraph, with line breaks."""
    first, second, *_others = (p for p in document.paragraphs if p.text in TITLE)
    first.runs[0].text = "\n".join(TITLE[:2])
    second._p.getparent().remove(second._p)


def capital_style(document: WordFile) -> None:
    for paragraph in document.paragraphs:
        for each in paragraph.runs:
            each.text, each.font.all_caps = each.text.lower(), True


def hyphens(document: WordFile) -> None:
    put(figure(document, 3, 1), run("Dự án 3 ") + "<w:r><w:noBreakHyphen/></w:r>"
        + run(" Tiểu dự án 2: Cải thiện dinh dưỡng"))  # fmt: skip


def large(document: WordFile) -> None:
    for row in table_of(document).rows:
        for cell in row.cells:
            for each in cell.paragraphs[0].runs:
                each.font.size = Pt(13)


def moved(document: WordFile) -> None:
    put(figure(document, 5, LOCAL),
        f'<w:moveFrom w:id="5" w:author="a">{run("90")}</w:moveFrom>'
        f'<w:moveTo w:id="6" w:author="a">{run("09")}</w:moveTo>')  # fmt: skip


def whose(document: WordFile) -> None:
    """Whose it is and when, in a small table of their own."""
    line = next(p for p in document.paragraphs if p.text.startswith("Huyện"))
    table = document.add_table(2, 2)
    for row, texts in zip(
        table.rows, (("Đơn vị báo cáo:", "Huyện Na Rì, tỉnh Bắc Kạn"), ("Năm", "2025")), strict=True
    ):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    line._p.addnext(table._tbl)
    line._p.getparent().remove(line._p)


def either(document: WordFile) -> None:
    """Two ways to write one text, for newer and older programs: the first is shown."""
    put(figure(document, 1, CENTRAL),
        f'<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/'
        f'2006"><mc:Choice Requires="w14">{run("5.378,39")}</mc:Choice><mc:Fallback>{run("1")}'
        "</mc:Fallback></mc:AlternateContent>")  # fmt: skip


def chosen(document: WordFile) -> None:
    """A list to choose from, and a box that is ticked, of older Word."""
    begin = '<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{}</w:ffData></w:fldChar></w:r>'
    entries = "".join(f'<w:listEntry w:val="{text}"/>' for text in ("58", "59"))
    put(figure(document, 6, CENTRAL),
        begin.format(f'<w:ddList><w:result w:val="1"/>{entries}</w:ddList>')
        + "<w:r><w:instrText>FORMDROPDOWN</w:instrText></w:r>"
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>')  # fmt: skip


def old_fonts(document: WordFile) -> None:
    """Typed for TCVN3 fonts, from the first letter to the last."""
    paragraphs = list(document.element.body.iter(qn("w:p")))
    for p in paragraphs:
        for text in p.iter(qn("w:t")):
            text.text, capitals = tcvn3(text.text or "")
            font = ".VnTimeH" if capitals else ".VnTime"
            text.getparent().get_or_add_rPr().insert(
                0, parse_xml(f'<w:rFonts {W} w:ascii="{font}" w:hAnsi="{font}"/>')
            )


ACCEPTED: dict[str, list[Edit]] = {
    "as an office writes it": [],
    "row numbers that Word counts": [numbered],
    "numbers in several runs": [in_pieces],
    "text controls": [in_controls],
    "spaces that do not break": [spaced],
    "a name over two paragraphs": [two_lines],
    "a mark of a footnote": [footnoted],
    "hidden text": [with_vanished],
    "text hidden by its style": [vanished_by_style],
    "results of fields": [computed],
    "edges that do not meet": [slivers],
    "a header for every page": [repeated_header],
    "a frame around the table": [framed],
    "a form's number in a box": [in_box],
    "a title broken within a paragraph": [broken_title],
    "capitals by format": [capital_style],
    "hyphens that do not break": [hyphens],
    "larger letters": [large],
    "whose and when in a table": [whose],
    "two ways to write one text": [either],
    "a list to choose from": [chosen],
}
TRACKED: dict[str, list[Edit]] = {
    "a tracked change": [inserted],
    "a row struck out": [deleted_row],
    "a moved figure": [moved],
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_what_is_seen_is_read(name: str, tmp_path: Path) -> None:
    found = understood(drawn(*ACCEPTED[name]), tmp_path)
    assert (found.fails, found.warns) == ([], [])
    assert found.figures == FIGURES
    (filing,) = found.filings
    assert filing.recognised and filing.recognised[1:7] == (
        "fund_plan", "2022", "district", "066", 2025, "Y",
    )  # fmt: skip


@pytest.mark.parametrize("name", TRACKED)
def test_tracked_changes_are_read_as_they_will_be_and_said(name: str, tmp_path: Path) -> None:
    found = understood(drawn(*TRACKED[name]), tmp_path)
    assert (found.fails, found.warns) == ([], ["word-tracked"])
    assert found.figures == FIGURES


def test_text_of_old_fonts_is_read(tmp_path: Path) -> None:
    found = understood(drawn(old_fonts), tmp_path)
    assert (found.fails, found.warns, found.figures) == ([], ["text-legacy"], FIGURES)


def test_every_figure_says_where_it_stands(tmp_path: Path) -> None:
    found = understood(drawn(), tmp_path)
    by_text = {f.text: (f.sheet, f.cell) for f in found.filings[0].figures}
    assert by_text["5.378,39"] == ("Bảng 1", "hàng 3, cột 4")
    assert by_text["13"] == ("Bảng 1", "hàng 11, cột 5")

"""What is a Word file that khoxa reads, and what is none; row numbers that Word counts; what goes
back."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as WordFile
from docx.oxml import parse_xml

from etl.catalogue.definitions import load_rules
from etl.catalogue.rules import render
from etl.ground.records import ReceivedFile, Workbook
from etl.publish import mark, return_path
from etl.read import read
from tests.helpers.locked_books import locked_xlsx
from tests.helpers.word_books import (
    CENTRAL,
    FIGURES,
    W,
    drawn,
    figure,
    plan,
    put,
    run,
    saved,
    table_of,
    understood,
)

Open = Callable[[str, bytes], Workbook]
STRICT = (
    (b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
     b"http://purl.oclc.org/ooxml/wordprocessingml/main"),
    (b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
     b"http://purl.oclc.org/ooxml/officeDocument/relationships"),
)  # fmt: skip


def rewritten(data: bytes, change: Callable[[str, bytes], bytes | None], **more: bytes) -> bytes:
    """The file with each part changed (None: left out), and more parts."""
    file = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(data)) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if (content := change(name, old.read(name))) is not None:
                new.writestr(name, content)
        for name, content in more.items():
            new.writestr(name.replace("__", "/").replace("_x", "."), content)
    return file.getvalue()


def words_of(document: WordFile) -> str:
    """All words of a document, those in controls too."""
    return "".join(t.text or "" for t in document.element.body.iter(f"{{{W[9:-1]}}}t"))


def refused(book: Workbook) -> str:
    assert book.refused
    render(book.refused, load_rules()[book.refused.rule], strict=True)
    return book.refused.rule


@pytest.mark.parametrize(
    ("name", "data", "rule"),
    [
        ("bao_cao.pdf", b"%PDF-1.7\n%\xe2\xe3", "file-pdf"),
        ("bao_cao.docx", b"%PDF-1.4", "file-pdf"),
        ("bao_cao.docx", b"{\\rtf1\\ansi }", "file-word-old"),
        ("bao_cao.docx", b"PK\x03\x04", "file-incomplete"),
    ],
)
def test_what_cannot_be_read_is_told_how_to_be_sent(
    opened: Open, name: str, data: bytes, rule: str
) -> None:
    assert refused(opened(name, data)) == rule


def test_macros_objects_and_pictures_are_refused(opened: Open) -> None:
    macros = rewritten(drawn(), lambda _n, c: c, word__vbaProject_xbin=b"x")
    assert refused(opened("a.docm", macros)) == "file-macro"
    empty = Document()
    empty.add_paragraph("Báo cáo kết quả công tác giảm nghèo năm 2025")
    assert refused(opened("a.docx", saved(empty))) == "file-word-no-table"


def test_a_password_is_told(opened: Open) -> None:
    assert refused(opened("a.docx", locked_xlsx(drawn(), "bí mật"))) == "file-encrypted"


def test_bombs_and_entities_and_damage_are_refused(opened: Open) -> None:
    def changed(new: Callable[[bytes], bytes]) -> bytes:
        return rewritten(drawn(), lambda n, c: new(c) if n == "word/document.xml" else c)

    entity = changed(
        lambda c: c.replace(b"<w:document", b'<!DOCTYPE a [<!ENTITY b "c">]><w:document', 1)
    )
    assert refused(opened("a.docx", entity)) == "file-entity"
    assert refused(opened("a.docx", changed(lambda c: c[:-20]))) == "file-damaged"
    big = changed(lambda c: c.replace(b"<w:body>", b"<w:body>" + b"<w:p/>" * 900_000, 1))
    assert refused(opened("a.docx", big)) == "file-too-large"
    bomb = rewritten(drawn(), lambda _n, c: c, word__media__a_xxml=b"\0" * 160_000_000)
    assert refused(opened("a.docx", bomb)) == "file-bomb"


def test_the_strict_form_and_another_name_of_the_document_are_read(tmp_path: Path) -> None:
    def strict(_name: str, content: bytes) -> bytes:
        for usual, other in STRICT:
            content = content.replace(usual, other)
        return content

    assert understood(rewritten(drawn(), strict), tmp_path).figures == FIGURES

    def renamed(name: str, content: bytes) -> bytes | None:
        return None if name == "word/document.xml" else content.replace(
            b"word/document.xml", b"word/document2.xml")  # fmt: skip

    moved = zipfile.ZipFile(BytesIO(drawn())).read("word/document.xml")
    links = zipfile.ZipFile(BytesIO(drawn())).read("word/_rels/document.xml.rels")
    data = rewritten(drawn(), renamed, word__document2_xxml=moved,
                     word___rels__document2_xxml_xrels=links)  # fmt: skip
    assert understood(data, tmp_path).figures == FIGURES


def test_a_wrong_ending_is_read_by_its_content_and_said(tmp_path: Path) -> None:
    found = understood(drawn(), tmp_path, "ke_hoach.xlsx")
    assert (found.figures, found.warns) == (FIGURES, ["file-extension"])


def test_an_embedded_sheet_stops_the_filing(tmp_path: Path) -> None:
    document = plan()
    document.paragraphs[-1]._p.append(
        parse_xml(f'<w:r {W}><w:object><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:'
                  'office" ProgID="Excel.Sheet.12"/></w:object></w:r>')
    )  # fmt: skip
    found = understood(saved(document), tmp_path)
    assert [rule for rule, _s, _c in found.fails] == ["word-object"]


LEVELS = (
    ("decimal", "%1.", ["1.", "2.", "3."]), ("upperRoman", "%1", ["I", "II", "III"]),
    ("lowerLetter", "%1)", ["a)", "b)", "c)"]), ("decimalZero", "%1", ["01", "02", "03"]),
    ("bullet", "\uf0b7", ["-", "-", "-"]),
)  # fmt: skip


@pytest.mark.parametrize(("style", "text", "wanted"), LEVELS)
def test_row_numbers_that_word_counts_are_seen(
    opened: Open, style: str, text: str, wanted: list[str]
) -> None:
    document = plan()
    numbering = document.part.numbering_part.element
    level = f'<w:numFmt w:val="{style}"/><w:lvlText w:val="{text}"/>'
    numbering.insert(
        0,
        parse_xml(
            f'<w:abstractNum {W} w:abstractNumId="77"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
            f"{level}</w:lvl></w:abstractNum>"
        ),
    )
    numbering.append(parse_xml(f'<w:num {W} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    said = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="77"/></w:numPr></w:pPr>'
    for line in (1, 2, 3):
        put(figure(document, line, 0), said)
    (sheet,) = opened("a.docx", saved(document)).sheets
    assert sheet.table
    begin = sheet.table.rows.start + 2
    assert [sheet.rows[begin + n][0] for n in range(3)] == wanted


def test_a_word_file_goes_back_with_comments_and_a_list(tmp_path: Path) -> None:
    data = drawn(lambda d: put(figure(d, 7, CENTRAL), run("1,284")))
    found = understood(data, tmp_path)
    path = return_path(tmp_path / "out", 7, "Kế hoạch.docx")
    assert path.name == "Kế hoạch__0000000000000007.docx"
    received = ReceivedFile(7, "Kế hoạch.docx", str(tmp_path / "stored"))
    mark(received, found.findings, path, read)

    document = Document(str(path))
    (comment,) = document.comments
    assert comment.author == "khoxa" and "“1,284” có thể hiểu là" in comment.text
    (start,) = document.element.body.iter(f"{{{document.element.nsmap['w']}}}commentRangeStart")
    assert figure(document, 7, CENTRAL)._tc in start.iterancestors()
    assert table_of(document).cell(8, CENTRAL).text == "1,284"
    words = words_of(document)
    assert "KHÔNG ĐƯỢC NHẬN" in words and "Bảng 1, hàng 9, cột 4" in words

    again = understood(path.read_bytes(), tmp_path)
    assert again.fails == found.fails, "what khoxa put in is no part of the filing"
    put(figure(document, 7, CENTRAL), run("284"))
    mended = understood(saved(document), tmp_path)
    assert (mended.fails, mended.figures) == ([], FIGURES)
    (tmp_path / "stored").write_bytes(path.read_bytes())
    mark(received, again.findings, path, read)
    assert len(list(Document(str(path)).comments)) == 1, "one round's comments, not two"


def test_a_word_file_that_was_not_read_gets_its_findings_alone(tmp_path: Path) -> None:
    (tmp_path / "stored").write_bytes(b"%PDF-1.7")
    received = ReceivedFile(7, "bao_cao.docx", str(tmp_path / "stored"))
    book = read(received)
    assert book.refused
    said = [render(book.refused, load_rules()["file-pdf"])]
    path = return_path(tmp_path, 7, received.name)
    mark(received, said, path, read)
    assert "Gửi tệp gốc" in words_of(Document(str(path)))

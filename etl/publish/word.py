"""The filer's own Word file with its findings: a comment on each cell, and at the end a table that
lists all of them. Nothing else is touched; what an earlier round put in is taken away first."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from etl.catalogue.rules import RenderedFinding
from etl.ground import numerals
from etl.ground.records import ReceivedFile, Workbook
from etl.publish.markup import clean
from etl.publish.styles import FILLS

log = logging.getLogger(__name__)
OURS = "khoxa"
_HEADER = ("STT", "Mức độ", "Ở đâu", "Đã nhập", "Nội dung và cách sửa", "In English")
_SEVERITIES = {"fail": "Lỗi / Error", "warn": "Cảnh báo / Warning"}
_MARKS = ("w:commentRangeStart", "w:commentRangeEnd", "w:commentReference")


def marked_document(
    received: ReceivedFile,
    findings: list[RenderedFinding],
    read: Callable[[ReceivedFile], Workbook],
    own: bool,
) -> bytes:
    """The document to give back, as a docx file: the filer's own, or the findings alone where that
    was not read, must not be opened, or cannot be marked."""
    refused = any(f.severity == "fail" and f.rule.startswith("file-") for f in findings)
    document = Document()
    if own and not refused:
        try:
            document = Document(received.path)
            _forget_earlier(document)
            _comment(document, findings, read(received))
        except Exception:  # whatever the file holds, the filer gets the findings
            log.warning(
                "filing %016x (%s): not marked", received.filing_id, received.name, exc_info=True
            )
            document = Document()
    _list(document, received.name, findings)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _comment(document: Any, findings: list[RenderedFinding], book: Workbook) -> None:
    """A comment on each cell that findings are about."""
    cells = _cells(document, book)
    on: dict[tuple[str, str], list[RenderedFinding]] = {}
    for finding in findings:
        if (finding.sheet, finding.cell) in cells:
            on.setdefault((finding.sheet, finding.cell), []).append(finding)
    for at, here in on.items():
        paragraph = Paragraph(cells[at].find(qn("w:p")), document)
        runs = paragraph.runs or [paragraph.add_run()]
        text = "\n".join(f"{f.message_vi} {f.fix_vi}" for f in here)
        document.add_comment([runs[0], runs[-1]], clean(text), author=OURS, initials="kx")


def _cells(document: Any, book: Workbook) -> Mapping[tuple[str, str], Any]:
    """The cells of a document by sheet and place ("hàng 5, cột 3")."""
    tables = list(document.element.body.iter(qn("w:tbl")))
    cells = {}
    for sheet in book.sheets:
        if sheet.table is None:
            continue
        table = tables[sheet.table.number]
        rows = [_own(row, table, "w:tc") for row in _own(table, table, "w:tr")]
        for (row, column), (n, m) in sheet.table.cells.items():
            place = f"hàng {row - sheet.table.rows.start + 1}, cột {column + 1}"
            cells[sheet.name, place] = rows[n][m]
    return cells


def _own(parent: Any, table: Any, name: str) -> list[Any]:
    """The rows of a table, or the cells of one, but not those of tables inside it."""
    return [
        each for each in parent.iter(qn(name)) if next(each.iterancestors(qn("w:tbl"))) is table
    ]


def _forget_earlier(document: Any) -> None:
    """Take away the comments and the list of an earlier round."""
    body = document.element.body
    for control in list(body.iter(qn("w:sdt"))):
        tag = control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}")
        if tag is not None and tag.get(qn("w:val")) == OURS:
            control.getparent().remove(control)
    comments = [c for c in document.comments if c.author == OURS]
    numbers = {str(comment.comment_id) for comment in comments}
    for comment in comments:
        comment._comment_elm.getparent().remove(comment._comment_elm)
    for mark in [m for name in _MARKS for m in body.iter(qn(name)) if m.get(qn("w:id")) in numbers]:
        mark.getparent().remove(mark)


def _list(document: Any, name: str, findings: list[RenderedFinding]) -> None:
    """All findings in a table behind the document's last line, in a control that says whose."""
    body = document.element.body
    before = list(body)
    fails = sum(f.severity == "fail" for f in findings)
    verdict = "KHÔNG ĐƯỢC NHẬN / REJECTED" if fails else "ĐƯỢC NHẬN, CÓ CẢNH BÁO / ACCEPTED"
    title = document.add_paragraph()
    title.paragraph_format.page_break_before = True
    title.add_run(clean(f"Kết quả kiểm tra – tệp {name}: {verdict}")).bold = True
    asked = "Sửa ngay trong tệp này rồi gửi lại"
    if not fails:
        asked = "Số đúng thì không phải gửi lại; sai thì sửa ngay trong tệp này rồi gửi lại"
    document.add_paragraph(
        f"{numerals.shown(fails)} lỗi, {numerals.shown(len(findings) - fails)} cảnh báo. {asked};"
        " trang này và các ghi chú của khoxa không cần xoá."
    )
    table = document.add_table(1, len(_HEADER))
    _lines(table)
    for cell, text in zip(table.rows[0].cells, _HEADER, strict=True):
        cell.paragraphs[0].add_run(text).bold = True
    for number, finding in enumerate(sorted(findings, key=lambda f: f.severity != "fail"), 1):
        where = ", ".join(filter(None, (finding.sheet, finding.cell))) or "cả tệp"
        texts = (
            *(str(number), _SEVERITIES[finding.severity], where, finding.seen),
            *(f"{finding.message_vi}\n{finding.fix_vi}", f"{finding.message_en}\n{finding.fix_en}"),
        )
        cells = table.add_row().cells
        for cell, text in zip(cells, texts, strict=True):
            cell.text = clean(text)
        _shade(cells[1], FILLS[finding.severity][2:])
    control = parse_xml(
        f'<w:sdt {nsdecls("w")}><w:sdtPr><w:tag w:val="{OURS}"/></w:sdtPr><w:sdtContent/></w:sdt>'
    )
    new = [each for each in body if each not in before]
    new[0].addprevious(control)
    control[-1].extend(new)


def _lines(table: Any) -> None:
    """Draw the lines of a table; its style may be none that the document has."""
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = "".join(f'<w:{side} w:val="single" w:sz="4"/>' for side in sides)
    borders = f"<w:tblBorders {nsdecls('w')}>{lines}</w:tblBorders>"
    table._tbl.tblPr.append(parse_xml(borders))


def _shade(cell: _Cell, colour: str) -> None:
    shade = parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:fill="{colour}"/>')
    cell._tc.get_or_add_tcPr().append(shade)

"""Word files drawn for tests: the fund plan of Na Rì as its plan prints it, and what people, Word
and LibreOffice do to such a document."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from docx import Document
from docx.document import Document as WordFile
from docx.oxml import parse_xml
from docx.table import Table, _Cell

from etl.catalogue.definitions import load_rules
from etl.catalogue.rules import RenderedFinding, render
from etl.catalogue.slots import slots
from etl.ground.records import Figure, Finding, Normalised, ReceivedFile, State
from etl.normalise import normalise
from etl.read import read

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LINES = (  # code, name, total, central, local: million VND as the plan prints them
    ("DA2", "Dự án 2: Đa dạng hóa sinh kế, phát triển mô hình giảm nghèo",
     "5.544,61", "5.378,39", "166,22"),
    ("DA3-TDA1", "Dự án 3 - Tiểu dự án 1: Hỗ trợ phát triển sản xuất trong lĩnh vực nông nghiệp",
     "4.124,51", "4.000,78", "123,73"),
    ("DA3-TDA2", "Dự án 3 - Tiểu dự án 2: Cải thiện dinh dưỡng", "350,2", "340", "10,2"),
    ("DA4-TDA1", "Dự án 4 - Tiểu dự án 1: Phát triển giáo dục nghề nghiệp vùng nghèo,"
     " vùng khó khăn",
     "1.675,68", "1.625,41", "50,27"),
    ("DA4-TDA3", "Dự án 4 - Tiểu dự án 3: Hỗ trợ việc làm bền vững", "309", "300", "09"),
    ("DA6-TDA1", "Dự án 6 - Tiểu dự án 1: Giảm nghèo về thông tin", "60", "59", "01"),
    ("DA6-TDA2", "Dự án 6 - Tiểu dự án 2: Truyền thông về giảm nghèo đa chiều",
     "293", "284", "09"),
    ("DA7-TDA1", "Dự án 7 - Tiểu dự án 1: Nâng cao năng lực thực hiện Chương trình",
     "939", "912", "27"),
    ("DA7-TDA2", "Dự án 7 - Tiểu dự án 2: Giám sát, đánh giá", "435", "422", "13"),
)  # fmt: skip
FIGURES = {  # the same by hand, as numbers: (project, column)
    ("DA2", "total"): "5544.61", ("DA2", "central"): "5378.39", ("DA2", "local"): "166.22",
    ("DA3-TDA1", "total"): "4124.51", ("DA3-TDA1", "central"): "4000.78",
    ("DA3-TDA1", "local"): "123.73",
    ("DA3-TDA2", "total"): "350.2", ("DA3-TDA2", "central"): "340", ("DA3-TDA2", "local"): "10.2",
    ("DA4-TDA1", "total"): "1675.68", ("DA4-TDA1", "central"): "1625.41",
    ("DA4-TDA1", "local"): "50.27",
    ("DA4-TDA3", "total"): "309", ("DA4-TDA3", "central"): "300", ("DA4-TDA3", "local"): "9",
    ("DA6-TDA1", "total"): "60", ("DA6-TDA1", "central"): "59", ("DA6-TDA1", "local"): "1",
    ("DA6-TDA2", "total"): "293", ("DA6-TDA2", "central"): "284", ("DA6-TDA2", "local"): "9",
    ("DA7-TDA1", "total"): "939", ("DA7-TDA1", "central"): "912", ("DA7-TDA1", "local"): "27",
    ("DA7-TDA2", "total"): "435", ("DA7-TDA2", "central"): "422", ("DA7-TDA2", "local"): "13",
}  # fmt: skip
TITLE = (
    "KẾ HOẠCH VỐN THỰC HIỆN CHƯƠNG TRÌNH MỤC TIÊU QUỐC GIA",
    "GIẢM NGHÈO BỀN VỮNG NĂM 2025",
    "(Kèm theo Kế hoạch số 29/KH-UBND ngày 13/02/2025)",
)
CENTRAL, LOCAL = 3, 4  # columns, from 0
Edit = Callable[[WordFile], object]


class Read(NamedTuple):
    """What a document comes to: its figures, and its findings in words."""

    figures: dict[tuple[str, str], str]
    findings: list[RenderedFinding]
    filings: list[Normalised]

    @property
    def fails(self) -> list[tuple[str, str, str]]:
        """Rule, sheet and place of what stops it."""
        return [(f.rule, f.sheet, f.cell) for f in self.findings if f.severity == "fail"]

    @property
    def warns(self) -> list[str]:
        """The rules of what does not."""
        return [f.rule for f in self.findings if f.severity == "warn"]


def plan(letterhead: bool = True) -> WordFile:
    """The plan as an office writes it: letterhead and signatures in tables without lines, the title
    in paragraphs, a header of two rows with merged cells."""
    document = Document()
    if letterhead:
        head = document.add_table(1, 2)
        head.cell(0, 0).text = "ỦY BAN NHÂN DÂN\nHUYỆN NA RÌ"
        head.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
    document.add_paragraph()
    for line in TITLE:
        document.add_paragraph(line)
    document.add_paragraph("Huyện Na Rì, tỉnh Bắc Kạn")
    document.add_paragraph("Đơn vị tính: triệu đồng")
    add_table(document)
    document.add_paragraph()
    foot = document.add_table(1, 2)
    foot.cell(0, 0).text = "Nơi nhận:\n- Như trên;\n- Lưu: VT."
    foot.cell(0, 1).text = "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH"
    return document


def add_table(document: WordFile, lines: tuple[tuple[str, ...], ...] = LINES) -> Table:
    """A table of the plan with its header, at the end of a document."""
    table = document.add_table(2 + len(lines), 5)
    table.style = "Table Grid"
    top = ("TT", "Dự án, tiểu dự án", "Tổng vốn", "Trong đó", "")
    for place, text in enumerate(top):
        table.cell(0, place).text = text
    table.cell(1, CENTRAL).text, table.cell(1, LOCAL).text = "Ngân sách trung ương", "NSĐP"
    for place in range(3):
        table.cell(0, place).merge(table.cell(1, place))
        strip(table.cell(0, place))
    table.cell(0, CENTRAL).merge(table.cell(0, LOCAL))
    strip(table.cell(0, CENTRAL))
    for number, (_code, *texts) in enumerate(lines, start=1):
        for place, text in enumerate((str(number), *texts)):
            table.cell(1 + number, place).text = text
    return table


def strip(cell: _Cell) -> None:
    """Take the empty paragraphs away that python-docx leaves where it merges."""
    for paragraph in cell.paragraphs[1:]:
        paragraph._p.getparent().remove(paragraph._p)


def table_of(document: WordFile) -> Table:
    """The document's table of figures."""
    return max(document.tables, key=lambda table: len(table.rows))


def figure(document: WordFile, line: int, place: int) -> _Cell:
    """A cell of the nth line of figures, from 1."""
    return table_of(document).cell(1 + line, place)


def put(cell: _Cell, inner: str) -> None:
    """Make the content of a cell one paragraph of this XML (prefix w)."""
    for paragraph in cell.paragraphs:
        paragraph._p.getparent().remove(paragraph._p)
    cell._tc.append(parse_xml(f"<w:p {W}>{inner}</w:p>"))


def run(text: str, properties: str = "") -> str:
    """A run with these properties."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def saved(document: WordFile) -> bytes:
    """The bytes of a document."""
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def drawn(*edits: Edit) -> bytes:
    """The plan with some edits."""
    document = plan()
    for edit in edits:
        edit(document)
    return saved(document)


def understood(data: bytes, folder: Path, name: str = "ke_hoach_von.docx") -> Read:
    """What reading makes of a file."""
    path = folder / "stored"
    path.write_bytes(data)
    filings = normalise(read(ReceivedFile(7, name, str(path))))
    found = [finding for filing in filings for finding in filing.findings]
    figures = [each for filing in filings for each in filing.figures]
    return Read(_by_place(figures), [_said(finding) for finding in found], filings)


def _said(finding: Finding) -> RenderedFinding:
    return render(finding, load_rules()[finding.rule], strict=True)


def _by_place(figures: list[Figure]) -> dict[tuple[str, str], str]:
    by_id = {slot.slot_id: slot for slot in slots()}
    return {
        (by_id[f.slot_id].item or "", by_id[f.slot_id].column): f.value or ""
        for f in figures
        if f.state is State.VALUE and by_id[f.slot_id].kind != "total"
    }

"""The filer's own workbook with its findings: cells coloured, a comment on each, and a first
sheet that lists all of them. Nothing else is touched; nothing of theirs is run."""

from __future__ import annotations

import zipfile
from collections.abc import Callable

from openpyxl import Workbook as Book
from openpyxl import load_workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from etl.ground.records import Source, Workbook
from etl.ground.rules import RenderedFinding

SUMMARY = "Kết quả kiểm tra"
_FILLS = {
    "fail": PatternFill("solid", start_color="FFC7CE"),
    "warn": PatternFill("solid", start_color="FFEB9C"),
}
_SEVERITIES = {"fail": "Lỗi / Error", "warn": "Cảnh báo / Warning"}
_HEADER = (
    ("STT", 6), ("Mức độ / Severity", 18), ("Trang tính / Sheet", 18), ("Ô / Cell", 10),
    ("Đã nhập / Seen", 20), ("Cần là / Expected", 24), ("Nội dung", 60), ("Cách sửa", 60),
    ("In English", 60), ("What to do", 60),
)  # fmt: skip
_MOST_UNPACKED = 30_000_000


def marked_workbook(
    source: Source,
    findings: list[RenderedFinding],
    read: Callable[[Source], Workbook],
    own: bool = True,
) -> Book:
    """The workbook to give back, in memory."""
    book = _empty() if not own else _own_workbook(source) or _copy_by_value(read(source))
    for finding in findings:
        if finding.cell and finding.sheet in book.sheetnames:
            _mark_cell(book[finding.sheet], finding)
    _summary(book, source.name, findings)
    return book


def _own_workbook(source: Source) -> Book | None:
    """The file itself where openpyxl can take it over whole: a plain xlsx of sane size."""
    try:
        with zipfile.ZipFile(source.path) as container:
            names = set(container.namelist())
            unpacked = sum(entry.file_size for entry in container.infolist())
        if "xl/workbook.xml" not in names or unpacked > _MOST_UNPACKED:
            return None
        return load_workbook(source.path)
    except Exception:
        return None


def _empty() -> Book:
    book = Book()
    book.remove(book.worksheets[0])
    return book


def _copy_by_value(workbook: Workbook) -> Book:
    """Values of an xls, ods or csv; an empty book for a file that could not be read."""
    book = _empty()
    for sheet in workbook.sheets[:50]:
        target = book.create_sheet(sheet.name[:31])
        for r, row in enumerate(sheet.rows[:5000], start=1):
            for c, value in enumerate(row[:300], start=1):
                if value != "":
                    _set(target.cell(r, c), value)
    return book


def _set(cell: Cell | MergedCell, value: object) -> None:
    """Write a value; a text that Excel would run (= + - @) stays a text."""
    cell.value = value if not isinstance(value, str) else _clean(value)  # type: ignore[assignment]
    if isinstance(value, str):
        cell.data_type = "s"
        if value.lstrip()[:1] in ("=", "+", "-", "@"):
            cell.quotePrefix = True


def _clean(value: str) -> str:
    return "".join(c for c in value if c >= " " or c in "\n\t")[:32000]


def _mark_cell(sheet: Worksheet, finding: RenderedFinding) -> None:
    cell = sheet[finding.cell]
    for merged in sheet.merged_cells.ranges:
        if finding.cell in merged:
            cell = sheet.cell(merged.min_row, merged.min_col)
    if finding.severity == "fail" or cell.comment is None:
        cell.fill = _FILLS[finding.severity]
    before = f"{cell.comment.text}\n\n" if cell.comment else ""
    cell.comment = Comment(
        f"{before}{_clean(finding.message_vi)}\n→ {_clean(finding.fix_vi)}", "khoxa", 160, 360
    )


def _summary(book: Book, name: str, findings: list[RenderedFinding]) -> None:
    sheet = book.create_sheet(SUMMARY, 0)
    fails = sum(f.severity == "fail" for f in findings)
    verdict = "KHÔNG ĐƯỢC NHẬN / REJECTED" if fails else "ĐƯỢC NHẬN, CÓ CẢNH BÁO / ACCEPTED"
    _set(sheet.cell(1, 1), f"Tệp {name}: {verdict}")
    _set(sheet.cell(2, 1), f"{fails} lỗi, {len(findings) - fails} cảnh báo. Sửa ngay trong tệp "
         "này, xoá trang này nếu muốn, rồi gửi lại.")  # fmt: skip
    sheet["A1"].font = Font(bold=True, size=13)
    for column, (title, width) in enumerate(_HEADER, start=1):
        cell = sheet.cell(4, column, title)
        cell.font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    for number, finding in enumerate(findings, start=1):
        _summary_row(book, sheet, number, finding)
    sheet.freeze_panes = "A5"
    book.active = 0
    for other in book.worksheets[1:]:
        other.sheet_view.tabSelected = False


def _summary_row(book: Book, sheet: Worksheet, number: int, finding: RenderedFinding) -> None:
    values = (
        number, _SEVERITIES[finding.severity], finding.sheet, finding.cell, finding.seen,
        finding.expected, finding.message_vi, finding.fix_vi, finding.message_en, finding.fix_en,
    )  # fmt: skip
    row = number + 4
    for column, value in enumerate(values, start=1):
        cell = sheet.cell(row, column)
        _set(cell, value)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.cell(row, 2).fill = _FILLS[finding.severity]
    if finding.cell and finding.sheet in book.sheetnames:
        quoted = finding.sheet.replace("'", "''")
        sheet.cell(row, 4).hyperlink = f"#'{quoted}'!{finding.cell}"
        sheet.cell(row, 4).font = Font(color="0563C1", underline="single")

"""Comments on cells, texts beside a table and the names of tabs, as tired people leave them."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment

from etl.catalogue.definitions import load_rules
from etl.ground.records import Normalised, ReceivedFile, Severity, Sheet
from etl.normalise import normalise
from etl.read import read
from tests.helpers.sheet_edits import FUNDS, INBOX, REPORT, book, only

REVIEW = "na_ri_ra_soat_chinh_thuc_2024.xlsx"
REGISTER = "na_ri_muc_tieu_giam_ngheo_2025.xlsx"


def _fails(filing: Normalised) -> set[tuple[str, str]]:
    rules = load_rules()
    return {(f.rule, f.cell) for f in filing.findings if rules[f.rule].severity == Severity.FAIL}


def _rules(filing: Normalised) -> set[str]:
    return {f.rule for f in filing.findings}


def _commented(folder: Path, name: str, cell: str, text: str, sheet: int = 0) -> Normalised:
    """A sample with a comment on one cell, through its bytes."""
    drawn, out = load_workbook(INBOX / name), io.BytesIO()
    drawn.worksheets[sheet][cell].comment = Comment(text, "Lan")
    drawn.save(out)
    path = folder / name
    path.write_bytes(out.getvalue())
    return only(read(ReceivedFile(1, name, str(path))))


@pytest.mark.parametrize(
    ("name", "cell", "text"),
    [
        (REPORT, "D10", "Số ước, chưa rà soát xong"),
        (REPORT, "D10", "đây là số cuối năm 2024"),
        (REPORT, "D10", "Lan:\nSố liệu quý I"),
        (REPORT, "D10", "Tính cả hộ cận nghèo"),
        (REPORT, "D10", "Cả hộ cận nghèo"),
        (REPORT, "D10", "lấy số liệu năm ngoái"),
        (REPORT, "D10", "Chưa có số liệu chính thức"),
        (REPORT, "D10", "Lũy kế từ 2021"),
        (REPORT, "D10", "Số này sai, số đúng là 136"),
        (REPORT, "D13", "nhập nhầm, xem lại"),
        (REPORT, "D10", "đã sửa thành 136"),
        (REPORT, "D10", "Số của 3/7 thôn, chưa đủ"),
        (FUNDS, "C7", "Dự án 3 đã bị cắt theo QĐ 123"),
        (REVIEW, "A5", "Số liệu này là năm 2023, chưa cập nhật"),
        (REVIEW, "E8", "Chỉ tính hộ nghèo dân tộc thiểu số"),
        (REVIEW, "B14", "Chỉ gồm 3 thôn"),
        (FUNDS, "C7", "Bao gồm cả vốn năm 2024 chuyển sang"),
    ],
)
def test_a_comment_that_changes_figures_stops(
    tmp_path: Path, name: str, cell: str, text: str
) -> None:
    assert _fails(_commented(tmp_path, name, cell, text)) == {("comment-changes", cell)}


THREAD = (
    '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
    '<threadedComment ref="D10" id="{1}"><text>Số này đã đối chiếu chưa?</text></threadedComment>'
    '<threadedComment ref="D10" id="{2}" parentId="{1}"><text>Số đúng là 136</text>'
    "</threadedComment></ThreadedComments>"
)
LEADS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId9" Target="../threadedComments/threadedComment1.xml" Type='
    '"http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"/></Relationships>'
)


@pytest.mark.parametrize("has_copy", [False, True])
def test_a_thread_of_comments_is_read_itself(tmp_path: Path, *, has_copy: bool) -> None:
    """Excel keeps a copy for older programs beside it, which begins with words of its own."""
    path = tmp_path / REPORT
    copy = "[Threaded comment]\nYour version of Excel…\nComment:\n Số đúng là 136"
    if has_copy:
        _commented(tmp_path, REPORT, "D10", copy)
    else:
        path.write_bytes((INBOX / REPORT).read_bytes())
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name).decode() for name in book.namelist()}
    rels = "xl/worksheets/_rels/sheet1.xml.rels"
    link = LEADS.partition(">")[2].removesuffix("</Relationships>")
    parts[rels] = parts.get(rels, LEADS.replace(link, "")).replace(
        "</Relationships>", f"{link}</Relationships>"
    )
    parts["xl/threadedComments/threadedComment1.xml"] = THREAD
    with zipfile.ZipFile(path, "w") as book:
        for name, text in parts.items():
            book.writestr(name, text)
    filing = only(read(ReceivedFile(1, REPORT, str(path))))
    assert _fails(filing) == {("comment-changes", "D10")}
    (found,) = (each for each in filing.findings if each.rule == "comment-changes")
    assert found.seen == "Số đúng là 136"


def test_a_comment_states_a_unit(tmp_path: Path) -> None:
    filing = _commented(tmp_path, FUNDS, "C5", "Đơn vị: nghìn đồng")
    assert _fails(filing) == {("measure-stated", "C5")}


@pytest.mark.parametrize(
    "text",
    [
        "Đã đối chiếu với xã",
        "Theo QĐ số 4521/QĐ-UBND ngày 18/12/2024",
        "Hộ nghèo theo chuẩn nghèo giai đoạn 2022-2025",
        "Nhập số hộ nghèo tại thời điểm báo cáo",
        "Tăng 3 hộ do tách hộ",
        "Nguồn: Công an xã",
        "Nếu có sai sót đề nghị phản hồi về phòng",
        "Sai lệch do làm tròn",
        "Hộ chưa đủ điều kiện vay vốn",
        "Số đã kiểm tra\n[khoxa] Ô D10: số ước, số liệu năm 2024",
    ],
)
def test_a_comment_that_changes_nothing_is_taken(tmp_path: Path, text: str) -> None:
    assert _rules(_commented(tmp_path, REPORT, "D10", text)) == set()


@pytest.mark.parametrize(
    ("cell", "text"), [("D10", "163."), ("D10", "= 163,0"), ("D10", "163 !"), ("E13", "1.647")]
)
def test_a_comment_that_repeats_its_cell_is_taken(tmp_path: Path, cell: str, text: str) -> None:
    assert _rules(_commented(tmp_path, REPORT, cell, text)) == set()


@pytest.mark.parametrize("text", ["136?", "1.630", "163,5."])
def test_a_comment_that_is_another_number_is_said(tmp_path: Path, text: str) -> None:
    (found,) = _commented(tmp_path, REPORT, "D10", text).findings
    assert (found.rule, found.cell) == ("comment-unsure", "D10")


@pytest.mark.parametrize("text", ["So với năm 2024 giảm 10 hộ", "Số đầu năm", "Đề nghị xem lại"])
def test_a_comment_that_may_change_figures_is_said(tmp_path: Path, text: str) -> None:
    filing = _commented(tmp_path, REPORT, "D10", text)
    assert (_rules(filing), _fails(filing)) == ({"comment-unsure"}, set())


def _beside(name: str, at: int, text: str, place: int = 9) -> Normalised:
    """A sample with a text beside its table, in the row `at` as people count them."""

    def change(sheet: Sheet) -> None:
        for row in sheet.rows:
            row.extend([""] * (place + 1 - len(row)))
        sheet.rows[at - 1][place] = text

    return only(book(name, change))


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Số liệu tạm tính", "note-changes"),
        ("Chỉ gồm 3 thôn", "note-changes"),
        ("Chưa rà soát", "note-changes"),
        ("tính cả hộ cận nghèo", "note-changes"),
        ("Số liệu quý III", "note-other-time"),
        ("Số năm 2023", "note-other-time"),
    ],
)
@pytest.mark.parametrize("at", [8, 14])
def test_a_text_beside_a_table_is_read(text: str, rule: str, at: int) -> None:
    assert _fails(_beside(REVIEW, at, text, 13)) == {(rule, f"N{at}")}


def test_money_of_another_year_beside_a_row() -> None:
    assert _fails(_beside(FUNDS, 7, "(vốn 2024)")) == {("note-other-time", "J7")}


@pytest.mark.parametrize(
    "text", ["Đã kiểm tra", "Xã ĐBKK", "Cán bộ: Lan", "về đích NTM 2025", "rà soát cuối năm 2024"]
)  # fmt: skip
def test_an_ordinary_text_beside_a_table_is_taken(text: str) -> None:
    assert _fails(_beside(REGISTER, 14, text)) == set()


def _tab(name: str, tab: str, *printed: str) -> Normalised:
    def change(sheet: Sheet) -> None:
        sheet.name, sheet.printed = tab, printed

    return normalise(book(name, change))[0]


@pytest.mark.parametrize(
    ("name", "tab"),
    [
        (REVIEW, "Năm 2023"),
        (REVIEW, "Hộ nghèo DTTS"),
        (REVIEW, "Người cao tuổi"),
        (REPORT, "Thôn Nà Làng"),
        (REPORT, "Xã Văn Lang"),
        (REPORT, "KH 2026"),
        (REVIEW, "Biểu 2023"),
        (REGISTER, "Năm 2024"),  # its units are those of the day that 2024 ended
        (REGISTER, "2024"),
        (REGISTER, "Mẫu biểu 2024"),
        (REGISTER, "29-01-2024"),  # a tab of the year before, copied
        (FUNDS, "Năm 2024"),
    ],
)
def test_a_tab_or_a_page_header_that_means_something_else_stops(name: str, tab: str) -> None:
    assert ("page-words", "") in _fails(_tab(name, tab))
    assert ("page-words", "") in _fails(_tab(name, "Sheet1", tab))


@pytest.mark.parametrize(
    ("name", "tab"),
    [
        (REVIEW, "Phụ lục kết quả rà soát hộ nghèo năm 2024"[:31]),
        (REVIEW, "Hộ nghèo, cận nghèo"),
        (REVIEW, "Biểu 7.1"),
        (REVIEW, "Tổng hợp huyện"),
        (REVIEW, "2024"),
        (REVIEW, "Biểu 2024"),
        (REGISTER, "31.12.2024"),
        (REGISTER, "20-12-2024"),  # the day on which it was written
        (REGISTER, "Tháng 12-2024"),
        (REGISTER, "Ngày in: 15/12/2024"),
        (REGISTER, "Biểu số 3 (ban hành năm 2024)"),
        (REGISTER, "Cuối năm 2024"),
        (REGISTER, "Từ 2024 đến 2025"),
        (REGISTER, "2024-2025"),
        (REGISTER, "Biểu 01-2025"),
        (REPORT, "Xã Kim Hỷ"),
        (REPORT, "BC 6T"),
        (FUNDS, "KH vốn"),
        (FUNDS, "PB vốn 2025"),
    ],
)
def test_an_ordinary_tab_or_page_header_is_taken(name: str, tab: str) -> None:
    assert _fails(_tab(name, tab)) == set()
    assert _fails(_tab(name, "Sheet1", tab)) == set()


def test_the_annex_says_its_title_on_the_page() -> None:
    assert _fails(_tab(REVIEW, "Sheet1", "Phụ lục kết quả rà soát hộ nghèo năm 2024")) == set()

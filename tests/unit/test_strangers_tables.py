"""Tables as people set them without merged cells, in halves, with column numbers of all kinds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from etl.ground.records import Normalised, ReceivedFile
from etl.normalise import normalise
from etl.normalise.texts.cells import is_numbering
from etl.read import read
from tests.helpers.sheet_edits import INBOX, fails
from tests.helpers.stranger_books import RESULTS, filed, outcome

REVIEW = INBOX / "na_ri_ra_soat_chinh_thuc_2024.xlsx"
REGISTER = INBOX / "na_ri_muc_tieu_giam_ngheo_2025.xlsx"
GROUPS = ("C8:D8", "E8:H8", "I8:L8")
FIRST, LAST = 11, 27  # rows of the register's 17 communes


def edited(source: Path, edit: Callable[[Worksheet], None], folder: Path) -> Normalised:
    book = openpyxl.load_workbook(source)
    edit(book.worksheets[0])
    book.save(folder / source.name)
    return filed(folder / source.name)


def unmerged(sheet: Worksheet) -> None:
    for merged in [str(each) for each in sheet.merged_cells.ranges]:
        sheet.unmerge_cells(merged)


def centred(sheet: Worksheet) -> None:
    """The names of the groups as "Center Across Selection" shows them."""
    for group in GROUPS:
        sheet.unmerge_cells(group)
        for cell in sheet[group][0]:
            cell.alignment = Alignment(horizontal="centerContinuous")


@pytest.mark.parametrize("edit", [centred, unmerged])
def test_a_group_may_be_named_above_its_first_column_alone(
    edit: Callable[[Worksheet], None], tmp_path: Path
) -> None:
    filing = edited(REVIEW, edit, tmp_path)
    assert filing.figures == filed(REVIEW).figures
    assert outcome(filing, "E14") == "173"  # poor households of Xã Kim Hỷ, by the plan


def test_a_group_without_a_name_is_none_of_its_neighbour(tmp_path: Path) -> None:
    def edit(sheet: Worksheet) -> None:
        sheet.unmerge_cells("I8:L8")
        sheet["I8"] = None

    assert fails(edited(REVIEW, edit, tmp_path).findings) == ["header-missing"] * 4


def numbered(*marks: object) -> Callable[[Worksheet], None]:
    """A row below the register's header."""

    def edit(sheet: Worksheet) -> None:
        unmerged(sheet)
        sheet.insert_rows(FIRST)
        for place, mark in enumerate(marks, start=1):
            sheet.cell(FIRST, place, mark)

    return edit


@pytest.mark.parametrize(
    "marks",
    [
        (-1, -2, -3, -4, -5, -6, -7, -8),  # typed as (1), (2)
        ("(a)", "(b)", "(1)", "(2)", "(3)=(2)/(1)*100%", "(4)", "(5)=(4):(1)", "(6)"),
        ("[1]", "[2]", "[3]", "[4]", "[5]", "[6]", "[7]", "[8]"),
        ("Cột 1", "Cột 2", "Cột 3", "Cột 4", "Cột 5", "Cột 6", "Cột 7", "Cột 8"),
        ("1.", "2.", "3.", "4.", "5.", "6.", "7.", "8."),
        (None, None, 1, 2, "3=2:1", 4, 5, 6),
    ],
)
def test_numbers_of_columns(marks: tuple[object, ...], tmp_path: Path) -> None:
    filing = edited(REGISTER, numbered(*marks), tmp_path)
    assert fails(filing.findings) == []
    assert outcome(filing, "C13") == "413"  # households of Xã Kim Hỷ, by the plan


@pytest.mark.parametrize("figures", [(1, 2, 50, 4, 5, 6), (6, 5, 4, 3, 2, 1)])
def test_figures_without_a_name_are_no_numbers_of_columns(
    figures: tuple[int, ...], tmp_path: Path
) -> None:
    filing = edited(REGISTER, numbered(None, None, *figures), tmp_path)
    assert "row-unnamed" in fails(filing.findings)


def halved(sheet: Worksheet, rows: range, to: int, *, moved: bool) -> None:
    """Some rows set again on the right of the table, without a header; `moved`: only there."""
    unmerged(sheet)
    for at, row in enumerate(rows, start=FIRST):
        for place in range(1, 9):
            sheet.cell(at, place + to, sheet.cell(row, place).value)
    if moved:
        sheet.delete_rows(rows.start, LAST + 2 - rows.start)  # the total with them


def test_a_table_set_in_two_halves_is_not_read_as_one_half(tmp_path: Path) -> None:
    half = edited(REGISTER, lambda s: halved(s, range(20, 28), 9, moved=True), tmp_path)
    assert fails(half.findings) == ["cell-unaccounted"] * 8
    assert outcome(half, "K11") == "cell-unaccounted"  # Xã Cư Lễ
    whole = edited(REGISTER, lambda s: halved(s, range(20, 28), 9, moved=False), tmp_path)
    assert fails(whole.findings) == []


def test_the_year_of_a_title_in_a_cell_of_its_own(tmp_path: Path) -> None:
    def edit(sheet: Worksheet) -> None:
        unmerged(sheet)
        sheet["A4"] = sheet["A4"].value.removesuffix(" 2025")
        sheet["G4"] = 2025

    filing = edited(RESULTS, edit, tmp_path)
    assert outcome(filing, "F9") == "9050"


def test_a_number_in_the_title_block_that_is_no_year(tmp_path: Path) -> None:
    def edit(sheet: Worksheet) -> None:
        unmerged(sheet)
        sheet["G5"] = 2041  # the code of a commune

    assert edited(RESULTS, edit, tmp_path).findings == filed(RESULTS).findings


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("A9", "Số TT"),
        ("A9", "Số thứ tự"),
        ("B9", "Xã/thị trấn"),
        ("C9", "Tổng số hộ dân cư đầu năm 2025 (hộ)¹"),
        ("C9", "Tổng số hộ dân cư đầu năm 2025 [hộ] [1]"),
        ("E9", "Tỷ lệ hộ nghèo đầu năm 2025 (%)\n(3)=(2)/(1)*100"),
        ("B12", "Xã Kim Hỷ [1]"),
        ("B12", "• Xã Kim Hỷ"),
        ("B12", "b) Xã Kim Hỷ"),
        ("B12", "1.2. Xã Kim Hỷ"),
    ],
)
def test_marks_beside_the_words_of_a_header_or_a_name(cell: str, text: str, tmp_path: Path) -> None:
    filing = edited(REGISTER, lambda sheet: sheet.__setitem__(cell, text), tmp_path)
    assert filing.findings == filed(REGISTER).findings
    assert filing.figures == filed(REGISTER).figures


def emptied(sheet: Worksheet, name: str) -> Worksheet:
    """A copy of a sheet without the figures of its rows."""
    copy = sheet.parent.copy_worksheet(sheet)
    copy.title = name
    for row in copy.iter_rows(min_row=FIRST - 1, min_col=3):
        for cell in row:
            if str(cell.value)[:1].isdigit():
                cell.value = None
    return copy


def test_the_blank_template_in_a_workbook_is_no_second_table(tmp_path: Path) -> None:
    def edit(sheet: Worksheet) -> None:
        emptied(sheet, "Mẫu")["A5"] = "MỤC TIÊU PHẤN ĐẤU GIẢM TỶ LỆ HỘ NGHÈO NĂM ……"

    filing = edited(REGISTER, edit, tmp_path)
    assert (filing.findings, filing.figures) == (filed(REGISTER).findings, filed(REGISTER).figures)


@pytest.mark.parametrize(
    ("cell", "value", "expected"),
    [
        ("C12", "=413+1", ["form-table-repeated"]),  # nobody computed it
        ("C12", "#N/A", ["form-table-repeated"]),
        ("J12", 414, ["form-table-repeated"]),  # right of the table
        ("E12", "#DIV/0!", []),
        ("A12", 2, []),
    ],
)
def test_a_table_that_only_seems_blank_is_no_template(
    cell: str, value: object, expected: list[str], tmp_path: Path
) -> None:
    def edit(sheet: Worksheet) -> None:
        emptied(sheet, "Bản sửa")[cell] = value

    assert fails(edited(REGISTER, edit, tmp_path).findings) == expected


def test_a_page_of_rows_that_nobody_filled_in_is_no_template(tmp_path: Path) -> None:
    def edit(sheet: Worksheet) -> None:
        unmerged(sheet)
        emptied(sheet, "Trang 2").delete_rows(FIRST, 9)
        sheet.delete_rows(FIRST + 9, LAST + 2 - FIRST - 9)

    assert fails(edited(REGISTER, edit, tmp_path).findings) == ["form-table-repeated"]


def test_what_another_filer_left_blank_is_told(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(INBOX / "bao_cao_6_thang_2025_con_minh.xlsx")
    for sheet in book.worksheets[:2]:
        copy = emptied(sheet, f"{sheet.title} 2")
        for cell in [cell for row in copy["A1:D6"] for cell in row]:
            if isinstance(cell.value, str):
                cell.value = cell.value.replace("CÔN MINH", "CƯ LỄ").replace("Côn Minh", "Cư Lễ")
    book.save(tmp_path / "bao_cao.xlsx")
    received = ReceivedFile(1, "bao_cao.xlsx", str(tmp_path / "bao_cao.xlsx"))
    filings = normalise(read(received))
    assert [fails(filing.findings) for filing in filings] == [[], ["form-unfilled"]]


@pytest.mark.parametrize(
    ("source", "cell", "text", "expected"),
    [
        (RESULTS, "A15", "(Ví dụ minh hoạ)", ["note-changes"]),
        (RESULTS, "A15", "HỦY BỎ", ["note-changes"]),
        (RESULTS, "A15", "Không phải số chính thức", ["note-changes"]),
        (RESULTS, "A15", "Hỗ trợ cây giống, ví dụ: chè", []),
        (RESULTS, "A7", "Số liệu kế hoạch năm 2025", ["title-status"]),
        (REGISTER, "A7", "Số liệu kế hoạch năm 2025", []),
    ],
)
def test_words_that_take_a_table_back(
    source: Path, cell: str, text: str, expected: list[str], tmp_path: Path
) -> None:
    filing = edited(source, lambda sheet: sheet.__setitem__(cell, text), tmp_path)
    assert fails(filing.findings) == expected


def test_a_negative_figure_among_the_numbers_of_columns_makes_no_numbering() -> None:
    assert is_numbering(["A", "B", -1.0, -2.0, "(3)=(2)/(1)"])
    assert not is_numbering(["A", "B", 1.0, -5.0, "3"])

"""The findings of a return workbook as an officer reads and prints them; the receipt."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from etl.ground.config import ROOT
from etl.ground.records import ReceivedFile
from etl.night.one_file import understand
from etl.publish.receipt import receipt
from etl.units.index import load_units
from tests.helpers.publish_books import ENGLISH, ON_RICH, SUMMARY, Return, finding, rich, simple

LONG = "Số hộ nghèo của xã lớn hơn tổng số hộ dân cư đầu năm, xem lại cả hai cột. " * 6


@pytest.fixture
def book(returned: Return):
    found = [*ON_RICH, finding("Biểu 1", "D5", text=LONG, message_en="Too many poor households")]
    return load_workbook(BytesIO(returned(rich(), found)))


@pytest.mark.parametrize("name", [SUMMARY, ENGLISH])
def test_it_prints_one_page_wide_with_its_header_on_every_page(book, name: str) -> None:
    sheet = book[name]
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert sheet.print_title_rows == "$4:$4"
    # A4 lying down has 277 mm between its margins; a column of width 1 takes some 2 mm
    assert sum(each.width for each in sheet.column_dimensions.values()) * 2 <= 277


def test_the_first_sheet_is_vietnamese_alone_and_the_last_is_english(book) -> None:
    assert book.sheetnames[0] == SUMMARY and book.sheetnames[-1] == ENGLISH
    vietnamese, english = (
        [str(cell.value) for row in book[name].iter_rows() for cell in row if cell.value]
        for name in (SUMMARY, ENGLISH)
    )
    words = ("Error", "Warning", "Severity", "Wrong", "Mend", "REJECTED", "the whole", "Too many")
    assert not [text for text in vietnamese if any(word in text for word in words)]
    assert "Too many poor households" in english and LONG not in english
    assert "Không được" not in " ".join(english) and any("REJECTED" in text for text in english)


def test_rows_are_as_high_as_their_text(book) -> None:
    sheet = book[SUMMARY]
    (row,) = (cell.row for cell in sheet["G"] if cell.value == LONG)
    needed = -(-len(LONG) // int(sheet.column_dimensions["G"].width))
    assert sheet.row_dimensions[row].height >= 15 * needed


def test_names_of_sheets_follow_when_it_comes_back_and_is_returned_again(returned: Return) -> None:
    once = returned(rich(), ON_RICH)
    again = load_workbook(BytesIO(returned(once, ON_RICH)))
    assert again.sheetnames == load_workbook(BytesIO(once)).sheetnames
    for name in (SUMMARY, ENGLISH):
        assert again[name].print_title_rows == "$4:$4"
    assert again["Phụ lục"].print_area == "'Phụ lục'!$A$1:$C$9"


def test_a_sheet_of_an_earlier_version_of_khoxa_goes(returned: Return) -> None:
    book = load_workbook(BytesIO(simple()))
    old = book.create_sheet(SUMMARY, 0)
    old.append(["Tệp a.xlsx: KHÔNG ĐƯỢC NHẬN / REJECTED"])
    old["A4"], old["B4"] = "STT", "Mức độ / Severity"
    target = BytesIO()
    book.save(target)
    mine = load_workbook(BytesIO(returned(target.getvalue(), [finding("Biểu 1", "A2")])))
    assert mine.sheetnames == [SUMMARY, "Biểu 1", ENGLISH]
    assert mine[SUMMARY]["B4"].value == "Mức độ"


def test_a_required_blank_is_red(returned: Return) -> None:
    blank = finding("Biểu 1", "C7", rule="required-blank")
    mine = load_workbook(BytesIO(returned(simple(), [blank])))["Biểu 1"]["C7"]
    assert (mine.value, mine.fill.start_color.rgb) == (None, "FFFFC7CE")


def test_a_receipt_says_form_period_unit_and_figures() -> None:
    name = "na_ri_muc_tieu_giam_ngheo_2025.xlsx"
    path = ROOT / "samples/inbox" / name
    ((filing,), _) = understand(ReceivedFile(7, name, str(path)), {})
    said = receipt(filing, load_units())
    # 17 communes with two counts and three targets, the three of the total row; rates of the
    # counts, and the total row's own sums of them, are only checked
    assert said == (
        "Biểu giao mục tiêu giảm tỷ lệ hộ nghèo cho các xã (cả năm 2025), Huyện Na Rì, Tỉnh Bắc Kạn"
        ": 88 số liệu"
    )

"""An annex that can be sent: Vietnamese alone, laid out as Decree 30/2020 asks."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from etl.reports.asked import Asked, Programme
from etl.reports.illustrative import Marked
from etl.reports.official import write_official
from etl.reports.sheet import Annex, Column, write
from etl.reports.words import Both, said

GROUP = Both("Kết quả", "Result")
GNBV = Programme(
    "GNBV", "Chương trình mục tiêu quốc gia giảm nghèo bền vững", "Programme", "giảm nghèo",
    "poverty", "Mục tiêu", "Targets", None, None, "QĐ 90/QĐ-TTg",
)  # fmt: skip
ASKED = Asked(
    "district", "066", 1, "Huyện Na Rì", "as_filed", date(2025, 1, 1), True, 2025,
    datetime(2025, 6, 20, 22, 30), GNBV,
)  # fmt: skip
ANNEX = Annex(
    file="ket_qua_066_2025.xlsx", sheet="Kết quả", head=("ỦY BAN NHÂN DÂN", "HUYỆN NA RÌ"),
    title=("KẾT QUẢ THỰC HIỆN NĂM 2025", "Results, 2025"),
    about=("Bản đồ đơn vị: như lúc báo cáo.", "Map of units: as filed."),
    measured_in=Both("hộ", "household"),
    columns=(
        Column("TT", 5, "centre"), Column("Chỉ tiêu\nIndicator", 30),
        Column("Thực hiện\nActual", 12, "number", GROUP), Column("Đánh giá", 14, group=GROUP),
        Column("Verdict", 14, group=GROUP, is_english=True), Column("Văn bản\nDocument", 30),
    ),
    rows=[
        ("1", Both("Hộ nghèo", "Poor households"), Marked(Decimal("2977")),
         said("verdicts", "met"), "met", "KH 29 / KH 30"),
    ],
    notes=[Both("Ghi chú", "A note")],
)  # fmt: skip


@pytest.fixture
def sheet(tmp_path: Path):
    path = write_official(ANNEX, ASKED, tmp_path, ASKED.received_at)
    assert path.name == "ket_qua_huyen_na_ri_066_2025.xlsx"
    return load_workbook(path).worksheets[0]


def texts(sheet) -> list[str]:
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


def test_no_english_is_left_and_no_vietnamese_is_lost(sheet) -> None:
    found = texts(sheet)
    english = ("Indicator", "Actual", "Verdict", "Poor", "met", "household", "Results", "Document",
               "Map of", "A note", "Illustrative", "Result")  # fmt: skip
    assert not [text for text in found if any(word in text for word in english)]
    for text in ("Hộ nghèo", "Thực hiện", "Kết quả", "Đơn vị tính: hộ", "Ghi chú", "KH 29 / KH 30"):
        assert text in found
    assert any(text.startswith("* Số liệu minh hoạ") for text in found)


def test_the_parts_of_an_official_paper_stand_in_their_order(sheet) -> None:
    found = texts(sheet)
    wanted = (
        "ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "HUYỆN NA RÌ",
        "Độc lập - Tự do - Hạnh phúc", "Na Rì, ngày … tháng … năm …", "PHỤ LỤC",
        "KẾT QUẢ THỰC HIỆN NĂM 2025",
        "(Kèm theo Công văn số … /… ngày … tháng … năm … của Ủy ban nhân dân huyện Na Rì)",
        "Căn cứ: Chương trình mục tiêu quốc gia giảm nghèo bền vững, QĐ 90/QĐ-TTg",
        "Chỉ tiêu", "Nơi nhận:", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH",
    )  # fmt: skip
    places = [found.index(text) for text in wanted if text not in ("Nơi nhận:",)]
    assert places == sorted(places) and "Nơi nhận:" in found


def test_type_and_page(sheet) -> None:
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.font.name for cell in cells} == {"Times New Roman"}
    of = {str(cell.value): cell.font.size for cell in cells}
    assert (of["PHỤ LỤC"], of["Hộ nghèo"], of["Chỉ tiêu"]) == (13, 12, 12)
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$11:$12"
    assert sheet.oddHeader.center.size == 13 and not sheet.HeaderFooter.scaleWithDoc


@pytest.mark.parametrize(("width", "paper"), [(90, 9), (120, 8)])
def test_type_below_8_points_on_a4_is_laid_out_on_a3(
    tmp_path: Path, width: int, paper: int
) -> None:
    """262 mm between the margins are as wide as 140 characters: columns of 91 + 90, drawn a tenth
    wider, print type of 12 points at 8,4; of 91 + 120 at 7,2."""
    wide = replace(ANNEX, columns=(*ANNEX.columns[:-1], Column("Văn bản", 30 + width)))
    path = write_official(wide, ASKED, tmp_path, ASKED.received_at)
    assert load_workbook(path).worksheets[0].page_setup.paperSize == paper


def test_a_header_is_as_high_as_its_words(tmp_path: Path) -> None:
    """13 letters a line: three lines of Vietnamese, three of English, 15 points each."""
    share = Column("Phần trong tổng số thiếu (%)\nShare of all that is lacking", 13, group=GROUP)
    tall = replace(ANNEX, columns=(*ANNEX.columns[:-2], share, ANNEX.columns[-1]))
    rows = load_workbook(write(tall, tmp_path, ASKED.received_at)).worksheets[0].row_dimensions
    assert max(row.height or 0 for row in rows.values()) == 6 * 15


def test_the_bilingual_annex_is_as_it_was(tmp_path: Path) -> None:
    found = texts(load_workbook(write(ANNEX, tmp_path, ASKED.received_at)).worksheets[0])
    for text in (
        "Hộ nghèo / Poor households", "Chỉ tiêu\nIndicator", "Verdict", "Results, 2025",
        "Kết quả / Result", "Đơn vị tính: hộ / household", "Ghi chú / A note",
    ):  # fmt: skip
        assert text in found

"""The funds that a plan needs over several years: Bắc Hà's, as its text prints them."""

from collections.abc import Sequence

from tools.samples.facts import Row
from tools.samples.workbook import (
    Cell,
    Target,
    open_workbook,
    write_header_row,
    write_rows,
    write_titles,
)

SEED = "004_6a73711e2256d6ba.txt"  # the plan of Bắc Hà, a key in the facts
FILE = "bac_ha_nhu_cau_von_2021_2025"
TITLES = (
    "NHU CẦU KINH PHÍ THỰC HIỆN KẾ HOẠCH GIẢM NGHÈO GIAI ĐOẠN 2021-2025",
    "Huyện Bắc Hà, tỉnh Lào Cai",
    "(Theo mục V của Kế hoạch giảm nghèo bền vững giai đoạn 2021-2025, bản chưa ghi số, ngày)",
    "Đơn vị tính: triệu đồng",
)
COLUMNS = {  # header: source of the facts; a column of a source that the plan does not state
    "Tổng nhu cầu": "TOTAL",
    "Ngân sách nhà nước, chưa chia": "NSNN",
    "Ngân sách trung ương": None,
    "Ngân sách địa phương": None,
    "Vốn tín dụng": "TD",
    "Vốn lồng ghép": None,
    "Huy động khác": None,
}


def draw_fund_need(target: Target, rows: Sequence[Row]) -> None:
    """One row for the whole programme, amounts as printed text; `rows` are its facts, one a
    source."""
    workbook, styles = open_workbook(target)
    sheet = workbook.add_worksheet("Nhu cầu kinh phí")
    sheet.set_column(1, 1, 36)
    write_titles(sheet, styles, 0, TITLES, len(COLUMNS) + 1)
    write_header_row(sheet, styles, 5, ("TT", "Nội dung", *COLUMNS))
    printed = {row["source"]: row["amount_as_printed"] for row in rows}
    amounts: list[Cell] = [printed[source] if source else None for source in COLUMNS.values()]
    write_rows(sheet, styles, 6, [[1, "Toàn chương trình", *amounts]])
    workbook.close()

"""Two workbooks of the district: target register and fund plan, figures as printed."""

from collections.abc import Sequence
from decimal import Decimal

from tools.samples.facts import TOTAL_ROW, Row, fund_label
from tools.samples.workbook import (
    ILLUSTRATIVE,
    Cell,
    Target,
    open_workbook,
    write_header,
    write_letterhead,
    write_rows,
    write_signature,
    write_titles,
)

PLACE = ("huyện Na Rì", "tỉnh Bắc Kạn")
DISTRICT = "Huyện Na Rì, tỉnh Bắc Kạn"
PLAN_REFERENCE = "Kế hoạch số 29/KH-UBND ngày 13/02/2025"
REGISTER_COLUMNS = (
    ("TT", ()),
    ("Đơn vị", ()),
    ("Tổng số hộ dân cư đầu năm 2025 (hộ)", ()),
    ("Tổng số hộ nghèo đầu năm 2025 (hộ)", ()),
    ("Tỷ lệ hộ nghèo đầu năm 2025 (%)", ()),
    (
        "Mục tiêu phấn đấu giảm tỷ lệ hộ nghèo năm 2025",
        ("Giảm số hộ nghèo (hộ)", "Giảm tỷ lệ hộ nghèo (%)", "Tỷ lệ hộ nghèo cuối năm 2025"),
    ),
)
REGISTER_FIGURES = {  # column of the facts: the same figure as printed
    "households_start": "households_start_as_printed",
    "poor_households_start": "poor_households_start_as_printed",
    "poverty_rate_start_pct": "poverty_rate_start_as_printed",
    "target_reduction_households": "target_reduction_households_as_printed",
    "target_reduction_pp": "target_reduction_pp_as_printed",
    "target_poverty_rate_end_pct": "target_rate_end_as_printed",
}
FUND_COLUMNS = (
    ("TT", ()),
    ("Dự án, tiểu dự án", ()),
    ("Tổng vốn", ()),
    ("Trong đó", ("Ngân sách trung ương", "Ngân sách địa phương")),
)


def draw_register(
    target: Target,
    rows: Sequence[Row],
    *,
    illustrative: bool = False,
    place: tuple[str, str] = PLACE,
) -> None:
    """The target register as in the annex; `rows` as in the facts, the total row last. `place`: the
    district and its province, with their types.

    Figures are typed as printed text in even rows and the total row, as numbers in odd ones.
    """
    workbook, styles = open_workbook(target)
    sheet = workbook.add_worksheet("Biểu mục tiêu")
    sheet.set_column(1, 1, 24)
    office = ("ỦY BAN NHÂN DÂN", *map(str.upper, place))
    write_letterhead(sheet, styles, office, 7)
    titles = [
        "MỤC TIÊU PHẤN ĐẤU GIẢM TỶ LỆ HỘ NGHÈO NĂM 2025",
        f"(Kèm theo {PLAN_REFERENCE} của Ủy ban nhân dân {place[0]})",
    ]
    write_titles(sheet, styles, 4, titles + [ILLUSTRATIVE] * illustrative, 7)
    write_header(sheet, styles, 8, REGISTER_COLUMNS)
    last = write_rows(sheet, styles, 10, [_register_row(row) for row in rows])
    write_signature(sheet, styles, last, 7)
    workbook.close()


def _register_row(row: Row) -> list[Cell]:
    if row["unit_type"] == TOTAL_ROW or int(row["tt"]) % 2 == 0:
        figures: list[Cell] = [row[printed] for printed in REGISTER_FIGURES.values()]
    else:
        figures = [_number(row[column]) for column in REGISTER_FIGURES]
    return [int(row["tt"]) if row["tt"] else None, row["name_as_printed"], *figures]


def _number(text: str) -> Cell:
    return Decimal(text) if "." in text else int(text)


def draw_fund_plan(target: Target, lines: Sequence[Sequence[Row]]) -> None:
    """The fund plan: one row per line (its facts TOTAL, NSTW, NSDP), amounts as printed text."""
    workbook, styles = open_workbook(target)
    sheet = workbook.add_worksheet("Kế hoạch vốn")
    sheet.set_column(1, 1, 60)
    titles = (
        "KẾ HOẠCH VỐN THỰC HIỆN CHƯƠNG TRÌNH MỤC TIÊU QUỐC GIA GIẢM NGHÈO BỀN VỮNG NĂM 2025",
        DISTRICT,
        "Đơn vị tính: triệu đồng",
    )
    write_titles(sheet, styles, 0, titles, 4)
    write_header(sheet, styles, 4, FUND_COLUMNS)
    rows: list[list[Cell]] = [
        [number, fund_label(line[0]), *(row["amount_as_printed"] for row in line)]
        for number, line in enumerate(lines, start=1)
    ]
    write_rows(sheet, styles, 6, rows)
    workbook.close()

"""What the province asks of two districts, both invented: of Na Rì 14 households more than its own
plan states, and of Ngân Sơn, whose communes register nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from tools.samples.facts import commune_starts
from tools.samples.workbook import (
    ILLUSTRATIVE,
    Cell,
    as_text,
    open_workbook,
    write_header,
    write_letterhead,
    write_rows,
    write_signature,
    write_titles,
)

PROVINCE_FILE = "bac_kan_giao_chi_tieu_giam_ngheo_2025"
TITLE = "GIAO CHỈ TIÊU GIẢM NGHÈO NĂM 2025"
COLUMNS = (
    ("TT", ()),
    ("Đơn vị", ()),
    ("Chỉ tiêu giao năm 2025", ("Giảm số hộ nghèo (hộ)", "Giảm tỷ lệ hộ nghèo (điểm %)")),
    ("Văn bản", ()),
    ("Ghi chú", ()),
)
DOCUMENT = "Quyết định giao chỉ tiêu giảm nghèo năm 2025 của tỉnh, số liệu minh hoạ"
CENT = Decimal("0.01")
NA_RI_CUT = 375  # households; the district's plan says 361
NGAN_SON = ("Huyện Ngân Sơn", 300, Decimal("4.00"))  # has no registrations among the samples


@dataclass(frozen=True, slots=True)
class Assigned:
    """What one unit is to cut: poor households, and the poverty rate in points."""

    unit: str
    cut: int
    points: Decimal


def draw_assignments(folder: Path) -> None:
    """The province's workbook for two districts."""
    households = sum(commune.households for commune in commune_starts())
    points = (Decimal(100 * NA_RI_CUT) / households).quantize(CENT, ROUND_HALF_UP)
    units = [Assigned(*NGAN_SON), Assigned("Huyện Na Rì", NA_RI_CUT, points)]
    _draw(folder / f"{PROVINCE_FILE}.xlsx", ("ỦY BAN NHÂN DÂN", "TỈNH BẮC KẠN"), units)


def _draw(path: Path, office: Sequence[str], units: Sequence[Assigned]) -> None:
    """Figures are numbers in odd rows, text in even ones and the total row."""
    workbook, styles = open_workbook(path)
    sheet = workbook.add_worksheet("Giao chỉ tiêu")
    sheet.set_column(1, 1, 24)
    write_letterhead(sheet, styles, office, 5)
    write_titles(sheet, styles, 4, (TITLE, ILLUSTRATIVE), 5)
    write_header(sheet, styles, 7, COLUMNS)
    rows: list[list[Cell]] = []
    for number, each in enumerate(units, start=1):
        figures: list[Cell] = [each.cut, each.points]
        if number % 2 == 0:
            figures = [f"{each.cut}", as_text(each.points)]
        rows.append([number, each.unit, *figures, DOCUMENT, None])
    rows.append([None, "Tổng cộng", f"{sum(each.cut for each in units)}", None, None, None])
    last = write_rows(sheet, styles, 9, rows)
    write_signature(sheet, styles, last, 5)
    workbook.close()

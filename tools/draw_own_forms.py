"""The workbooks of samples/bieu_rieng/inbox: forms that a province has of its own. Every figure and
every document is an illustration.

Run: python -m tools.draw_own_forms
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import xlsxwriter

from etl.ground.config import ROOT

INBOX = ROOT / "samples" / "bieu_rieng" / "inbox"
PLACE = "Đơn vị báo cáo: Huyện Na Rì, tỉnh Bắc Kạn"
_FIRST_ROW = 4
_DOCUMENTS = (
    (1, "12/KH-UBND", date(2024, 1, 15), "Kế hoạch", "Kế hoạch giảm nghèo bền vững năm 2024"),
    (2, "205/QĐ-UBND", "4/3/2024", "Quyết định", "Giao chỉ tiêu giảm nghèo cho các xã, thị trấn"),
    (3, "318/UBND-LĐ", "ngày 05 tháng 6 năm 2024", "Công văn", "Rà soát hộ nghèo giữa năm"),
    (4, "41/BC-UBND", "30.11.2024", "Báo cáo", "Kết quả rà soát hộ nghèo, hộ cận nghèo năm 2024"),
)


def _write(folder: Path, name: str, title: str, rows: Sequence[Sequence[object]]) -> None:
    """One workbook of one sheet."""
    with xlsxwriter.Workbook(folder / f"{name}.xlsx") as book:
        book.set_properties({"created": datetime(2025, 1, 6)})
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet = book.add_worksheet("Biểu")
        sheet.set_column(1, 1, 34)
        for r, line in enumerate((title, PLACE, "(Số liệu minh hoạ)")):
            sheet.write_string(r, 0, line)
        for r, row in enumerate(rows, start=_FIRST_ROW):
            for c, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(r, c, datetime(cell.year, cell.month, cell.day), day)
                else:
                    sheet.write(r, c, cell)


def draw(folder: Path = INBOX) -> None:
    """Write the workbooks."""
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder, "na_ri_van_ban_2024", "DANH MỤC VĂN BẢN CHỈ ĐẠO GIẢM NGHÈO NĂM 2024",
           [("TT", "Số, ký hiệu", "Ngày ban hành", "Loại văn bản", "Trích yếu"),
            *_DOCUMENTS])  # fmt: skip


if __name__ == "__main__":
    draw()

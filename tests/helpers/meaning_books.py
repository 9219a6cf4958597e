"""Samples with one thing said otherwise, and what khoxa says of them."""

from __future__ import annotations

from etl.ground.records import Finding, Sheet, Workbook
from etl.normalise import normalise
from tests.helpers.review_cases import judged
from tests.helpers.sample_sheets import ASSIGNED as ASSIGNED
from tests.helpers.sheet_edits import Change, fails

REGISTER = "na_ri_muc_tieu_giam_ngheo_2025.xlsx"  # header in rows 9, 10; communes 11 to 27
REVIEW = "na_ri_ra_soat_chinh_thuc_2024.xlsx"  # header in rows 8, 9
MOVEMENT = "na_ri_dien_bien_ho_ngheo_2024.xlsx"
FUNDS = "na_ri_ke_hoach_von_2025.xlsx"  # header in rows 5, 6; projects in 7 to 15
NEED = "bac_ha_nhu_cau_von_2021_2025.xlsx"
LACKS = "thieu_hut_2024_kim_hy.xlsx"
HALF = "bao_cao_6_thang_2025_kim_hy.xlsx"
YEAR = "bao_cao_nam_2025_con_minh.xlsx"
RESULTS = "lap_vo_ket_qua_chi_tieu_2024.xlsx"
HALF_RESULTS = "lap_vo_ket_qua_chi_tieu_6_thang_2024.xlsx"
TARGETS = "lap_vo_chi_tieu_ke_hoach_2024.xlsx"
ONE_FUND = "KẾ HOẠCH VỐN THỰC HIỆN CHƯƠNG TRÌNH MỤC TIÊU QUỐC GIA GIẢM NGHÈO BỀN VỮNG NĂM 2025"
TARGET = "MỤC TIÊU PHẤN ĐẤU GIẢM TỶ LỆ HỘ NGHÈO NĂM 2025"
RESULT = "KẾT QUẢ RÀ SOÁT HỘ NGHÈO, HỘ CẬN NGHÈO CHÍNH THỨC NĂM 2024"


def found(workbook: Workbook) -> list[Finding]:
    """All that the normalise and the check room say."""
    done = normalise(workbook)
    known = [each for each in done if each.recognised]
    return [f for each in done for f in each.findings] + (judged(known) if known else [])


def stops(workbook: Workbook) -> list[str]:
    return fails(found(workbook))


def at(address: str, value: object) -> Change:
    """One cell of a sheet."""

    def change(sheet: Sheet) -> None:
        place, row = ord(address[0]) - ord("A"), int(address[1:]) - 1
        while len(sheet.rows) <= row:
            sheet.rows.append([""] * len(sheet.rows[0]))
        assert place < len(sheet.rows[0])
        sheet.rows[row][place] = value

    return change


def texts(row_no: int, **cells: str) -> Change:
    """A new row above row `row_no` with texts by column."""

    def change(sheet: Sheet) -> None:
        new: list[object] = [""] * len(sheet.rows[0])
        for column, text in cells.items():
            new[ord(column) - ord("A")] = text
        sheet.rows.insert(row_no - 1, new)
        sheet.merged = [
            ((top + (top >= row_no - 1), left), (bottom + (bottom >= row_no - 1), right))
            for (top, left), (bottom, right) in sheet.merged or []
        ]

    return change

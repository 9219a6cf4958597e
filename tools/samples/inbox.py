"""The sample inbox: which files it has, when each was received, and what is wrong in three."""

import csv
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from tools.samples.assignments import PROVINCE_FILE, draw_assignments
from tools.samples.facts import (
    commune_starts,
    fund_rows,
    merges,
    need_rows,
    plan_lines,
    register_rows,
    target_rows,
)
from tools.samples.figures import District, invent_reports
from tools.samples.needs import FILE as NEEDS
from tools.samples.needs import SEED as NEEDING
from tools.samples.needs import draw_fund_need
from tools.samples.plans import draw_fund_plan, draw_register
from tools.samples.province_plan import PLAN as PROVINCE_PLAN
from tools.samples.province_plan import draw_province_plan
from tools.samples.registrations import draw_registration
from tools.samples.report import CommuneReport, Count, FundLine, draw_commune_report
from tools.samples.results import draw_results
from tools.samples.review import (
    OFFICIAL,
    PRELIMINARY,
    draw_deprivations,
    draw_movement,
    draw_review,
)
from tools.samples.review_figures import (
    YEAR,
    invent_deprivations,
    invent_movements,
    invent_reviews,
    preliminary,
)
from tools.samples.targets import PLANS, draw_plan_targets
from tools.samples.words_of_plans import draw_words, file_name
from tools.samples.year_end import invent_year_end

NA_RI = District(district="huyện Na Rì", province="tỉnh Bắc Kạn", year=2025)
REGISTER = "na_ri_muc_tieu_giam_ngheo_2025"
REGISTRATION = "dang_ky_giam_ngheo"
OVERSPENT_UNIT, OVERSPENT_LINE = "Xã Dương Sơn", "Dự án 6 - Tiểu dự án 2"
REFILED_UNIT = "Xã Văn Lang"
JOBS = 6  # which of a report's counts is of people who found work
MISTYPED_UNIT, MISTYPED_POOR = "Xã Trần Phú", "262"  # 226 in the facts, two digits swapped
SCAN = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj
trailer<</Root 1 0 R>>
%%EOF
"""
DEPRIVED_UNITS = ("Thị trấn Yến Lạc", "Xã Kim Hỷ")
# local time at the office (+07:00); due are registrations before 14 March, reports before 10 June
# and 10 November
RECEIVED = {
    "bac_ha_chi_tieu_ke_hoach_2021_2025": "2021-04-15T09:00:00",
    NEEDS: "2021-04-15T09:10:00",
    "bac_ha_phan_cong_va_bao_cao_2021_2025": "2021-04-15T09:20:00",
    "bac_ha_ket_qua_chi_tieu_2021": "2021-12-24T15:20:00",
    "quynh_nhai_chi_tieu_ke_hoach_2022_2030": "2022-04-20T10:30:00",
    "quynh_nhai_phan_cong_va_bao_cao_2022_2030": "2022-04-20T10:40:00",
    "bac_ha_ket_qua_chi_tieu_2022": "2022-12-23T09:45:00",
    "quynh_nhai_ket_qua_chi_tieu_2022": "2022-12-26T14:10:00",
    "bac_ha_ket_qua_chi_tieu_2023": "2023-12-22T10:05:00",
    "quynh_nhai_ket_qua_chi_tieu_2023": "2023-12-25T08:50:00",
    "lap_vo_chi_tieu_ke_hoach_2024": "2024-04-10T14:20:00",
    "lap_vo_phan_cong_va_bao_cao_2024": "2024-04-10T14:30:00",
    "lap_vo_ket_qua_chi_tieu_6_thang_2024": "2024-06-07T15:30:00",
    "lap_vo_ket_qua_chi_tieu_2024": "2024-11-08T09:25:00",
    "na_ri_ra_soat_so_bo_2024": "2024-11-13T10:20:00",
    "thieu_hut_2024_yen_lac": "2024-12-16T15:05:00",
    "thieu_hut_2024_kim_hy": "2024-12-17T08:40:00",
    "na_ri_ra_soat_chinh_thuc_2024": "2024-12-18T09:10:00",
    "na_ri_dien_bien_ho_ngheo_2024": "2024-12-18T09:15:00",
    "bac_ha_ket_qua_chi_tieu_2024": "2024-12-24T14:30:00",
    "quynh_nhai_ket_qua_chi_tieu_2024": "2024-12-25T10:15:00",
    PROVINCE_FILE: "2025-01-14T09:25:00",
    PROVINCE_PLAN.file: "2025-01-14T09:30:00",
    REGISTER: "2025-02-14T08:30:00",
    "na_ri_ke_hoach_von_2025": "2025-02-14T08:35:00",
    "na_ri_chi_tieu_ke_hoach_2025": "2025-02-14T08:40:00",
    "na_ri_phan_cong_va_bao_cao_2025": "2025-02-14T08:50:00",
    f"{REGISTER}_ban_sua": "2025-02-20T14:10:00",
    "dang_ky_giam_ngheo_2025_van_minh": "2025-03-04T09:20:00",
    "dang_ky_giam_ngheo_2025_kim_hy": "2025-03-05T08:45:00",
    "dang_ky_giam_ngheo_2025_yen_lac": "2025-03-05T15:10:00",
    "dang_ky_giam_ngheo_2025_duong_son": "2025-03-06T10:05:00",
    "dang_ky_giam_ngheo_2025_quang_phong": "2025-03-06T14:30:00",
    "dang_ky_giam_ngheo_2025_con_minh": "2025-03-07T09:15:00",
    "dang_ky_giam_ngheo_2025_tran_phu": "2025-03-07T16:20:00",
    "dang_ky_giam_ngheo_2025_cu_le": "2025-03-10T08:30:00",
    "dang_ky_giam_ngheo_2025_luong_thuong": "2025-03-10T10:50:00",
    "dang_ky_giam_ngheo_2025_liem_thuy": "2025-03-10T15:40:00",
    "dang_ky_giam_ngheo_2025_van_vu": "2025-03-11T09:05:00",
    "dang_ky_giam_ngheo_2025_kim_lu": "2025-03-11T14:25:00",
    "dang_ky_giam_ngheo_2025_xuan_duong": "2025-03-12T08:55:00",
    "dang_ky_giam_ngheo_2025_son_thanh": "2025-03-12T16:10:00",
    "dang_ky_giam_ngheo_2025_van_lang": "2025-03-13T10:35:00",
    "dang_ky_giam_ngheo_2025_dong_xa": "2025-03-14T09:30:00",
    "dang_ky_giam_ngheo_2025_cuong_loi": "2025-03-17T14:15:00",
    "ba_to_chi_tieu_ke_hoach_2025": "2025-05-20T08:50:00",
    "ba_to_phan_cong_va_bao_cao_2025": "2025-05-20T09:00:00",
    "bao_cao_6_thang_2025_kim_lu": "2025-06-02T09:05:00",
    "bao_cao_6_thang_2025_yen_lac": "2025-06-02T15:40:00",
    "bao_cao_6_thang_2025_con_minh": "2025-06-03T10:20:00",
    "bao_cao_6_thang_2025_kim_hy": "2025-06-03T14:15:00",
    "bao_cao_6_thang_2025_cuong_loi": "2025-06-04T08:50:00",
    "bao_cao_6_thang_2025_tran_phu": "2025-06-04T16:05:00",
    "bao_cao_6_thang_2025_van_lang": "2025-06-05T09:30:00",
    "bao_cao_6_thang_2025_quang_phong": "2025-06-05T10:45:00",
    "bao_cao_6_thang_2025_luong_thuong": "2025-06-05T15:20:00",
    "bao_cao_6_thang_2025_van_minh": "2025-06-06T08:25:00",
    "bao_cao_6_thang_2025_son_thanh": "2025-06-06T11:00:00",
    "bao_cao_6_thang_2025_duong_son": "2025-06-06T16:30:00",
    "bao_cao_6_thang_2025_cu_le": "2025-06-09T08:15:00",
    "bao_cao_6_thang_2025_cuong_loi_scan": "2025-06-09T10:10:00",
    "bao_cao_6_thang_2025_xuan_duong": "2025-06-09T16:55:00",
    "bao_cao_6_thang_2025_liem_thuy": "2025-06-10T09:00:00",
    "bao_cao_6_thang_2025_van_lang_lan_2": "2025-06-10T14:30:00",
    "bao_cao_6_thang_2025_van_vu": "2025-06-11T08:40:00",
    "bao_cao_6_thang_2025_dong_xa": "2025-06-12T15:10:00",
    "bac_ha_ket_qua_chi_tieu_6_thang_2025": "2025-06-16T08:30:00",
    "na_ri_ket_qua_chi_tieu_6_thang_2025": "2025-06-17T09:15:00",
    "ba_to_ket_qua_chi_tieu_6_thang_2025": "2025-06-18T10:40:00",
    "bao_cao_nam_2025_con_minh": "2025-11-05T09:20:00",
    "bao_cao_nam_2025_na_ri": "2025-11-06T14:05:00",
    "bao_cao_nam_2025_tran_phu": "2025-11-06T16:30:00",
    "bao_cao_nam_2025_van_lang": "2025-11-07T08:15:00",
    "bao_cao_nam_2025_cuong_loi": "2025-11-07T10:40:00",
    "bao_cao_nam_2025_xuan_duong": "2025-11-12T15:50:00",
}


def draw_inbox(folder: Path) -> None:
    """Draw every file of the inbox into `folder`; the same bytes on every run."""
    folder.mkdir(parents=True, exist_ok=True)
    register = register_rows()
    draw_register(folder / f"{REGISTER}.xlsx", register)
    draw_fund_plan(folder / "na_ri_ke_hoach_von_2025.xlsx", fund_rows())
    for plan in PLANS:
        draw_plan_targets(folder / f"{plan.file}.xlsx", plan, target_rows(plan.seed))
        draw_words(folder / f"{file_name(plan)}.xlsx", plan)
    draw_fund_need(folder / f"{NEEDS}.xlsx", need_rows(NEEDING))
    for number, commune in enumerate(commune_starts()):
        name = f"{REGISTRATION}_{NA_RI.year}_{_letters(commune.name)}.xlsx"
        draw_registration(folder / name, NA_RI, commune, by_hand=number % 2 == 1)
    reports = invent_reports(NA_RI, commune_starts(), plan_lines())
    for report in reports:
        filed = _overspend(report) if report.unit == OVERSPENT_UNIT else report
        draw_commune_report(folder / f"{report_name(report)}.xlsx", filed)
    for report in invent_year_end(merges(), commune_starts(), reports):
        draw_commune_report(folder / f"{report_name(report)}.xlsx", report)
    _draw_faulty(folder, register, reports)
    _draw_review(folder)
    draw_assignments(folder)
    draw_results(folder)
    draw_province_plan(folder)
    _write_log(folder / "so_van_den.csv", RECEIVED)


def draw_refiled(folder: Path) -> None:
    """Draw the inbox of another night: one report filed again, two more people found work."""
    folder.mkdir(parents=True, exist_ok=True)
    reports = invent_reports(NA_RI, commune_starts(), plan_lines())
    report = next(report for report in reports if report.unit == REFILED_UNIT)
    counts = list(report.counts)
    counts[JOBS] = replace(counts[JOBS], reached=counts[JOBS].reached + 2)
    name = f"{report_name(report)}_lan_3"
    draw_commune_report(folder / f"{name}.xlsx", replace(report, counts=tuple(counts)))
    _write_log(folder / "so_van_den.csv", {name: "2025-06-19T09:10:00"})


def _draw_faulty(
    folder: Path, register: Sequence[dict[str, str]], reports: Sequence[CommuneReport]
) -> None:
    """The three filings that must be refused: a typing error each, and a scan."""
    refiled = next(report for report in reports if report.unit == REFILED_UNIT)
    poor = refiled.counts[0]
    mistyped = Count(poor.reached * 10, poor.total)  # one digit too many
    draw_commune_report(
        folder / f"{report_name(refiled)}_lan_2.xlsx",
        replace(refiled, counts=(mistyped, *refiled.counts[1:])),
    )
    changed = [
        row | {"poor_households_start": MISTYPED_POOR}
        if row["name_as_printed"] == MISTYPED_UNIT
        else row
        for row in register
    ]
    draw_register(folder / f"{REGISTER}_ban_sua.xlsx", changed, illustrative=True)
    (folder / "bao_cao_6_thang_2025_cuong_loi_scan.xlsx").write_bytes(SCAN)


def _draw_review(folder: Path) -> None:
    """The household review at the end of 2024: two results, the movement, two communes' lacks."""
    year_end, communes = replace(NA_RI, year=YEAR), commune_starts()
    reviews = invent_reviews(communes)
    first = preliminary(reviews)
    draw_review(folder / "na_ri_ra_soat_so_bo_2024.xlsx", year_end, PRELIMINARY, first)
    draw_review(folder / "na_ri_ra_soat_chinh_thuc_2024.xlsx", year_end, OFFICIAL, reviews)
    movements = invent_movements(communes)
    draw_movement(folder / "na_ri_dien_bien_ho_ngheo_2024.xlsx", year_end, movements)
    for review in reviews:
        if review.unit in DEPRIVED_UNITS:
            name = f"thieu_hut_{YEAR}_{_letters(review.unit)}.xlsx"
            draw_deprivations(folder / name, year_end, invent_deprivations(review))


def _overspend(report: CommuneReport) -> CommuneReport:
    """The report with more central money disbursed than allocated on one line."""
    return replace(report, funds=tuple(_overspend_line(line) for line in report.funds))


def _overspend_line(line: FundLine) -> FundLine:
    if line.money is None or not line.label.startswith(OVERSPENT_LINE):
        return line
    disbursed = line.money.allocated_central * 6 // 5
    return replace(line, money=replace(line.money, disbursed_central=disbursed))


def report_name(report: CommuneReport) -> str:
    """The file's name without its ending: "bao_cao_6_thang_2025_kim_hy" for Xã Kim Hỷ."""
    period = "6_thang" if report.period == "H1" else "nam"
    return f"bao_cao_{period}_{report.year}_{_letters(report.unit)}"


def _letters(unit: str) -> str:
    name = unit.removeprefix("Thị trấn ").removeprefix("Xã ").lower().replace("đ", "d")
    letters = unicodedata.normalize("NFD", name).encode("ascii", "ignore").decode()
    return letters.replace(" ", "_")


def _write_log(path: Path, received: Mapping[str, str]) -> None:
    """The office's receiving log: UTF-8 with BOM, one row per file, ISO times."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("Tên tệp", "Ngày giờ nhận"))
        writer.writerows((f"{name}.xlsx", f"{time}+07:00") for name, time in received.items())

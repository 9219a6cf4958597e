"""Reports on plan targets typed by hand, and what arithmetic finds in each.

A sheet has its header in row 5 and its first indicator in row 6: B code, D unit, E opening, F
result. The filer is huyện Bắc Hà, for the year 2024 unless said: 18 communes at the end of 2024,
Tà Chải having merged on 2024-11-01, and 19 a year before (Nghị quyết 1197/NQ-UBTVQH15).
"""

from __future__ import annotations

from typing import NamedTuple

from etl.ground.records import Normalised, ReceivedFile, Sheet, Workbook
from etl.normalise import normalise

BAC_HA = "Huyện Bắc Hà, tỉnh Lào Cai"
NAM_MON = "Xã Nậm Mòn, huyện Bắc Hà, tỉnh Lào Cai"
TITLE = "BÁO CÁO KẾT QUẢ THỰC HIỆN CHỈ TIÊU KẾ HOẠCH GIẢM NGHÈO NĂM 2024"
HEADER = ["TT", "Mã chỉ tiêu", "Chỉ tiêu", "Đơn vị tính", "Số đầu năm", "Kết quả", "Ghi chú"]


class Line(NamedTuple):
    """One row: its code, the unit as written, the opening and the result."""

    code: str
    unit: str
    value: object
    opening: object = ""


class Case(NamedTuple):
    """What is filed, and the findings as (rule, cell)."""

    lines: tuple[Line, ...]
    expected: list[tuple[str, str]]
    title: str = TITLE
    unit: str = BAC_HA


def book(number: int, case: Case) -> Workbook:
    """The report as a workbook that was read."""
    rows: list[list[object]] = [[case.title], [f"Đơn vị báo cáo: {case.unit}"], [], [], HEADER]
    rows += [[float(n), line.code, "", line.unit, line.opening, line.value, ""]
             for n, line in enumerate(case.lines, 1)]  # fmt: skip
    even = [row + [""] * (len(HEADER) - len(row)) for row in rows]
    return Workbook(ReceivedFile(number, f"{number}.xlsx", ""), [Sheet("Kết quả", True, even, [])])


def filed(number: int, case: Case) -> Normalised:
    """The report as the normalise room gives it on."""
    (filing,) = normalise(book(number, case))
    return filing


POOR = (
    Line("households", "hộ", 14210.0, 14120.0),
    Line("poor_households", "hộ", "2.310", "3.344"),
    Line("near_poor_households", "hộ", 2050.0, 2182.0),
)
COVERED = (Line("hi_insured_persons", "người", 63180.0), Line("population", "người", 68150.0))
NTM5 = Line("communes_ntm5", "xã", 15.0)


def one(code: str, unit: str, value: object, *expected: tuple[str, str], opening: object = "") -> (
    Case
):  # fmt: skip
    return Case((Line(code, unit, value, opening),), list(expected))


CASES: dict[str, Case] = {
    "counts, a rate, tonnes and money": Case(
        (*POOR, *COVERED, Line("forest_cover_pct", "%", "46,85", 46.1),
         Line("grain_output", "tấn", "44.120,5"), Line("social_investment", "triệu đồng", 1604.25),
         Line("units_preschool_universal", "xã, thị trấn", 18.0)), []),
    "half of the year": Case(
        POOR, [], "BÁO CÁO KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU GIẢM NGHÈO 6 THÁNG ĐẦU NĂM 2025"),
    "nothing to report": one("jobs_created", "người", 0.0),
    "not applicable": one("credit_access_pct", "%", "-"),
    "a result left blank": one("jobs_created", "người", "", ("required-blank", "F6")),
    "a result that is no number": one("jobs_created", "người", "nhiều",
                                      ("number-unreadable", "F6")),
    "an unknown code": one("poor_housholds", "hộ", 3.0, ("value-unknown", "B6")),
    "a figure without a code": Case(
        (*POOR, Line("", "hộ", 3.0)), [("row-unnamed", "F9")]),
    "an unknown unit": one("jobs_created", "nghìn người", 3.0, ("value-unknown", "D6")),
    "no unit": one("jobs_created", "", 3.0, ("required-blank", "D6")),
    "the unit of another indicator": one("jobs_created", "hộ", 3.0,
                                         ("result-unit-of-indicator", "D6")),
    "a percentage for points": one("poverty_rate_reduction", "%", 7.0,
                                   ("result-unit-of-indicator", "D6")),
    "communes for communes and townships": one("units_preschool_universal", "xã", 18.0,
                                               ("result-unit-of-indicator", "D6")),
    "a percent sign at a count": one("jobs_created", "người", "98%", ("number-percent", "F6")),
    "a unit without its number": one("poor_households", "hộ", 3.0, ("number-unreadable", "E6"),
                                     opening="hộ"),
    "a dash for the unit and the result": one("jobs_created", "-", "-", ("value-unknown", "D6")),
    "an indicator twice": Case(
        (*POOR, Line("households", "hộ", 14210.0)),
        [("result-indicator-once", "B6"), ("result-indicator-once", "B9")]),
    "a negative result": one("jobs_created", "người", -1.0, ("not-negative", "F6")),
    "a rate above 100": one("forest_cover_pct", "%", 468.5, ("result-percent-within-100", "F6")),
    "a rate of 100": one("forest_cover_pct", "%", 100.0),
    "an opening rate above 100": one("forest_cover_pct", "%", 46.0,
                                     ("result-percent-within-100", "E6"), opening=100.5),
    "a coverage as a share of one": one("hi_coverage_pct", "%", 0.95,
                                        ("result-percent-or-fraction", "F6")),
    "an opening as a share of one": one("hi_coverage_pct", "%", 95.0,
                                        ("result-percent-or-fraction", "E6"), opening=1.0),
    "a coverage of nobody": one("hi_coverage_pct", "%", 0.0),
    "a coverage just above one": one("hi_coverage_pct", "%", 1.01),
    "a poverty rate as a share of one": one("poverty_rate", "%", 0.32,
                                            ("result-percent-or-fraction", "F6"), opening=35.6),
    "a low poverty rate": one("poverty_rate", "%", 0.32, opening=0.4),
    "points of one": one("poverty_rate_reduction", "điểm %", 0.95),
    "points above 100": one("poverty_rate_reduction", "điểm %", 735.0,
                            ("result-percent-within-100", "F6")),
    "a thousand written with a comma": one("jobs_created", "người", "1,337",
                                           ("number-ambiguous", "F6")),
    "half a commune": one("communes_ntm5", "xã", 14.5, ("result-count-whole", "F6")),
    "half a household at the start": one("poor_households", "hộ", 3.0,
                                         ("result-count-whole", "E6"), opening=4.5),
    "half a person in each commune": one("overseas_workers_per_commune_year", "người/xã/năm", 2.5),
    "more insured than there are": Case(
        (Line("hi_insured_persons", "người", 68151.0), COVERED[1]),
        [("result-not-above-whole", "F6")]),
    "a part alone": Case(COVERED[:1], []),
    "more poor than households at the start": Case(
        (Line("households", "hộ", 14210.0, 300.0), Line("poor_households", "hộ", 200.0, 301.0)),
        [("result-not-above-whole", "E7")]),
    "a rate beside its counts": Case(  # 63180 / 68150 = 92.70726 %
        (*COVERED, Line("hi_coverage_pct", "%", "92,71")), []),
    "a rate of one decimal": Case(  # 63215 / 68150 = 92.75862 %
        (Line("hi_insured_persons", "người", 63215.0), COVERED[1],
         Line("hi_coverage_pct", "%", "92,8")), []),
    "a rate that its counts do not give": Case(
        (*COVERED, Line("hi_coverage_pct", "%", "92,73")), [("result-rate-of-counts", "F8")]),
    "a rate of nobody": Case(
        (Line("credit_access_households", "hộ", 0.0), Line("credit_demand_households", "hộ", 0.0),
         Line("credit_access_pct", "%", "-")), []),
    "a cut that follows": Case(  # 3344 - 2310
        (*POOR, Line("poor_households_reduction", "hộ", 1034.0)), []),
    "a cut that does not follow": Case(
        (*POOR, Line("poor_households_reduction", "hộ", 1035.0)),
        [("result-fall-of-level", "F9")]),
    "a cut without openings": one("poor_households_reduction", "hộ", 1035.0),
    "all communes after the merger": one("units_preschool_universal", "đơn vị", 18.0),
    "one commune too many": one("units_preschool_universal", "đơn vị", 19.0,
                                ("result-not-above-communes", "F6")),
    "all communes before and after the merger": one("units_preschool_universal", "đơn vị", 18.0,
                                                    opening=19.0),
    "the same before the merger": Case(
        (Line("units_preschool_universal", "đơn vị", 19.0),), [], TITLE.replace("2024", "2023")),
    "a commune is one": Case(
        (Line("communes_ntm5", "xã", 1.0, 0.0),), [], unit=NAM_MON),
    "a commune is not two": Case(
        (Line("communes_ntm5", "xã", 2.0),), [("result-not-above-communes", "F6")],
        unit=NAM_MON),
    "more poor and near-poor than households": Case(  # 2310 + 2050 = 4360
        (Line("households", "hộ", 4359.0), *POOR[1:]), [("results-poor-and-near-poor", "F8")]),
    "as many sent abroad as jobs": Case(
        (Line("jobs_created", "người", 40.0), Line("labour_export", "người", 40.0)), []),
    "more sent abroad than jobs": Case(
        (Line("jobs_created", "người", 40.0), Line("labour_export", "người", 41.0)),
        [("results-labour-export", "F7")]),
    "advanced in 5 without 5": Case(
        (NTM5, Line("communes_ntm5_advanced", "xã", 16.0)), [("results-advanced-5", "F7")]),
    "advanced in 14 without 14": Case(
        (Line("communes_ntm14", "xã", 2.0), Line("communes_ntm14_advanced", "xã", 3.0), NTM5),
        [("results-advanced-14", "F7")]),
}  # fmt: skip

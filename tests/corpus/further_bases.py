"""More that is filed: results, assignments, a review, deprivations, funds needed.

Their sheets hold few sums or none, so that a figure read wrong is not given away by another one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import cache
from typing import Any

from tests.corpus.bases import BASES, MOTTO, counted, money, percent, rate
from tests.corpus.model import Book, Cell, Column, Filing, Row, Sheet, Span
from tools.samples import assignments, facts, needs, results, review
from tools.samples.review_figures import YEAR, invent_deprivations, invent_reviews
from tools.samples.workbook import ILLUSTRATIVE

REVIEWED = ("households", "minority_households", "poor_households", "poverty_rate_pct",
            "minority_poor_households", "minority_poverty_rate_pct", "near_poor_households",
            "near_poverty_rate_pct", "minority_near_poor_households",
            "minority_near_poverty_rate_pct")  # fmt: skip
DEPRIVED = ("employment", "dependants", "nutrition", "health_insurance", "adult_education",
            "schooling", "housing_quality", "housing_area", "water", "latrine", "telecom",
            "information")  # fmt: skip
RESULTS = (  # of Na Rì, June 2025: an opening figure or none, and what was reached
    ("households_ethnic_minority", "Số hộ dân tộc thiểu số", "hộ", "household", 9036, 9050),
    ("poor_households_ethnic_minority", "Số hộ nghèo dân tộc thiểu số", "hộ", "household", 2730,
     2590),
    ("livelihood_models_da2", "Mô hình đa dạng hóa sinh kế (Dự án 2)", "mô hình", "model", None, 8),
    ("communes_with_models_da2", "Số xã có mô hình (Dự án 2)", "xã", "commune", None, 6),
    ("production_models_da3_1", "Mô hình hỗ trợ sản xuất (Dự án 3 - Tiểu dự án 1)", "mô hình",
     "model", None, 4),
    ("vocational_trainees", "Học viên đào tạo nghề", "người", "person", None, 75),
)  # fmt: skip
RATES = (
    ("hi_coverage_pct", "Tỷ lệ dân số tham gia BHYT", "%", "pct", 93, 95),
    ("clean_water_pct", "Tỷ lệ hộ nghèo và cận nghèo dùng nước sạch", "%", "pct", 88, 89),
)


def rate_results() -> Book:
    """The same of two rates alone, rows 9 and 10."""
    return plan_results(RATES)


def plan_results(reached: Sequence[tuple[Any, ...]] = RESULTS) -> Book:
    """What Na Rì reached of its plan by June 2025, six rows (9–14), invented figures."""
    rows = []
    for n, (code, label, unit, unit_code, opening, value) in enumerate(reached, start=1):
        cells = {"ordinal": Cell(n, str(n)), "indicator": Cell(code, code), "label": Cell(label)}
        cells |= {"unit": Cell(unit, unit_code), "value": counted(value)}
        cells["opening"] = Cell() if opening is None else counted(opening)
        rows.append(Row("data", code, code, cells))
    names = ("ordinal", "indicator", "label", "unit", "opening", "value", "note")
    columns = [Column(n, [h]) for n, h in zip(names, results.COLUMNS, strict=True)]
    title: list[list[Span]] = [
        [(0, 1, "ỦY BAN NHÂN DÂN"), (3, -1, MOTTO[0])],
        [(0, 1, "HUYỆN NA RÌ"), (3, -1, MOTTO[1])],
        [],
        [(0, -1, "BÁO CÁO KẾT QUẢ THỰC HIỆN CHỈ TIÊU KẾ HOẠCH GIẢM NGHÈO 6 THÁNG ĐẦU NĂM 2025")],
        [(0, -1, "Đơn vị báo cáo: Huyện Na Rì, tỉnh Bắc Kạn")],
        [(0, -1, ILLUSTRATIVE)],
        [],
    ]
    about = ("plan_results", "results", "Kết quả chỉ tiêu", title, columns, rows, "indicator")
    return Book([Sheet(*about)], [Filing("plan_results", "district", "066", 2025, "H1")])


def assignment() -> Book:
    """What Na Rì asks of its 17 communes for 2025 (rows 10–26), and the total of households."""
    rows = []
    starts = facts.commune_starts()
    for n, each in enumerate(starts, start=1):
        points = (Decimal(100 * each.cut_households) / each.households).quantize(Decimal("0.01"))
        cells = {"ordinal": Cell(n), "unit": Cell(each.name)}
        cells |= {"cut_households": counted(each.cut_households), "cut_pp": rate(points)}
        rows.append(Row("data", each.name, each.code, cells))
    total = {"ordinal": Cell(), "unit": Cell("Tổng cộng")}
    total["cut_households"] = counted(sum(each.cut_households for each in starts))
    rows.append(Row("total", "Tổng cộng", "", total))
    title = _district_title([assignments.TITLE, ILLUSTRATIVE])
    names = ("ordinal", "unit", "cut_households", "cut_pp", "document", "note")
    columns = _columns(names, assignments.COLUMNS)
    about = ("target_assignment", "assigned", "Giao chỉ tiêu", title, columns, rows, "unit")
    return Book([Sheet(*about)], [Filing("target_assignment", "district", "066", 2025, "Y")])


@cache
def _reviews() -> list[tuple[str, str, tuple[int, ...]]]:
    codes = {start.name: start.code for start in facts.commune_starts()}
    made = invent_reviews(facts.commune_starts())
    return [(each.unit, codes[each.unit], each.counts()) for each in made]


def review_result() -> Book:
    """Na Rì's official review of 2024: 17 communes (rows 10–26) and the total, invented figures."""
    rows, sums = [], [0] * 6
    for n, (unit, code, counts) in enumerate(_reviews(), start=1):
        cells = {"ordinal": Cell(n), "unit": Cell(unit)} | _review_cells(counts)
        rows.append(Row("data", unit, code, cells))
        sums = [a + b for a, b in zip(sums, counts, strict=True)]
    cells = {"ordinal": Cell(), "unit": Cell("Tổng cộng")} | _review_cells(sums)
    rows.append(Row("total", "Tổng cộng", "", cells))
    words = f"KẾT QUẢ RÀ SOÁT HỘ NGHÈO, HỘ CẬN NGHÈO CHÍNH THỨC NĂM {YEAR}"
    columns = _columns(("ordinal", "unit", *REVIEWED), review.REVIEW_COLUMNS)
    title = _district_title([words, review.PARTLY_REAL])
    about = ("review_result", "review", "Kết quả rà soát", title, columns, rows, "unit")
    return Book([Sheet(*about)], [Filing("review_result", "district", "066", YEAR, "Y")])


def _review_cells(counts: Sequence[int]) -> dict[str, Cell]:
    households, minority, poor, minority_poor, near, minority_near = counts
    figures = (
        *(counted(households), counted(minority), counted(poor), rate(percent(poor, households))),
        *(counted(minority_poor), rate(percent(minority_poor, minority)), counted(near)),
        *(rate(percent(near, households)), counted(minority_near)),
        rate(percent(minority_near, minority)),
    )
    return dict(zip(REVIEWED, figures, strict=True))


def deprivations() -> Book:
    """What the poor of Kim Hỷ lacked in 2024 (rows 10–22), invented figures."""
    reviews = invent_reviews(facts.commune_starts())
    made = invent_deprivations(next(each for each in reviews if each.unit == "Xã Kim Hỷ"))
    totals = {"ordinal": Cell(), "item": Cell("Tổng số hộ")}
    totals |= {"poor": counted(made.poor), "near_poor": counted(made.near_poor)}
    rows = [Row("data", "Tổng số hộ", "all_households", totals)]
    for n, (key, label, (poor, near)) in enumerate(
        zip(DEPRIVED, review.INDICATORS, made.deprived, strict=True), start=1
    ):
        cells = {"ordinal": Cell(n), "item": Cell(label), "poor": counted(poor)}
        cells |= {"poor_rate_pct": rate(percent(poor, made.poor)), "near_poor": counted(near)}
        cells["near_poor_rate_pct"] = rate(percent(near, made.near_poor))
        rows.append(Row("data", label, key, cells))
    title: list[list[Span]] = [
        [(0, 1, "ỦY BAN NHÂN DÂN"), (3, -1, MOTTO[0])],
        [(0, 1, "XÃ KIM HỶ"), (3, -1, MOTTO[1])],
        [],
        [(0, -1, f"BIỂU TỔNG HỢP THIẾU HỤT CÁC CHỈ SỐ DỊCH VỤ XÃ HỘI CƠ BẢN NĂM {YEAR}")],
        [(0, -1, "Đơn vị báo cáo: Xã Kim Hỷ, huyện Na Rì, tỉnh Bắc Kạn")],
        [(0, -1, ILLUSTRATIVE)],
        [],
    ]
    names = ("ordinal", "item", "poor", "poor_rate_pct", "near_poor", "near_poor_rate_pct")
    columns = _columns(names, review.DEPRIVATION_COLUMNS)
    about = ("deprivations", "deprivations", "Thiếu hụt", title, columns, rows, "item")
    return Book([Sheet(*about)], [Filing("deprivations", "commune", "02146", YEAR, "Y")])


def fund_need() -> Book:
    """The funds that Bắc Hà needs for 2021–2025 (row 7), printed figures."""
    amounts = {"total": 194127, "budget": 7450, "credit": 186677}
    names = ("ordinal", "project", "total", "budget", "central", "local", "credit", "integrated",
             "other")  # fmt: skip
    cells = {"ordinal": Cell(1), "project": Cell("Toàn chương trình")}
    cells |= {name: money(Decimal(amount)) for name, amount in amounts.items()}
    title: list[list[Span]] = [*([(0, -1, text)] for text in needs.TITLES), []]
    headers = ("TT", "Nội dung", *needs.COLUMNS)
    columns = [Column(n, [h]) for n, h in zip(names, headers, strict=True)]
    rows = [Row("data", "Toàn chương trình", "whole", cells)]
    about = ("fund_need", "needs", "Nhu cầu kinh phí", title, columns, rows, "project")
    return Book([Sheet(*about)], [Filing("fund_need", "district", "085", 2021, "Y")])


def _district_title(lines: list[str]) -> list[list[Span]]:
    return [
        [(0, 1, "ỦY BAN NHÂN DÂN"), (3, -1, MOTTO[0])],
        [(0, 1, "HUYỆN NA RÌ"), (3, -1, MOTTO[1])],
        [(0, 1, "TỈNH BẮC KẠN")],
        [],
        *([(0, -1, text)] for text in lines),
        [],
    ]


def _columns(names: Sequence[str], header: Sequence[tuple[str, Sequence[str]]]) -> list[Column]:
    paths = [[text, below] for text, belows in header for below in belows or [""]]
    return [Column(n, [p for p in path if p]) for n, path in zip(names, paths, strict=True)]


ALL_BASES: dict[str, Callable[[], Book]] = {
    **BASES,
    "plan_results": plan_results,
    "rate_results": rate_results,
    "assignment": assignment,
    "review": review_result,
    "deprivations": deprivations,
    "fund_need": fund_need,
}

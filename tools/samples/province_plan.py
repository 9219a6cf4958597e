"""An invented provincial plan (số liệu minh hoạ): communes with 40 % poor households or more, the
list fixed at the start of the year or tested again at each report, which none of the five plans
states so that it could be held; and two shapes that are reported wherever the plans state them."""

from pathlib import Path

from tools.samples.facts import Row
from tools.samples.targets import Plan, draw_plan_targets

PLAN = Plan(
    "", "bac_kan_chi_tieu_ke_hoach_2025", "NĂM 2025", "Tỉnh Bắc Kạn",
    "Kế hoạch giảm nghèo năm 2025 của tỉnh, số liệu minh hoạ",
)  # fmt: skip
_COMMON = {
    "period_start": "2025",
    "period_end": "2025",
    "aspirational": "",
    "section": "II",
    "unit_scope": "all",
    "named_standard": "",
}
_POOREST = {
    "indicator": "poverty_rate_reduction", "indicator_vi": "Giảm tỷ lệ hộ nghèo",
    "target_kind": "reduction", "period_type": "year", "operator": ">=",
    "number_as_printed": "4,5", "unit": "percentage point",
    "denominator": "total households at start of year",
}  # fmt: skip
_POOREST_TEXT = "Các xã có tỷ lệ hộ nghèo từ 40% trở lên giảm từ 4,5% trở lên, theo "
STATEMENTS: tuple[Row, ...] = (
    _POOREST | {
        "sub_population": "communes >= 40% at the start",
        "text_as_printed": f"{_POOREST_TEXT}danh sách đầu năm 2025",
    },
    _POOREST | {
        "sub_population": "communes >= 40% at the date",
        "text_as_printed": f"{_POOREST_TEXT}tỷ lệ tại thời điểm báo cáo",
    },
    {
        "indicator": "poverty_budget_share_pct",
        "indicator_vi": "Tỷ trọng kinh phí giảm nghèo trong vốn đầu tư toàn xã hội",
        "target_kind": "share", "sub_population": "", "period_type": "standing",
        "operator": "between", "number_as_printed": "4 - 5", "unit": "%",
        "denominator": "total social investment",
        "text_as_printed": "Kinh phí giảm nghèo chiếm 4 - 5% vốn đầu tư toàn xã hội",
    },
    {
        "indicator": "enrol_age5_pct", "indicator_vi": "Tỷ lệ huy động trẻ 5 tuổi ra lớp",
        "target_kind": "coverage", "sub_population": "", "period_type": "each year",
        "operator": ">=", "number_as_printed": "99,5", "unit": "%", "denominator": "",
        "text_as_printed": "Huy động trẻ 5 tuổi ra lớp hằng năm đạt 99,5% trở lên",
    },
)  # fmt: skip


def draw_province_plan(folder: Path) -> None:
    """One workbook of four statements."""
    rows = [
        _COMMON | {"target_id": str(number)} | statement
        for number, statement in enumerate(STATEMENTS, start=1)
    ]
    draw_plan_targets(folder / f"{PLAN.file}.xlsx", PLAN, rows)

"""What is filed before anything happens to it. To add a base: a function here, a line in BASES.

A base is title lines, columns with their header path, rows of cells, and the filing it makes.
`counted`, `money` and `rate` give a cell its figure beside the number typed; printed figures are
those of samples/facts, all others are invented and say so in the title ("số liệu minh hoạ").
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from tests.corpus.model import Book, Cell, Column, Filing, Row, Sheet, Span
from tests.corpus.movement import movement
from tools.samples import facts, plans, report, targets
from tools.samples.figures import invent_reports
from tools.samples.inbox import NA_RI
from tools.samples.workbook import ILLUSTRATIVE

CENT = Decimal("0.01")
MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
SEEDS = facts.FACTS.parents[1] / "sql" / "seeds"
REGISTER = ("households", "poor_households", "poverty_rate_pct", "cut_households", "cut_pp",
            "rate_end_pct")  # fmt: skip
ITEMS = ("poverty", "near_poverty", "hi_card_poor", "hi_coverage", "clean_water",
         "hygienic_latrine", "jobs", "labour_export", "vocational", "housing", "credit",
         "telecom", "electricity", "legal_aid")  # fmt: skip
MONEY = ("allocated_central", "allocated_local", "allocated_total", "disbursed_central",
         "disbursed_local", "disbursed_total", "disbursed_pct")  # fmt: skip


def counted(number: int) -> Cell:
    """A count in a number cell."""
    return Cell(number, str(number), "#,##0")


def money(number: Decimal) -> Cell:
    """Million VND in a number cell, two decimals shown."""
    return Cell(number, str(number), "#,##0.00")


rate = money


def percent(part: int | Decimal, whole: int | Decimal) -> Decimal:
    """100 × part ÷ whole, half-up to two decimals, as a table prints it."""
    return (Decimal(100) * part / whole).quantize(CENT, ROUND_HALF_UP)


def register_row(kind: str, label: str, key: str, number: int | None, counts: Sequence[int]) -> Row:
    """A row of the target register from households, poor ones, and those to be cut."""
    households, poor, cut = counts
    figures = (
        *(counted(households), counted(poor), rate(percent(poor, households)), counted(cut)),
        *(rate(percent(cut, households)), rate(percent(poor - cut, households))),
    )
    cells = {"ordinal": Cell(number), "unit": Cell(label)}
    return Row(kind, label, key, cells | dict(zip(REGISTER, figures, strict=True)))


def register() -> Book:
    """Na Rì's target register for 2025 as printed: 17 communes and the total."""
    counts = ("households_start", "poor_households_start", "target_reduction_households")
    rows = [
        register_row(
            "total" if row["unit_type"] == facts.TOTAL_ROW else "data",
            row["name_as_printed"],
            row["nso_code_pre_2025_07"],
            int(row["tt"]) if row["tt"] else None,
            [int(row[name]) for name in counts],
        )
        for row in facts.register_rows()
    ]
    return _register(("HUYỆN NA RÌ", "TỈNH BẮC KẠN"), "066", rows, [])


def district_register(code: str) -> Book:
    """An invented target register of any district, for what only its units' names show."""
    with (SEEDS / "commune.csv").open(encoding="utf-8", newline="") as file:
        last = (row for row in csv.DictReader(file) if row["valid_to"] == "2025-07-01")
        units = [row for row in last if row["district_code"] == code]
    counts = [(400 + 37 * n, 60 + 11 * n, 5 + n) for n in range(len(units))]
    rows = [
        register_row(
            "data", f"{unit['unit_type'].capitalize()} {unit['name']}", unit["code"], n, figures
        )
        for n, (unit, figures) in enumerate(zip(units, counts, strict=True), start=1)
    ]
    totals = [sum(column) for column in zip(*counts, strict=True)]
    rows.append(register_row("total", "Tổng cộng", "", None, totals))
    return _register(_office(code), code, rows, [[(0, -1, ILLUSTRATIVE)]])


def _office(code: str) -> tuple[str, str]:
    names = {}
    for level in ("district", "province"):
        with (SEEDS / f"{level}.csv").open(encoding="utf-8", newline="") as file:
            first = (row for row in csv.DictReader(file) if row["valid_from"] == "2021-01-01")
            names |= {(level, row["code"]): row for row in first}
    district = names["district", code]
    province = names["province", district["province_code"]]
    return f"{district['unit_type']} {district['name']}".upper(), f"TỈNH {province['name'].upper()}"


def _register(office: tuple[str, str], code: str, rows: list[Row], more: list[list[Span]]) -> Book:
    title: list[list[Span]] = [
        [(0, 1, "ỦY BAN NHÂN DÂN"), (3, -1, MOTTO[0])],
        [(0, 1, office[0]), (3, -1, MOTTO[1])],
        [(0, 1, office[1])],
        [],
        [(0, -1, "MỤC TIÊU PHẤN ĐẤU GIẢM TỶ LỆ HỘ NGHÈO NĂM 2025")],
        *(more or [[(0, -1, f"(Kèm theo {plans.PLAN_REFERENCE})")]]),
        [],
        [],
    ]
    columns = _columns(("ordinal", "unit", *REGISTER), plans.REGISTER_COLUMNS)
    sheet = Sheet(
        "target_register", "register", "Biểu mục tiêu", title, columns, rows, key_column="unit"
    )
    return Book([sheet], [Filing("target_register", "district", code, 2025, "Y")])


def _columns(names: Sequence[str], header: Sequence[tuple[str, Sequence[str]]]) -> list[Column]:
    """Columns of a header written as (text, the texts below it)."""
    paths = [[text, below] for text, belows in header for below in belows or [""]]
    return [
        Column(name, [part for part in path if part])
        for name, path in zip(names, paths, strict=True)
    ]


def fund_plan() -> Book:
    """Na Rì's fund plan for 2025 as printed: nine lines, no total row."""
    rows = []
    for number, line in enumerate(facts.fund_rows(), start=1):
        amounts = [money(Decimal(row["amount_million_vnd"])) for row in line]
        cells = {"ordinal": Cell(number), "project": Cell(facts.fund_label(line[0]))}
        cells |= dict(zip(("total", "central", "local"), amounts, strict=True))
        rows.append(Row("data", line[0]["code"], line[0]["code"], cells))
    title: list[list[Span]] = [
        [(0, -1, "KẾ HOẠCH VỐN THỰC HIỆN CHƯƠNG TRÌNH MỤC TIÊU QUỐC GIA GIẢM NGHÈO BỀN VỮNG "
                 "NĂM 2025")],
        [(0, -1, plans.DISTRICT)],
        [(0, -1, "Đơn vị tính: triệu đồng")],
        [],
    ]  # fmt: skip
    columns = _columns(("ordinal", "project", "total", "central", "local"), plans.FUND_COLUMNS)
    sheet = Sheet("fund_plan", "funds", "Kế hoạch vốn", title, columns, rows, key_column="project")
    return Book([sheet], [Filing("fund_plan", "district", "066", 2025, "Y")])


TARGET_UNITS = {"household": "household", "percentage point": "pp", "%": "pct", "model": "model",
                "percentage point per year": "pp_per_year", "person": "person",
                "commune": "commune"}  # fmt: skip
TARGETS = ("ordinal", "indicator", "label", "operator", "value", "value_high", "unit",
           "text_as_printed", "section")  # fmt: skip


def plan_targets() -> Book:
    """The 19 targets of Na Rì's plan for 2025, with the text as printed, as a list of one-year
    targets without the columns that say their shape."""
    rows = []
    for number, row in enumerate(facts.target_rows(), start=1):
        code, text = row["indicator"], row["text_as_printed"]
        cells = (
            *(Cell(number, str(number)), Cell(code, code), Cell(row["indicator_vi"])),
            Cell(targets.CONDITIONS[row["operator"]], row["operator"]),
            Cell(Decimal(row["value"]), row["value"]),
            *(Cell(), Cell(targets.UNITS[row["unit"]], TARGET_UNITS[row["unit"]])),
            *(Cell(text, text), Cell(row["section"], row["section"])),
        )
        rows.append(Row("data", code, code, dict(zip(TARGETS, cells, strict=True))))
    title: list[list[Span]] = [
        [(0, -1, "DANH MỤC CHỈ TIÊU KẾ HOẠCH GIẢM NGHÈO NĂM 2025")],
        [(0, -1, plans.DISTRICT)],
        [(0, -1, f"(Kèm theo {plans.PLAN_REFERENCE})")],
        [],
    ]
    columns = [Column(n, [h]) for n, h in zip(TARGETS, targets.COLUMNS, strict=False)]
    sheet = Sheet(
        *("plan_targets", "targets", "Chỉ tiêu kế hoạch", title, columns, rows),
        key_column="indicator",
    )
    return Book([sheet], [Filing("plan_targets", "district", "066", 2025, "Y")])


@cache
def _reports() -> dict[str, tuple[str, report.CommuneReport]]:
    starts = facts.commune_starts()
    made = invent_reports(NA_RI, starts, facts.plan_lines())
    return {r.unit: (start.code, r) for start, r in zip(starts, made, strict=True)}


def commune_report(unit: str = "Xã Kim Hỷ") -> Book:
    """A commune's half-year report 2025, two sheets, invented figures."""
    code, made = _reports()[unit]
    sheets = [_indicators(made), _funds(made)]
    return Book(sheets, [Filing("commune_report", "commune", code, 2025, "H1")])


def _indicators(made: report.CommuneReport) -> Sheet:
    rows = []
    for n, (item, (label, unit), count) in enumerate(
        zip(ITEMS, report.INDICATORS, made.counts, strict=True), start=1
    ):
        cells = {"ordinal": Cell(n), "item": Cell(label), "unit": Cell(unit)}
        cells["numerator"] = counted(count.reached)
        if count.total is not None:
            cells["denominator"] = counted(count.total)
            cells["rate_pct"] = rate(percent(count.reached, count.total))
        rows.append(Row("data", item, item, cells))
    names = ("ordinal", "item", "unit", "numerator", "denominator", "rate_pct", "note")
    columns = [Column(n, [h]) for n, h in zip(names, report.INDICATOR_COLUMNS, strict=True)]
    title = _report_title(made, "BÁO CÁO KẾT QUẢ CÔNG TÁC GIẢM NGHÈO 6 THÁNG ĐẦU NĂM", [])
    return Sheet(
        *("commune_report", "indicators", "Chỉ tiêu", title, columns, rows), key_column="item"
    )


def _funds(made: report.CommuneReport) -> Sheet:
    rows = []
    codes = [line.code for line in facts.plan_lines()]
    for n, (code, line) in enumerate(zip(codes, made.funds, strict=True), start=1):
        cells = {"ordinal": Cell(n), "project": Cell(line.label)}
        rows.append(Row("data", code, code, cells | _amounts(line.money)))
    total = sum((line.money for line in made.funds if line.money), report.Money(0, 0, 0, 0))
    cells = {"ordinal": Cell(), "project": Cell("Tổng cộng")}
    rows.append(Row("total", "Tổng cộng", "", cells | _amounts(total)))
    columns = _columns(("ordinal", "project", *MONEY), report.FUND_COLUMNS)
    unit: list[list[Span]] = [[(0, -1, "Đơn vị tính: triệu đồng")]]
    title = _report_title(made, "TÌNH HÌNH PHÂN BỔ, GIẢI NGÂN KINH PHÍ 6 THÁNG ĐẦU NĂM", unit)
    return Sheet(
        *("commune_report", "funds", "Kinh phí", title, columns, rows), key_column="project"
    )


def _report_title(
    made: report.CommuneReport, title: str, more: list[list[Span]]
) -> list[list[Span]]:
    reporter = f"Đơn vị báo cáo: {made.unit}, {made.district}, {made.province}"
    return [
        [(0, 1, "ỦY BAN NHÂN DÂN"), (3, -1, MOTTO[0])],
        [(0, 1, made.unit.upper()), (3, -1, MOTTO[1])],
        [],
        [(0, -1, f"{title} {made.year}")],
        [(0, -1, reporter)],
        *more,
        [(0, -1, ILLUSTRATIVE)],
        [],
    ]


def _amounts(amounts: report.Money | None) -> dict[str, Cell]:
    if amounts is None:
        return {}
    allocated = (amounts.allocated_central, amounts.allocated_local)
    disbursed = (amounts.disbursed_central, amounts.disbursed_local)
    cents = (*allocated, sum(allocated), *disbursed, sum(disbursed))
    cells = [money(cent * CENT) for cent in cents]
    cells.append(rate(percent(sum(disbursed), sum(allocated))))
    return dict(zip(MONEY, cells, strict=True))


BASES: dict[str, Callable[[], Book]] = {
    "register": register,
    "register of Ba Tơ": lambda: district_register("535"),
    "register of Mường Tè": lambda: district_register("107"),
    "register of Đồng Hỷ": lambda: district_register("169"),
    "register of Bắc Hà": lambda: district_register("085"),
    "register of the city of Bắc Kạn": lambda: district_register("058"),
    "fund_plan": fund_plan,
    "plan_targets": plan_targets,
    "movement": movement,
    "commune_report": commune_report,
    "commune_report of Yến Lạc": lambda: commune_report("Thị trấn Yến Lạc"),
    "commune_report of Liêm Thủy": lambda: commune_report("Xã Liêm Thủy"),
}

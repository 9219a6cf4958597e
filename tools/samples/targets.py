"""The lists of plan targets, one workbook a plan: every statement of its text, as printed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tools.samples.facts import Row
from tools.samples.workbook import (
    Cell,
    Target,
    open_workbook,
    write_header_row,
    write_rows,
    write_titles,
)

COLUMNS = (
    "TT",
    "Mã chỉ tiêu",
    "Chỉ tiêu",
    "Điều kiện",
    "Giá trị",
    "Giá trị đến",
    "Đơn vị tính",
    "Nguyên văn",
    "Mục",
    "Loại chỉ tiêu",
    "Kỳ áp dụng",
    "Từ năm",
    "Đến năm",
    "Đối tượng",
    "Mẫu số",
    "Tổng số",
    "Phấn đấu",
    "Trong đó của (TT)",
    "Cặp với (TT)",
    "Văn bản",
    "Loại đơn vị",
    "Chuẩn nghèo",
    "Cách nêu số",
)
CONDITIONS = {
    ">=": "từ ... trở lên",
    ">": "trên",
    "=": "bằng",
    "~": "khoảng",
    "<=": "không quá",
    "<": "dưới",
    "between": "trong khoảng",
    "none": "chỉ nêu bằng lời",
}
UNITS = {
    "household": "hộ",
    "percentage point": "điểm %",
    "percentage point per year": "điểm %/năm",
    "%": "%",
    "% of communes": "%",
    "person": "người",
    "model": "mô hình",
    "commune": "xã",
    "commune of 18": "xã",
    "unit of 19": "xã, thị trấn",
    "person per commune per year": "người/xã/năm",
    "million VND per ha": "triệu đồng/ha",
    "tonne": "tấn",
    "ha": "ha",
    "product": "sản phẩm",
    "visit": "lượt khách",
    "room": "phòng",
    "work": "công trình",
    "computer": "máy tính",
    "site": "điểm",
    "latrine": "nhà tiêu",
    "house": "nhà",
    "": None,
}
KINDS = {
    "level": "mức đạt",
    "reduction": "mức giảm",
    "count": "số lượng",
    "coverage": "tỷ lệ bao phủ",
    "share of units": "tỷ lệ số xã",
    "N of M": "số đơn vị trên tổng số",
    "per-unit minimum": "tối thiểu mỗi đơn vị",
    "per-unit average": "bình quân mỗi đơn vị",
    "share": "tỷ trọng",
}
PERIODS = {
    "year": "trong năm",
    "annual rate": "mức của một năm",
    "annual average": "bình quân năm",
    "by end of": "đến hết năm",
    "standing": "thường xuyên",
    "cumulative over period": "cộng dồn cả giai đoạn",
    "each year": "hằng năm",
    "unstated": "không nêu",
}
_WORKERS = "lao động thuộc hộ nghèo, hộ cận nghèo, hộ mới thoát nghèo"
_LOW_INCOME = f"{_WORKERS}, lao động có thu nhập thấp có nhu cầu"
POPULATIONS = {
    "": None,
    "ethnic minority households": "hộ dân tộc thiểu số",
    "poor + near-poor households": "hộ nghèo, hộ cận nghèo",
    "poor + near-poor households WITH demand": "hộ nghèo, hộ cận nghèo có nhu cầu",
    "poor + near-poor + newly-escaped households": "hộ nghèo, hộ cận nghèo, hộ mới thoát nghèo",
    "poor persons": "người nghèo",
    "poor persons WITH demand": "người nghèo có nhu cầu",
    "persons in poor + near-poor households": "người thuộc hộ nghèo, hộ cận nghèo",
    "children in poor + near-poor households": "trẻ em thuộc hộ nghèo, hộ cận nghèo",
    "persons with state-paid health insurance": "đối tượng được ngân sách nhà nước đóng BHYT",
    "able to work AND with demand AND in poor household":
        "người có khả năng lao động, có nhu cầu thuộc hộ nghèo",
    "working-age workers in poor + near-poor households WITH demand":
        "lao động trong độ tuổi thuộc hộ nghèo, hộ cận nghèo có nhu cầu",
    "workers in poor/near-poor/newly-escaped households": _WORKERS,
    "workers in poor/near-poor/newly-escaped households WITH demand": f"{_WORKERS} có nhu cầu",
    "workers in poor/near-poor/newly-escaped households + low-income workers WITH demand":
        _LOW_INCOME,
    "workers in poor/near-poor/ethnic minority households":
        "lao động thuộc hộ nghèo, hộ cận nghèo, hộ dân tộc thiểu số",
    "poor + near-poor + ethnic minority households":
        "hộ nghèo, hộ cận nghèo, hộ dân tộc thiểu số",
    "grassroots organisations of the Front/mass organisations":
        "tổ chức cơ sở của Mặt trận, đoàn thể",
    "all households": "hộ dân",
    "rural households": "hộ dân cư nông thôn",
    "whole population": "dân số",
    "poverty-reduction staff": "cán bộ làm công tác giảm nghèo",
    "communes/townships": "xã, thị trấn",
    "age 15-60": "người từ 15-60 tuổi",
    "age 15-35": "người từ 15-35 tuổi",
    "children under 5": "trẻ em dưới 5 tuổi",
    "communes with poverty rate >= 40% (list fixed by NQ 20-NQ/TU 24/5/2019)":
        "các xã có tỷ lệ hộ nghèo từ 40% trở lên theo Nghị quyết số 20-NQ/TU ngày 24/5/2019",
    "communes >= 40% at the start": "các xã có tỷ lệ hộ nghèo từ 40% trở lên đầu kỳ",
    "communes >= 40% at the date": "các xã có tỷ lệ hộ nghèo từ 40% trở lên tại thời điểm báo cáo",
}  # fmt: skip
WHOLES = {
    "": None,
    "total households at start of year": "tổng số hộ đầu năm",
    "those with demand": "số có nhu cầu",
    "those": "số người đó",
    "poor persons": "người nghèo",
    "poor + near-poor households": "hộ nghèo, hộ cận nghèo",
    "all households": "tổng số hộ",
    "population": "dân số",
    "capital allocation plan": "kế hoạch phân bổ vốn",
    "13 communes/townships (count not printed)": "13 xã, thị trấn (văn bản không ghi số)",
    "18 communes": "18 xã",
    "18 communes -> at least 14": "18 xã, tức ít nhất 14 xã",
    "19": "19 xã, thị trấn",
    "each commune": "mỗi xã",
    "each grassroots organisation of the Front/mass organisations":
        "mỗi tổ chức cơ sở của Mặt trận, đoàn thể",
    "total social investment": "vốn đầu tư toàn xã hội",
}  # fmt: skip
SCOPES = {"all": None, "commune": "xã", "township": "thị trấn"}
COMPONENTS = {  # "trong đó": the statement that each is a part of
    "NR-007": "NR-006",
    "BH-003": "BH-001",
    "BH-010": "BH-009",
    "BH-035": "BH-034",
    "BH-037": "BH-036",
    "BH-051": "BH-050",
}
PAIRS = {"NR-001": "NR-002", "BH-024": "BH-025"}  # "tương đương 361 hộ", "(16 phòng)"
SPELLED = {"BH-066": "100", "BH-067": "19"}  # "mỗi tổ chức", "còn lại": of every one, all 19


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan in the facts (`seed`), its workbook, and what stands above its list.

    `years` is its time as in the title; `document` what the plan is called.
    """

    seed: str
    file: str
    years: str
    unit: str
    document: str


PLANS = (
    Plan(
        "000_a74dd7f6035ee225.txt", "na_ri_chi_tieu_ke_hoach_2025", "NĂM 2025",
        "Huyện Na Rì, tỉnh Bắc Kạn", "Kế hoạch số 29/KH-UBND ngày 13/02/2025",
    ),
    Plan(
        "001_7c0e5fdb732c3415.txt", "lap_vo_chi_tieu_ke_hoach_2024", "NĂM 2024",
        "Huyện Lấp Vò, tỉnh Đồng Tháp",
        "Kế hoạch giảm nghèo bền vững năm 2024, bản chưa ghi số, ngày",
    ),
    Plan(
        "002_bd045705af8ce7bb.txt", "quynh_nhai_chi_tieu_ke_hoach_2022_2030",
        "GIAI ĐOẠN 2022 - 2030", "Huyện Quỳnh Nhai, tỉnh Sơn La",
        "Kế hoạch giảm nghèo bền vững đến năm 2030, bản chưa ghi số, ngày",
    ),
    Plan(
        "003_0e5c6d85572200c5.txt", "ba_to_chi_tieu_ke_hoach_2025", "NĂM 2025",
        "Thị trấn Ba Tơ, huyện Ba Tơ, tỉnh Quảng Ngãi",
        "Kế hoạch giảm nghèo bền vững năm 2025, bản chưa ghi số, ngày",
    ),
    Plan(
        "004_6a73711e2256d6ba.txt", "bac_ha_chi_tieu_ke_hoach_2021_2025",
        "GIAI ĐOẠN 2021–2025", "Huyện Bắc Hà, tỉnh Lào Cai",
        "Kế hoạch giảm nghèo bền vững giai đoạn 2021-2025, bản chưa ghi số, ngày",
    ),
)  # fmt: skip


def draw_plan_targets(target: Target, plan: Plan, rows: Sequence[Row]) -> None:
    """The list of a plan's targets, one row per statement, values as printed text."""
    workbook, styles = open_workbook(target)
    sheet = workbook.add_worksheet("Chỉ tiêu kế hoạch")
    sheet.set_column(1, 2, 36)
    titles = (
        f"DANH MỤC CHỈ TIÊU KẾ HOẠCH GIẢM NGHÈO {plan.years}",
        plan.unit,
        f"(Kèm theo {plan.document})",
    )
    write_titles(sheet, styles, 0, titles, 8)
    write_header_row(sheet, styles, 4, COLUMNS)
    numbers = {row["target_id"]: number for number, row in enumerate(rows, start=1)}
    write_rows(sheet, styles, 5, [_cells(plan, row, numbers) for row in rows])
    workbook.close()


def _cells(plan: Plan, row: Row, numbers: dict[str, int]) -> list[Cell]:
    low, high, total = _printed(row)
    words_only = row["operator"] == "none"
    return [
        numbers[row["target_id"]],
        row["indicator"],
        row["indicator_vi"],
        *(CONDITIONS[row["operator"]], low, high, UNITS[row["unit"]]),
        *(row["text_as_printed"], row["section"]),
        CONDITIONS["none"] if words_only else KINDS[row["target_kind"]],
        *(PERIODS[row["period_type"]], row["period_start"], row["period_end"]),
        *(POPULATIONS[row["sub_population"]], WHOLES[row["denominator"]], total),
        re.split(r"[; ]*\"|;", row["aspirational"])[0] or None,
        *(_number(links, row, numbers) for links in (COMPONENTS, _both_ways(PAIRS))),
        plan.document,
        SCOPES[row["unit_scope"]],
        row["named_standard"] or None,
        "suy ra từ câu chữ" if row["target_id"] in SPELLED else None,
    ]


def _printed(row: Row) -> tuple[str | None, str | None, str | None]:
    """Value, upper value and total as printed: "0,2; 0,5", "20 - 30", "12/19", "03" (of 18)."""
    printed = row["number_as_printed"] or SPELLED.get(row["target_id"])
    if printed is None:
        return None, None, None
    if row["operator"] == "between":
        low, high = re.split(r"\s*[;-]\s*", printed)
        return low, high, None
    if row["target_kind"] == "N of M":
        return printed.partition("/")[0], None, row["unit"].rpartition(" ")[2]
    return printed, None, None


def _both_ways(pairs: dict[str, str]) -> dict[str, str]:
    return pairs | {second: first for first, second in pairs.items()}


def _number(links: dict[str, str], row: Row, numbers: dict[str, int]) -> str | None:
    other = links.get(row["target_id"])
    return str(numbers[other]) if other else None

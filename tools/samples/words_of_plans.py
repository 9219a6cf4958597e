"""What the five plans say in words: who is responsible for what, and what is to be reported, by
whom, to whom and how often. One workbook a plan, with a sheet for each."""

from collections.abc import Iterator, Sequence

from tools.samples.facts import Row, target_rows, word_rows
from tools.samples.targets import Plan
from tools.samples.workbook import (
    Cell,
    Target,
    open_workbook,
    write_header_row,
    write_rows,
    write_titles,
)

ROLES = {
    "lead": "chủ trì",
    "works_with": "phối hợp",
    "owns_investment": "chủ đầu tư",
    "carries_out": "thực hiện",
}
KINDS = {
    "report": "báo cáo",
    "plan": "kế hoạch",
    "review": "rà soát",
    "evaluation": "sơ kết, tổng kết",
    "inspection": "kiểm tra, giám sát",
    "meeting": "họp",
    "limit": "điều kiện hỗ trợ",
}
FREQUENCIES = {
    "": None,
    "once": "một lần",
    "quarterly": "hằng quý",
    "half_yearly": "6 tháng",
    "yearly": "hằng năm",
    "on_occasion": "đột xuất",
    "regularly": "định kỳ",
    "as_prescribed": "theo quy định",
    "unstated": "không nêu",
}
PROJECTS = {"whole_programme": "Toàn chương trình"}
RESPONSIBILITIES = (
    *("TT", "Cơ quan, đơn vị", "Vai trò", "Mã dự án", "Mã chỉ tiêu", "Nội dung, nhiệm vụ"),
    *("Nguyên văn", "Mục", "Văn bản"),
)
DUTIES = (
    *("TT", "Loại", "Cơ quan, đơn vị", "Gửi đến", "Nội dung", "Định kỳ", "Thời hạn"),
    *("Mã dự án", "Biểu theo dõi", "Nguyên văn", "Mục", "Văn bản"),
)


def file_name(plan: Plan) -> str:
    """The workbook's name without its ending: na_ri_phan_cong_va_bao_cao_2025."""
    return plan.file.replace("chi_tieu_ke_hoach", "phan_cong_va_bao_cao")


def draw_words(target: Target, plan: Plan) -> None:
    """The workbook of one plan."""
    workbook, styles = open_workbook(target)
    duties = word_rows("plan_duties", plan.seed)
    for name, title, header, rows in (
        ("Phân công", "PHÂN CÔNG NHIỆM VỤ THỰC HIỆN KẾ HOẠCH GIẢM NGHÈO", RESPONSIBILITIES,
         list(_responsibilities(plan))),
        ("Báo cáo", "CHẾ ĐỘ BÁO CÁO VÀ ĐIỀU KIỆN HỖ TRỢ THEO KẾ HOẠCH GIẢM NGHÈO", DUTIES,
         [_duty(plan, row) for row in duties]),
    ):  # fmt: skip
        sheet = workbook.add_worksheet(name)
        sheet.set_column(1, len(header) - 1, 30)
        titles = (f"{title} {plan.years}", plan.unit, f"(Theo {plan.document})")
        write_titles(sheet, styles, 0, titles, len(header) - 1)
        write_header_row(sheet, styles, 4, header)
        write_rows(sheet, styles, 5, _numbered(rows))
    workbook.close()


def _numbered(rows: Sequence[Sequence[Cell]]) -> list[list[Cell]]:
    return [[number, *row] for number, row in enumerate(rows, start=1)]


def _responsibilities(plan: Plan) -> Iterator[list[Cell]]:
    """One row a project and target of each assignment; one row where it has neither."""
    targets = {row["target_id"]: row["indicator"] for row in target_rows(plan.seed)}
    for row in word_rows("plan_responsibilities", plan.seed):
        numbers = filter(None, row["targets"].split(";"))
        indicators = dict.fromkeys(targets[number] for number in numbers)
        about: list[tuple[str | None, str | None]] = [
            *((PROJECTS.get(one, one), None) for one in row["projects"].split(";") if one),
            *((None, code) for code in indicators),
        ]
        for project, indicator in about or [(None, None)]:
            yield [
                *(row["agency_as_printed"], ROLES[row["role"]], project, indicator, row["task"]),
                *(row["text_as_printed"], row["section"], plan.document),
            ]


def _duty(plan: Plan, row: Row) -> list[Cell]:
    cells: list[Cell] = [
        *(KINDS[row["kind"]], row["agency_as_printed"], row["to_whom"], row["task"]),
        *(FREQUENCIES[row["frequency"]], row["before_as_printed"], row["project"]),
        *(row["tracked_by"], row["text_as_printed"], row["section"], plan.document),
    ]
    return [cell or None for cell in cells]

"""The workbooks of samples/bieu_rieng/inbox: forms that a province has of its own, filed by one
district for 2024. Every figure and every document is an illustration.

Run: python -m tools.draw_own_forms
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby
from pathlib import Path

import xlsxwriter
import yaml
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from etl.ground.config import FORMS_DIR, ROOT, SEEDS_DIR

INBOX = ROOT / "samples" / "bieu_rieng" / "inbox"
DISTRICT = "066"
PLACE = "Đơn vị báo cáo: Huyện Na Rì, tỉnh Bắc Kạn"
_FIRST_ROW = 4
_DOCUMENTS = (
    (1, "12/KH-UBND", date(2024, 1, 15), "Kế hoạch", "Kế hoạch giảm nghèo bền vững năm 2024"),
    (2, "205/QĐ-UBND", "4/3/2024", "Quyết định", "Giao chỉ tiêu giảm nghèo cho các xã, thị trấn"),
    (3, "318/UBND-LĐ", "ngày 05 tháng 6 năm 2024", "Công văn", "Rà soát hộ nghèo giữa năm"),
    (4, "41/BC-UBND", "30.11.2024", "Báo cáo", "Kết quả rà soát hộ nghèo, hộ cận nghèo năm 2024"),
)
CAUSES = (
    "Không có đất sản xuất", "Không có vốn sản xuất, kinh doanh", "Không có lao động",
    "Không có công cụ, phương tiện sản xuất", "Không có kiến thức về sản xuất",
    "Không có kỹ năng lao động, sản xuất", "Có người ốm đau, bệnh nặng, tai nạn",
    "Nguyên nhân khác",
)  # fmt: skip
_GROUPS = {
    "DA3-TDA1": "Dự án 3: Hỗ trợ phát triển sản xuất, cải thiện dinh dưỡng",
    "DA4-TDA1": "Dự án 4: Phát triển giáo dục nghề nghiệp, việc làm bền vững",
    "DA6-TDA1": "Dự án 6: Truyền thông và giảm nghèo về thông tin",
    "DA7-TDA1": "Dự án 7: Nâng cao năng lực và giám sát, đánh giá Chương trình",
}
# since 1 January, to the end of May and of June: capital and local of DA1 in billion VND, then how
# many million of central and of local funds each further project spent of its 100 and its 10
_SPENT = {5: ("1.2", "0.004", 40, 5), 6: ("1.5", "0.005", 50, 6)}
_CENTRAL = "Ngân sách trung ương"
_BY_SOURCE = (("Tổng số",), (_CENTRAL, "Vốn đầu tư"), (_CENTRAL, "Vốn sự nghiệp"),
              ("Ngân sách địa phương",))  # fmt: skip
Header = Sequence[Sequence[str]]
Rows = Iterable[Sequence[object]]


def _communes() -> list[str]:
    """The names of the district's communes at the end of 2024, by code."""
    with (SEEDS_DIR / "commune.csv").open(encoding="utf-8", newline="") as handle:
        rows = [row for row in csv.DictReader(handle) if row["district_code"] == DISTRICT]
    rows = [row for row in rows if row["valid_from"] <= "2024-12-31" < row["valid_to"]]
    named = sorted(rows, key=lambda row: row["code"])
    return [f"{row['unit_type'].capitalize()} {row['name']}" for row in named]


def _pct(part: Decimal, whole: Decimal) -> float:
    return float((100 * part / whole).quantize(Decimal("0.01"), ROUND_HALF_UP))


def _causes() -> tuple[Header, Rows]:
    """The number of the commune decides: 30 and ten times it are poor, 10 and it have no land."""
    figures = [
        [30 + 10 * n, 10 + n, 20 + n, 5, n, 8, 12, 4, 1] for n, _name in enumerate(_communes(), 1)
    ]
    figures.append([sum(column) for column in zip(*figures, strict=True)])
    shares = [[_pct(Decimal(row[at]), Decimal(row[0])) for at in (1, 2, 3)] for row in figures]
    header = [("TT",), ("Xã, thị trấn",), ("Tổng số hộ nghèo",)]
    header += [("Số hộ theo nguyên nhân", cause) for cause in CAUSES]
    header += [("Tỷ lệ so với tổng số hộ nghèo", cause) for cause in CAUSES[:3]]
    return header, _named(counts + own for counts, own in zip(figures, shares, strict=True))


def _near_poor() -> tuple[Header, Rows]:
    """40 and the commune's number at the start; 6 escape, one is back, two or three are new."""
    figures = []
    for n, _name in enumerate(_communes(), 1):
        new = 2 + n % 2
        figures.append([40 + n, 6, 1, new, 40 + n - 6 + 1 + new])
    figures.append([sum(column) for column in zip(*figures, strict=True)])
    within = "Diễn biến hộ cận nghèo trong năm"
    header = [("TT",), ("Xã, thị trấn",), ("Số hộ cận nghèo đầu năm",),
              (within, "Số hộ thoát cận nghèo"), (within, "Số hộ tái cận nghèo"),
              (within, "Số hộ cận nghèo phát sinh"), ("Số hộ cận nghèo cuối năm",)]  # fmt: skip
    return header, _named(figures)


def _named(figures: Iterable[list[float]]) -> list[list[object]]:
    """Rows of the communes by name, the last one their total."""
    names = [*enumerate(_communes(), 1), ("", "Tổng cộng")]
    return [[no, name, *row] for (no, name), row in zip(names, figures, strict=True)]


def _disbursed(month: int) -> tuple[Header, Rows]:
    """Projects as they are labelled, a subtotal above each group; the first is in billion VND."""
    projects = yaml.safe_load((FORMS_DIR / "lists" / "projects.yaml").read_text(encoding="utf-8"))
    capital, local, central, own = _SPENT[month]
    amounts = {}
    for k, project in enumerate(projects, 1):
        plan = [Decimal(0), Decimal(100 * k), Decimal(10 * k)]
        spent = [Decimal(0), Decimal(central * k), Decimal(own * k)]
        if k == 1:
            plan = [Decimal("2.5"), Decimal(0), Decimal("0.01")]
            spent = [Decimal(capital), Decimal(0), Decimal(local)]
        amounts[project] = [sum(plan), *plan, sum(spent), *spent]
    rows: list[list[object]] = []
    whole = [Decimal(0)] * 8
    for k, (project, row) in enumerate(amounts.items(), 1):
        if project in _GROUPS:
            inside = [of for name, of in amounts.items() if name[:3] == project[:3]]
            sums = [sum(column) for column in zip(*inside, strict=True)]
            rows.append(_line("", _GROUPS[project], "", sums))
        unit = "tỷ đồng" if k == 1 else "triệu đồng"
        rows.append(_line(k, projects[project]["labels"][0], unit, row))
        times = 1000 if k == 1 else 1
        whole = [done + times * each for done, each in zip(whole, row, strict=True)]
    rows.append(_line("", "Tổng cộng", "triệu đồng", whole))
    header = [("TT",), ("Dự án, tiểu dự án",), ("ĐVT",)]
    header += [("Kế hoạch vốn năm 2024", *path) for path in _BY_SOURCE]
    header += [("Lũy kế giải ngân", *path) for path in _BY_SOURCE]
    return [*header, ("Tỷ lệ giải ngân",)], rows


def _line(no: object, name: str, unit: str, row: Sequence[Decimal]) -> list[object]:
    return [no, name, unit, *map(float, row), _pct(row[4], row[0])]


def _write(folder: Path, name: str, title: str, header: Header, rows: Rows) -> None:
    """One workbook of one sheet."""
    with xlsxwriter.Workbook(folder / f"{name}.xlsx") as book:
        book.set_properties({"created": datetime(2025, 1, 6)})
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet = book.add_worksheet("Biểu")
        sheet.set_column(1, 1, 34)
        for r, line in enumerate((title, PLACE, "(Số liệu minh hoạ)")):
            sheet.write_string(r, 0, line)
        below = _header(sheet, header, book.add_format({"bold": True, "text_wrap": True}))
        for r, row in enumerate(rows, start=below):
            for c, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(r, c, datetime(cell.year, cell.month, cell.day), day)
                else:
                    sheet.write(r, c, cell)


def _header(sheet: Worksheet, header: Header, style: Format) -> int:
    """The headers below their headings, as merged cells; the first row below them."""
    height = max(map(len, header))
    for level in range(height):
        runs = groupby(enumerate(header), key=lambda each: tuple(each[1][: level + 1]))
        for path, run in runs:
            places = [place for place, _path in run]
            if len(path) <= level:
                continue
            is_leaf = all(len(header[place]) == level + 1 for place in places)
            last = height - 1 if is_leaf else level
            area = (_FIRST_ROW + level, places[0], _FIRST_ROW + last, places[-1])
            if area[:2] == area[2:]:
                sheet.write_string(*area[:2], path[-1], style)
            else:
                sheet.merge_range(*area, path[-1], style)
    return _FIRST_ROW + height


def draw(folder: Path = INBOX) -> None:
    """Write the workbooks."""
    folder.mkdir(parents=True, exist_ok=True)
    documents = [(word,) for word in ("TT", "Số, ký hiệu", "Ngày ban hành", "Loại văn bản",
                                      "Trích yếu")]  # fmt: skip
    _write(folder, "na_ri_van_ban_2024", "DANH MỤC VĂN BẢN CHỈ ĐẠO GIẢM NGHÈO NĂM 2024",
           documents, _DOCUMENTS)  # fmt: skip
    _write(folder, "na_ri_nguyen_nhan_ngheo_2024",
           "PHÂN TÍCH HỘ NGHÈO THEO CÁC NGUYÊN NHÂN NGHÈO NĂM 2024", *_causes())  # fmt: skip
    _write(folder, "na_ri_dien_bien_can_ngheo_2024",
           "BIỂU DIỄN BIẾN HỘ CẬN NGHÈO TRONG NĂM 2024", *_near_poor())  # fmt: skip
    for month in _SPENT:
        _write(folder, f"na_ri_giai_ngan_2024_{month:02}",
               f"BÁO CÁO GIẢI NGÂN VỐN GIẢM NGHÈO THÁNG {month} NĂM 2024",
               *_disbursed(month))  # fmt: skip


if __name__ == "__main__":
    draw()

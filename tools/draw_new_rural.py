"""The workbooks of samples/nong_thon_moi/inbox: a second programme of an invented plan, for the
communes of one district in 2024. Every figure is an illustration.

Run: python -m tools.draw_new_rural
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import xlsxwriter

from etl.ground.config import ROOT, SEEDS_DIR

INBOX = ROOT / "samples" / "nong_thon_moi" / "inbox"
DISTRICT = "406"
_PLACE = ("Huyện Quảng Xương, tỉnh Thanh Hóa", "(Số liệu minh hoạ)")
# criteria at the start and at the end of the year, recognised at the start and at the end
_REACHED = (
    *[(19, 19, 1, 1)] * 14, *[(16, 19, 0, 1)] * 3,
    *((end - 2, end, 0, 0) for end in (12, 11, 10, 9, 8, 8, 7, 6)),
)  # fmt: skip
_FUNDS = (  # million VND: planned, then disbursed; central, local, people's contributions
    ("Hạ tầng kinh tế - xã hội nông thôn", 12000, 6000, 2500.5, 10500, 5400, 2600.25),
    ("Phát triển sản xuất, sản phẩm OCOP", 3000, 1500, 800.25, 2700, 1200, 700),
    ("Môi trường và cảnh quan nông thôn", 1000, 500, 300, 900.5, 500, 280.75),
)
_TARGETS = (
    (1, "ntm_communes", "ít nhất", 18, 25, "xã", "số xã trên tổng số xã",
     "Ít nhất 18/25 xã đạt chuẩn nông thôn mới"),
    (2, "ntm_criteria_per_commune", "ít nhất", 15, None, "tiêu chí/xã", "bình quân mỗi xã",
     "Bình quân mỗi xã đạt ít nhất 15 tiêu chí"),
)  # fmt: skip


def _communes() -> tuple[list[str], list[str]]:
    """The names of the district's xã and of its townships at the end of 2024, by code."""
    with (SEEDS_DIR / "commune.csv").open(encoding="utf-8", newline="") as handle:
        rows = [row for row in csv.DictReader(handle) if row["district_code"] == DISTRICT]
    rows = [row for row in rows if row["valid_from"] <= "2024-12-31" < row["valid_to"]]
    names = [(row["unit_type"], row["name"]) for row in sorted(rows, key=lambda row: row["code"])]
    told = {kind: [f"{kind.capitalize()} {name}" for of, name in names if of == kind]
            for kind in ("xã", "thị trấn")}  # fmt: skip
    return told["xã"], told["thị trấn"]


def _write(folder: Path, name: str, title: str, rows: Sequence[Sequence[object]]) -> None:
    with xlsxwriter.Workbook(folder / f"{name}.xlsx") as book:
        book.set_properties({"created": datetime(2025, 1, 6)})
        sheet = book.add_worksheet("Biểu")
        sheet.set_column(1, 1, 34)
        for r, line in enumerate((title, *_PLACE)):
            sheet.write_string(r, 0, line)
        for r, row in enumerate(rows, start=4):
            sheet.write_row(r, 0, row)


def draw(folder: Path = INBOX) -> None:
    """Write the three workbooks."""
    folder.mkdir(parents=True, exist_ok=True)
    members, townships = _communes()
    figures = [[a, c, b, d] for a, b, c, d in _REACHED]
    named = zip(members, figures, strict=True)
    rows = [[no, name, *of] for no, (name, of) in enumerate(named, 1)]
    rows += [[len(rows) + 1, name, "-", "-", "-", "-"] for name in townships]
    what = (("Số tiêu chí đạt", "tiêu chí"), ("Xã đạt chuẩn", "xã"))
    told = [f"{name} {when} năm ({unit})" for when in ("đầu", "cuối") for name, unit in what]
    header = ["TT", "Xã, thị trấn", *told]
    total = ["", "Tổng cộng", *(sum(column) for column in zip(*figures, strict=True))]
    _write(folder, "quang_xuong_tieu_chi_2024",
           "KẾT QUẢ THỰC HIỆN TIÊU CHÍ NÔNG THÔN MỚI NĂM 2024", [header, *rows, total])  # fmt: skip
    _write(folder, "quang_xuong_chi_tieu_2024", "DANH MỤC CHỈ TIÊU XÂY DỰNG NÔNG THÔN MỚI NĂM 2024",
           [["TT", "Mã chỉ tiêu", "Điều kiện", "Giá trị", "Tổng số", "Đơn vị tính", "Loại chỉ tiêu",
             "Nguyên văn"], *_TARGETS])  # fmt: skip
    sources = ("ngân sách trung ương", "ngân sách địa phương", "nhân dân đóng góp")
    header = ["TT", "Nội dung", *(f"{stage} {source} (triệu đồng)"
              for stage in ("Kế hoạch", "Giải ngân") for source in sources)]  # fmt: skip
    lines = [[no, *line] for no, line in enumerate(_FUNDS, 1)]
    sums = [sum(line[place] for line in _FUNDS) for place in range(1, 7)]
    _write(folder, "quang_xuong_nguon_von_2024", "NGUỒN VỐN XÂY DỰNG NÔNG THÔN MỚI NĂM 2024",
           [header, *lines, ["", "Tổng cộng", *sums]])  # fmt: skip


if __name__ == "__main__":
    draw()

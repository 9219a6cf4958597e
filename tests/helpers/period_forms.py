"""Forms of months and quarters that a province may have, drawn with their workbooks for tests."""

from __future__ import annotations

import shutil
from pathlib import Path

import xlsxwriter

from etl.ground.config import FORMS_DIR

MONTHLY = """
form: monthly_disbursement
version: "2025"
title: {vi: "Báo cáo giải ngân hằng tháng", en: "Monthly disbursement"}
filer: commune
valid: {from: 2025, to: 2030}
titles: ["báo cáo giải ngân vốn giảm nghèo.*năm {year}"]
periods: [month]
figures: of_period
tables:
  funds:
    title: "Giải ngân"
    rows: items
    key_column: project
    total_labels: ["Tổng cộng"]
    columns:
      project: {is: item, header: ["Dự án"]}
      allocated: {is: figure, header: ["Vốn được giao cả năm"], unit: million_vnd, fact: fund,
                  source: NSTW, stage: allocated, figures: since_start, total: sum}
      central: {is: figure, header: ["Ngân sách trung ương"], under: ["Giải ngân trong tháng"],
                unit: million_vnd, fact: fund, source: NSTW, stage: disbursed, total: sum}
      local: {is: figure, header: ["Ngân sách địa phương"], under: ["Giải ngân trong tháng"],
              unit: million_vnd, fact: fund, source: NSDP, stage: disbursed, total: sum}
    items_from: projects
"""
QUARTERLY = """
form: quarterly_jobs
version: "2025"
title: {vi: "Báo cáo việc làm hằng quý", en: "Quarterly report on jobs"}
filer: commune
valid: {from: 2025, to: 2030}
titles: ["báo cáo giải quyết việc làm.*năm {year}"]
periods: [quarter]
figures: of_period
measure: actual
tables:
  jobs:
    title: "Việc làm"
    rows: items
    key_column: item
    columns:
      item: {is: item, header: ["Chỉ tiêu"]}
      reached: {is: figure, header: ["Trong quý"], fact: indicator}
      since: {is: figure, header: ["Lũy kế từ đầu năm"], fact: indicator, figures: since_start,
              optional: true}
    items:
      jobs: {labels: ["Lao động có việc làm"], cells: {reached: {indicator: jobs_created}}}
      export:
        labels: ["Xuất khẩu lao động"]
        cells: {since: {indicator: labour_export}}
      power:
        labels: ["Hộ dùng điện"]
        cells: {reached: {indicator: grid_electricity_households}}
"""
HEADER = (("Dự án", "Vốn được giao cả năm", "Giải ngân trong tháng", ""),
          ("", "", "Ngân sách trung ương", "Ngân sách địa phương"))  # fmt: skip


def forms_with(folder: Path, **more: str) -> dict[str, str]:
    """The environment of the house's forms and these beside them, by their names."""
    shutil.copytree(FORMS_DIR, folder)
    for name, text in more.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return {"KHOXA_FORMS": str(folder)}


def disbursed(path: Path, commune: str, when: str, *rows: tuple[object, ...]) -> Path:
    """A monthly report: rows of project, allocated, disbursed of the centre and of the locality."""
    sums = tuple(sum(row[n] for row in rows) for n in (1, 2, 3))
    return drawn(path, f"BÁO CÁO GIẢI NGÂN VỐN GIẢM NGHÈO {when}", commune, *HEADER, *rows,
                 ("Tổng cộng", *sums))  # fmt: skip


def drawn(path: Path, title: str, commune: str, *rows: tuple[object, ...]) -> Path:
    """A workbook of one sheet: title, filer, and the rows below."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Biểu")
        filer = "Đơn vị báo cáo: " + f"{commune}, huyện Na Rì, tỉnh Bắc Kạn".removeprefix(", ")
        for r, row in enumerate(((title,), (filer,), *rows)):
            sheet.write_row(r, 0, row)
        if rows[0] == HEADER[0]:
            sheet.merge_range(2, 2, 2, 3, HEADER[0][2])
            for place in (0, 1):
                sheet.merge_range(2, place, 3, place, HEADER[0][place])
    return path

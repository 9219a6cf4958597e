"""Forms of funds as provinces have them: rows that are sources, rows that say their project, source
and nature in words; for tests."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter

HEAD = """
form: {name}
version: "2025"
title: {{vi: "{title}", en: "{title}"}}
programme: GNBV
filer: {filer}
valid: {{from: 2022, to: 2030}}
titles: ["{title}.*năm {{year}}"]
periods: {{Y: []}}
tables:
  funds:
    title: "Nguồn vốn"
"""
SOURCES = (
    HEAD.format(name="fund_sources", title="huy động nguồn lực", filer="commune")
    + """
    rows: items
    key_column: source
    total_labels: ["Tổng cộng"]
    columns:
      source: {is: item, header: ["Nguồn vốn"]}
      plan: {is: figure, header: ["Kế hoạch"], unit: million_vnd, fact: fund, stage: plan,
             project: whole_programme, total: sum}
      mobilised: {is: figure, header: ["Huy động"], unit: million_vnd, fact: fund,
                  stage: mobilised, project: whole_programme, total: sum}
      roads: {is: figure, header: ["Trong đó: giải ngân dự án 2"], unit: million_vnd, fact: fund,
              stage: disbursed, project: DA2, total: sum}
    items:
      central: {labels: ["Ngân sách trung ương"], source: NSTW}
      local: {labels: ["Ngân sách địa phương"], source: NSDP}
      people: {labels: ["Nhân dân đóng góp"], source: KHAC}
"""
)
LISTED = (
    HEAD.format(name="fund_list", title="danh mục vốn từng nguồn", filer="commune")
    + """
    rows: statements
    key_column: project
    total_labels: ["Tổng cộng"]
    columns:
      project: {is: attribute, header: ["Mã dự án"], codes: project, says: project, required: true}
      source: {is: attribute, header: ["Nguồn vốn"], codes: source, says: source, required: true}
      nature: {is: attribute, header: ["Loại vốn"], says: nature, optional: true,
               values: {capital: ["Đầu tư"], recurrent: ["Sự nghiệp"]}}
      allocated: {is: figure, header: ["Được giao"], unit: million_vnd, fact: fund,
                  stage: allocated, total: sum}
      disbursed: {is: figure, header: ["Giải ngân"], unit: million_vnd, fact: fund,
                  stage: disbursed, total: sum}
"""
)
BY_ITEM = (
    HEAD.format(name="fund_items", title="vốn theo dòng dự án", filer="commune")
    + """
    rows: items
    key_column: project
    columns:
      project: {is: item, header: ["Dự án"]}
      source: {is: attribute, header: ["Nguồn"], says: source, required: true,
               values: {NSTW: ["TW"], NSDP: ["ĐP"]}}
      disbursed: {is: figure, header: ["Giải ngân"], unit: million_vnd, fact: fund,
                  stage: disbursed}
    items:
      DA1: {labels: ["Dự án 1"]}
      DA2: {labels: ["Dự án 2"]}
"""
)
SPLIT = (
    HEAD.format(name="fund_split", title="kế hoạch vốn đầu tư và sự nghiệp", filer="district")
    + """
    rows: items
    key_column: project
    total_labels: ["Tổng cộng"]
    columns:
      project: {is: item, header: ["Dự án"]}
      both: {is: figure, header: ["Tổng số"], path: ["Ngân sách trung ương"], unit: million_vnd,
             parts: [capital, recurrent], total: sum}
      capital: {is: figure, header: ["Đầu tư"], path: ["Ngân sách trung ương"], unit: million_vnd,
                fact: fund, source: NSTW, nature: capital, stage: plan, total: sum}
      recurrent: {is: figure, header: ["Sự nghiệp"], path: ["Ngân sách trung ương"],
                  unit: million_vnd, fact: fund, source: NSTW, nature: recurrent, stage: plan,
                  total: sum}
      local: {is: figure, header: ["Ngân sách địa phương"], unit: million_vnd, fact: fund,
              source: NSDP, stage: plan, total: sum}
    items:
      DA1: {labels: ["Dự án 1"]}
      DA2: {labels: ["Dự án 2"]}
"""
)
SOURCES_HEADER = ("Nguồn vốn", "Kế hoạch", "Huy động", "Trong đó: giải ngân dự án 2")
LISTED_HEADER = ("Mã dự án", "Nguồn vốn", "Loại vốn", "Được giao", "Giải ngân")


def book(path: Path, title: str, filer: str, *rows: tuple[object, ...]) -> Path:
    """A workbook of one sheet: title, filer of Na Rì, and the rows below."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet("Biểu")
        head = ((f"{title.upper()} NĂM 2024",), (f"Đơn vị báo cáo: {filer}",))
        for r, row in enumerate((*head, *rows)):
            sheet.write_row(r, 0, row)
    return path


def local(folder: Path, **forms: str) -> dict[str, str]:
    """The environment of a province that has these forms of its own."""
    (folder / "forms").mkdir(parents=True, exist_ok=True)
    for name, text in forms.items():
        (folder / "forms" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return {"KHOXA_LOCAL": str(folder)}

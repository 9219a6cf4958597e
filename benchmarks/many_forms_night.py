"""What a whole night costs with many forms of a province's own, beside the same figures in few."""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path
from unittest.mock import patch

import xlsxwriter

from benchmarks import cpu, warehouse
from benchmarks.measure import run_case
from etl.ground.config import FORMS_DIR
from etl.ground.lists import list_words
from etl.units.index import Unit, load_units

FEW, MANY, WORKBOOKS = 10, 40, 400
HEADER = ("TT", "Dự án, tiểu dự án", "Tổng vốn", "Ngân sách trung ương", "Ngân sách địa phương")
RULE = """suite: own_{n}
rules:
  - rule: own-{n}-not-beyond-10
    severity: warn
    frame: filing
    compute: {{own_sum: "`DA1.central` + `DA1.local`"}}
    expect: {{expect_column_values_to_be_between: {{column: own_sum, max_value: 10}}}}
    cell: DA1.central
    vi: "Ô {{cell}}: dự án 1 có quá 10 triệu đồng."
    en: "Cell {{cell}}: project 1 has more than 10 million VND."
    fix: {{vi: "Xem lại.", en: "Look again."}}
"""


def measure(home: Path, keep: bool) -> str:
    """The steps of both nights, wall and processor seconds, and their ratio."""
    nights = {number: _night(home / f"run-forms-{number}", number, keep) for number in (FEW, MANY)}
    lines = [f"\na night of {WORKBOOKS} workbooks of the province's own forms, a rule each"]
    few, many = (nights[number] for number in (FEW, MANY))
    for name in few:
        lines.append(
            f"  {name}: {few[name][0]:.2f} s in {FEW} forms, {many[name][0]:.2f} s in {MANY};"
            f" CPU {few[name][1]:.2f} and {many[name][1]:.2f} s"
        )
    wall, used = (
        sum(night[part] for night in many.values()) / sum(night[part] for night in few.values())
        for part in (0, 1)
    )
    return "\n".join([*lines, f"  ratio of the whole nights: {wall:.2f}, of CPU {used:.2f}"])


def _night(folder: Path, number: int, keep: bool) -> dict[str, tuple[float, float]]:
    """Wall and processor seconds of each step. Forms are read once a process, so it has its own."""
    shutil.rmtree(folder, ignore_errors=True)
    draw(folder, number)
    inbox = folder / "inbox"
    with (
        warehouse.fresh(folder / "night", inbox, keep) as settings,
        patch.dict(os.environ, KHOXA_LOCAL=str(folder / "local")),
    ):
        spec = {"home": str(settings.home), "pgdata": str(settings.pgdata), "inbox": str(inbox)}
        _run, left = run_case("pipeline", spec)
        accepted = warehouse.rows(
            settings, "select count(*) from raw.filing where state = 'accepted'"
        )
    assert accepted == [(WORKBOOKS,)], accepted
    if not keep:
        shutil.rmtree(folder)
    return {
        step["name"]: (step["seconds"], sum(cpu.Cpu(*step["cpu"]))) for step in left["nights"][0]
    }


def draw(folder: Path, number: int) -> None:
    """A province's folder with so many forms, each with a rule of its own, and an inbox beside it:
    a workbook a district, of the forms in turn."""
    for name in ("local/forms", "local/expectations", "inbox"):
        (folder / name).mkdir(parents=True)
    text = (FORMS_DIR / "fund_plan.yaml").read_text(encoding="utf-8")
    for n in range(number):
        own = text.replace("form: fund_plan", f"form: own_{n}")
        own = own.replace("vốn thực hiện", f"vốn riêng số {n} để thực hiện")
        (folder / "local/forms" / f"own_{n}.yaml").write_text(own, encoding="utf-8")
        rules = folder / "local/expectations" / f"own_{n}.yaml"
        rules.write_text(RULE.format(n=n), encoding="utf-8")
    day = date(2025, 1, 1)
    units = [u for u in load_units().units if u.level == "district" and u.is_on(day)]
    provinces = {u.code: u for u in load_units().units if u.level == "province" and u.is_on(day)}
    for at, unit in enumerate(units[:WORKBOOKS]):
        province = provinces[unit.province_code]
        _workbook(folder / "inbox" / f"{at}.xlsx", at % number, unit, province)


def _workbook(path: Path, number: int, unit: Unit, province: Unit) -> None:
    """Each line of 1 and 1, together 2."""
    labels = [item["labels"][0] for item in list_words("projects").values()]
    lines = [(n, label, 2, 1, 1) for n, label in enumerate(labels, start=1)]
    sums = ("", "Tổng cộng", 2 * len(lines), len(lines), len(lines))
    title = f"KẾ HOẠCH VỐN RIÊNG SỐ {number} ĐỂ THỰC HIỆN CHƯƠNG TRÌNH NĂM 2025"
    filer = f"Đơn vị báo cáo: {unit.full_name}, {province.full_name}"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Kế hoạch vốn")
        for row, cells in enumerate(((title,), (filer,), (), HEADER, *lines, sums)):
            sheet.write_row(row, 0, cells)

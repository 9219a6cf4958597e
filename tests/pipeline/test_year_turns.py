"""The turn of 2026 to another poverty standard: both reviews of one December, each in its own year,
and the next year's form, which a province adds as docs/operations.md says."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

from openpyxl import load_workbook

from etl.ground.config import ROOT, Settings
from tests.filling import fill
from tests.khoxa import khoxa, variables
from tests.night import Night

PAGE = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
FORM = re.search(r"```yaml\n(form: review_result\n.*?)```", PAGE, re.S)
COMMUNES = 56  # of Cao Bằng since 2025-07-01, each with 200 households


def review(
    path: Path, poor: int, code: str, year: int, environment: dict[str, str], said: str = ""
) -> None:
    """The blank of Cao Bằng filled in: households, of minorities, poor, near-poor; its title goes
    on with what is `said`."""
    columns = {"C": 200, "D": 100, "E": poor, "G": 2, "I": 5, "K": 1}
    blank = path.parents[1] / path.name
    asked = ("--unit", "04", "--period", f"{year}-Y", "--out", blank)
    drawn = khoxa("form", code, *asked, **environment)
    assert drawn.returncode == 0, drawn.stderr
    book = load_workbook(blank)
    (title,) = (c for row in book.worksheets[0].iter_rows(max_row=8) for c in row
                if str(c.value).upper().startswith("KẾT QUẢ RÀ SOÁT"))  # fmt: skip
    title.value += said
    book.save(blank)
    fill(blank, path, lambda _sheet, cell, _kind, _options: columns.get(cell.column_letter))


def test_both_reviews_of_2026_and_that_of_2027(fresh_warehouse: Settings, tmp_path: Path) -> None:
    assert FORM
    local, inbox = tmp_path / "local", tmp_path / "inbox"
    (local / "forms").mkdir(parents=True)
    (local / "forms" / "review_result_2027.yaml").write_text(FORM[1], encoding="utf-8")
    inbox.mkdir()
    environment = variables(fresh_warehouse) | {"KHOXA_LOCAL": str(local)}
    review(inbox / "cu.xlsx", 10, "review_result", 2026, environment)
    review(inbox / "moi.xlsx", 30, "review_opening", 2026, environment)
    when = ("--received-at", "2026-12-18T09:00")
    ran = khoxa("run", "--inbox", inbox, *when, **environment)
    assert ran.returncode == 0, ran.stderr
    blank = tmp_path / "xa.xlsx"
    asked = ("--unit", "01273", "--period", "2027", "--out", blank)
    assert khoxa("form", "target_registration", *asked, **environment).returncode == 0
    opened = {c.value for sheet in load_workbook(blank) for row in sheet.iter_rows() for c in row}
    assert {200, 30} <= opened and 10 not in opened  # households, and the poor by the new standard
    review(inbox / "2027.xlsx", 24, "review_result", 2027, environment)
    former = " theo chuẩn nghèo giai đoạn 2022-2025"
    review(inbox / "2027_tieu_de_cu.xlsx", 20, "review_result", 2027, environment, former)
    when = ("--received-at", "2027-12-17T09:00")
    ran = khoxa("run", "--inbox", inbox, *when, **environment)
    assert ran.returncode == 0, ran.stderr
    night = Night(fresh_warehouse)
    assert night.rows(
        "select f.original_name, state, rule from raw.filing as f left join ops.finding as g"
        " on g.filing_id = f.filing_id and g.severity = 'fail' order by 1"
    ) == [
        ("2027.xlsx", "accepted", None),
        ("2027_tieu_de_cu.xlsx", "rejected", "standard-differs"),
        ("cu.xlsx", "accepted", None), ("moi.xlsx", "accepted", None),
    ]  # fmt: skip
    assert night.rows(
        "select year, period, measure, numerator, value, poverty_standard, units_reported"
        " from mart.indicator_by_unit where unit_map = 'as_filed' and level = 'province'"
        " and indicator_code = 'poverty_rate' order by year, period"
    ) == [
        (2026, "Y", "actual", 10 * COMMUNES, Decimal(5), "2022-2026", COMMUNES),
        (2027, "OPEN", "baseline", 30 * COMMUNES, Decimal(15), "2027-2030", COMMUNES),
        (2027, "Y", "actual", 24 * COMMUNES, Decimal(12), "2027-2030", COMMUNES),
    ]

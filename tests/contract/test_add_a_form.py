"""A form is one YAML file and no code, an indicator a row. This adds those of CONTRIBUTING.md."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
import xlsxwriter

from etl.ground.config import FORMS_DIR, ROOT, SEEDS_DIR, Settings
from tests.khoxa import khoxa, variables
from tests.night import Night

ROWS = (
    ("SỐ HỘ DÙNG ĐIỆN NĂM 2025",),
    ("Đơn vị báo cáo: Huyện Na Rì, tỉnh Bắc Kạn",),
    ("Xã, thị trấn", "Số hộ dùng điện lưới"),
    ("Xã Kim Hỷ", 400),
    ("Xã Văn Lang", "1.200"),
    ("Tổng cộng", 1600),
)


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """The forms of the house and the one in CONTRIBUTING.md, in a folder of their own."""
    folder = tmp_path / "forms"
    shutil.copytree(FORMS_DIR, folder)
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"```yaml\n(form: .*?)```", page, re.DOTALL)
    (folder / "electricity_count.yaml").write_text(shown, encoding="utf-8")
    return {"KHOXA_FORMS": str(folder)}


def workbook(path: Path, rows: tuple[tuple[object, ...], ...]) -> None:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Biểu")
        for r, row in enumerate(rows):
            sheet.write_row(r, 0, row)


def test_a_new_form_is_checked_and_loaded(
    environment: dict[str, str], fresh_warehouse: Settings, tmp_path: Path
) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    workbook(inbox / "dien.xlsx", ROWS)
    workbook(inbox / "dien_sai.xlsx", (*ROWS[:-1], ("Tổng cộng", 1700)))
    environment |= variables(fresh_warehouse)
    wrong = khoxa("check", inbox / "dien_sai.xlsx", "--json", **environment)
    assert wrong.returncode == 1, wrong.stderr
    assert [f["rule"] for f in json.loads(wrong.stdout)[0]["findings"]] == [
        "unit-missing",
        "total-row",
    ]
    ran = khoxa("run", "--inbox", inbox, **environment)
    assert ran.returncode == 0, ran.stderr
    rows = Night(fresh_warehouse).rows(
        "select level, value, units_reported from mart.indicator_by_unit"
        " where indicator_code = 'grid_electricity_households' and level <> 'commune'"
        " and unit_map = 'as_filed' order by 1"
    )
    assert rows == [("district", 1600, 2), ("province", 1600, 2)]


def test_the_rows_of_new_indicators_are_in_order(tmp_path: Path) -> None:
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"```csv\n(internet_.*?)```", page, re.DOTALL)
    header, _ = (SEEDS_DIR / "indicator.csv").read_text(encoding="utf-8").split("\n", 1)
    (tmp_path / "indicator.csv").write_text(f"{header}\n{shown}", encoding="utf-8")
    linted = khoxa("forms", "lint", KHOXA_HOME=str(tmp_path / "var"), KHOXA_LOCAL=str(tmp_path))
    assert linted.returncode == 0, linted.stderr

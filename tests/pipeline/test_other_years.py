"""Columns of a report about last year, the whole year and the next: each under its own year, and
none of them for what was reached."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

from etl.ground.config import Settings
from tests.helpers.period_forms import drawn, forms_with
from tests.khoxa import khoxa, variables
from tests.night import Night

FORM = """
form: outlook
version: "2024"
title: {vi: "Tình hình việc làm", en: "Jobs"}
filer: commune
valid: {from: 2022, to: 2030}
titles: ["tình hình việc làm.*năm {year}"]
periods: [H1, Y]
tables:
  jobs:
    title: "Việc làm"
    rows: items
    key_column: item
    columns:
      item: {is: item, header: ["Chỉ tiêu"]}
      before: {is: figure, header: ["Thực hiện năm {year}", "Thực hiện năm trước"], fact: indicator,
               measure: actual, year_offset: -1, optional: true}
      reached: {is: figure, header: ["Thực hiện 6 tháng", "Thực hiện năm {year}", "Thực hiện"],
                fact: indicator, measure: actual}
      whole: {is: figure, header: ["Ước thực hiện cả năm {year}", "Ước cả năm"], fact: indicator,
              measure: estimate, optional: true}
      next: {is: figure, header: ["Kế hoạch năm {year}"], fact: indicator, measure: plan_next,
             optional: true}
    items:
      jobs:
        labels: ["Lao động có việc làm"]
        cells:
          before: {indicator: jobs_created}
          reached: {indicator: jobs_created}
          whole: {indicator: jobs_created}
          next: {indicator: jobs_created}
"""
H1 = ("Chỉ tiêu", "Thực hiện năm 2023", "Thực hiện 6 tháng", "Ước thực hiện cả năm 2024",
      "Kế hoạch năm 2025")  # fmt: skip


def test_each_year_has_its_own(fresh_warehouse: Settings, tmp_path: Path) -> None:
    environment = forms_with(tmp_path / "forms", outlook=FORM) | variables(fresh_warehouse)
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    row = ("Lao động có việc làm", 80, 40, 95, 120)
    title = "TÌNH HÌNH VIỆC LÀM"
    year = ("Chỉ tiêu", "Thực hiện năm 2022", "Thực hiện năm 2023")
    drawn(inbox / "2023.xlsx", f"{title} NĂM 2023", "Xã Kim Hỷ", year, (row[0], 70, 82))
    assert khoxa("run", "--inbox", inbox, **environment).returncode == 0
    half = drawn(inbox / "h1.xlsx", f"{title} 6 THÁNG ĐẦU NĂM 2024", "Xã Kim Hỷ", H1, row)
    assert khoxa("run", "--inbox", inbox, **environment).returncode == 0
    night = Night(fresh_warehouse)
    assert night.rows(
        "select year, period, measure, value from mart.indicator_by_unit where level = 'commune'"
        " and unit_map = 'as_filed' order by year, measure"
    ) == [
        (2022, "Y", "actual", 70),
        (2023, "Y", "actual", 82),  # its own report, not what is said of it a year later
        (2024, "H1", "actual", 40),
        (2024, "Y", "estimate", 95),
        (2025, "Y", "plan_next", 120),
    ]
    # 80 against the 82 that 2023's own report says
    assert night.rows("select rule, severity, cell, expected from ops.finding") == [
        ("other-year-differs", "warn", "B4", "82")
    ]
    (got,) = json.loads(khoxa("check", half, "--json", **environment).stdout)
    assert got["findings"] == []
    assert night.rows(
        "select year, plan_value, estimate_value, actual_value from mart.plan_and_estimate"
        " where level = 'district' and unit_map = 'as_filed' order by year"
    ) == [(2024, None, Decimal(95), Decimal(40)), (2025, Decimal(120), None, None)]


def test_a_header_of_the_wrong_year_stops(tmp_path: Path) -> None:
    environment = forms_with(tmp_path / "forms", outlook=FORM)
    header = (*H1[:4], "Kế hoạch năm 2027")
    title = "TÌNH HÌNH VIỆC LÀM 6 THÁNG ĐẦU NĂM 2024"
    book = drawn(tmp_path / "b.xlsx", title, "Xã Kim Hỷ", header,
                 ("Lao động có việc làm", 80, 40, 95, 120))  # fmt: skip
    (got,) = json.loads(khoxa("check", book, "--json", **environment).stdout)
    assert "years-differ" in [f["rule"] for f in got["findings"]]

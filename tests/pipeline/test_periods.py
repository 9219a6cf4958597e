"""Months and quarters: a form of each is a file, and what is counted in every month of a quarter is
the quarter's; where one month lacks, nobody takes the rest for it."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

from etl.ground.config import Settings
from tests.helpers.period_forms import MONTHLY, QUARTERLY, disbursed, drawn, forms_with
from tests.khoxa import khoxa, variables
from tests.night import Night

MONTHS = {1: 10, 2: 0, 3: 20.5}  # million VND that Xã Kim Hỷ disburses


def test_months_add_up_where_all_are_there(fresh_warehouse: Settings, tmp_path: Path) -> None:
    environment = forms_with(tmp_path / "forms", monthly=MONTHLY, quarterly=QUARTERLY)
    environment |= variables(fresh_warehouse)
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for month, amount in MONTHS.items():
        rows = (("Dự án 1", 100, amount, 1), ("Dự án 2", 50, 2, 0))
        when = f"THÁNG {month} NĂM 2025"
        disbursed(inbox / f"kim_hy_{month}.xlsx", "Xã Kim Hỷ", when, *rows)
        if month != 2:
            disbursed(inbox / f"van_lang_{month}.xlsx", "Xã Văn Lang", when, *rows)
    header = ("Chỉ tiêu", "Trong quý", "Lũy kế từ đầu năm")
    for quarter, jobs, export, power in (("I", 30, 5, 400), ("II", 45, 12, 410)):
        rows = (header, ("Lao động có việc làm", jobs, ""), ("Xuất khẩu lao động", "", export),
                ("Hộ dùng điện", power, ""))  # fmt: skip
        title = f"BÁO CÁO GIẢI QUYẾT VIỆC LÀM QUÝ {quarter} NĂM 2025"
        drawn(inbox / f"viec_lam_{quarter}.xlsx", title, "Xã Kim Hỷ", *rows)
    ran = khoxa("run", "--inbox", inbox, **environment)
    assert ran.returncode == 0, ran.stderr
    night = Night(fresh_warehouse)
    assert night.rows("select distinct state from raw.filing") == [("accepted",)]

    asked = (
        "select period, allocated_million_vnd, disbursed_million_vnd from mart.fund_use"
        " where level = 'commune' and unit_name = :unit and project_code = 'DA1'"
        " and source = 'NSTW' order by ref.last_month(period), period"
    )
    # the quarter: 10 + 0 + 20.5; allocated since 1 January by the end of each month
    assert night.rows(asked, unit="Xã Kim Hỷ") == [
        ("M01", 100, 10),
        ("C02", 100, 10),
        ("M02", None, 0),
        ("M03", None, Decimal("20.5")),
        ("Q1", 100, Decimal("30.5")),
    ]
    # February is not there: neither are its sums
    assert night.rows(asked, unit="Xã Văn Lang") == [
        ("M01", 100, 10),
        ("M03", None, Decimal("20.5")),
        ("Q1", 100, None),
    ]

    found = night.rows(
        "select indicator_code, period, value from mart.indicator_by_unit"
        " where level = 'commune' and unit_map = 'as_filed' and measure = 'actual'"
        " order by indicator_code, ref.last_month(period), period"
    )
    assert found == [
        ("grid_electricity_households", "Q1", 400),
        ("grid_electricity_households", "H1", 410),  # as many at the end of June, of Q2 or H1
        ("grid_electricity_households", "Q2", 410),
        ("jobs_created", "Q1", 30),
        ("jobs_created", "H1", 75),  # 30 + 45
        ("jobs_created", "Q2", 45),
        ("labour_export", "Q1", 5),  # counted since 1 January
        ("labour_export", "H1", 12),
    ]


def test_a_period_that_the_form_has_not_is_named(tmp_path: Path) -> None:
    environment = forms_with(tmp_path / "forms", monthly=MONTHLY)
    row = ("Dự án 1", 100, 10, 1)
    for when, period, words in (
        ("QUÝ II NĂM 2025", None, "QUÝ II"),
        ("9 THÁNG ĐẦU NĂM 2025", None, "9 THÁNG"),
        ("NĂM 2025", None, ""),
        ("THÁNG 3 NĂM 2025", "M03", ""),
        ("THÁNG 3 VÀ 3 THÁNG ĐẦU NĂM 2025", "M03", ""),
    ):
        book = disbursed(tmp_path / "b.xlsx", "Xã Kim Hỷ", when, row)
        ran = khoxa("check", book, "--json", **environment)
        (got,) = json.loads(ran.stdout)
        rules = [f["rule"] for f in got["findings"]]
        if period:
            assert (ran.returncode, rules) == (0, ["measure-unstated"]), when
            assert got["filings"][0]["period"] == period
        else:
            rule = "period-not-on-form" if words else "period-missing"
            assert rule in rules, (when, rules)
            said = next(f for f in got["findings"] if f["rule"] == rule)["message_vi"]
            assert words.lower() in said.lower()
            assert "tháng 12" in said


def test_refused_by_a_form_s_own_mistake_is_read_again_once_it_is_mended(
    fresh_warehouse: Settings, tmp_path: Path
) -> None:
    """ "Quý" alone is every quarter's, "quý i" none but the first's; one title names no quarter."""
    form = QUARTERLY.replace("periods: [quarter]", 'periods: {Q1: ["quý"], Q2: []}')
    environment = forms_with(tmp_path / "forms", quarterly=form) | variables(fresh_warehouse)
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for name, when in (("1", "QUÝ I "), ("2", "QUÝ II "), ("none", "")):
        title = f"BÁO CÁO GIẢI QUYẾT VIỆC LÀM {when}NĂM 2025"
        rows = (("Chỉ tiêu", "Trong quý", "Lũy kế từ đầu năm"), ("Lao động có việc làm", 30, ""),
                ("Xuất khẩu lao động", "", 5), ("Hộ dùng điện", 400, ""))  # fmt: skip
        drawn(inbox / f"{name}.xlsx", title, "Xã Kim Hỷ", *rows)

    def a_night() -> str:
        ran = khoxa("run", "--inbox", inbox, **environment)
        assert ran.returncode == 0, ran.stderr
        return ran.stdout + ran.stderr

    night = Night(fresh_warehouse)
    states = "select original_name, period, state from raw.filing order by 1"
    assert "từng bị trả lại" not in a_night()
    assert [state for *_filing, state in night.rows(states)] == ["accepted", "rejected", "rejected"]
    assert night.rows("select distinct rule from ops.finding") == [("period-missing",)]
    assert "từng bị trả lại" not in a_night()

    mended = form.replace('["quý"]', '["quý i"]')
    (tmp_path / "forms" / "quarterly.yaml").write_text(mended, encoding="utf-8")
    said = "đọc lại 2 tệp từng bị trả lại: 1 tệp nay được nhận, 1 tệp vẫn phải sửa"
    assert said in a_night()
    assert night.rows(states) == [
        ("1.xlsx", "Q1", "accepted"), ("2.xlsx", "Q2", "accepted"), ("none.xlsx", None, "rejected"),
    ]  # fmt: skip
    assert "từng bị trả lại" not in a_night()

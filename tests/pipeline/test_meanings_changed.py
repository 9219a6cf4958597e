"""What is loaded is read again once what it was read by means something else: another name of an
agency, another label of a form's column, another meaning of an indicator."""

from __future__ import annotations

import logging
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from etl.catalogue import codes
from etl.ground import database
from etl.ground.config import Settings
from etl.setup.migrate import migrate
from tests.night import NOW, Night

WORDS = "na_ri_phan_cong_va_bao_cao_2025.xlsx"
ASSIGNED = "bac_kan_giao_chi_tieu_giam_ngheo_2025.xlsx"
NEED = "bac_ha_nhu_cau_von_2021_2025.xlsx"
LATER = NOW + timedelta(days=1)


def night_on(settings: Settings, tmp_path: Path, name: str) -> Night:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    shutil.copy2(Night.inbox / name, inbox)
    return Night(settings, inbox)


def said(night: Night) -> list[tuple]:
    """The agencies of the first assignment and the first duty, and how many of each there are."""
    return night.rows(
        "(select agency_code, count(*) over () from mart.responsibility order by statement_no::int"
        " limit 1) union all (select agency_code, count(*) over () from mart.duty"
        " order by statement_no::int limit 1)"
    )


def test_a_new_name_of_an_agency_is_put_on_what_was_loaded(
    fresh_warehouse: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    night = night_on(fresh_warehouse, tmp_path, WORDS)
    book = load_workbook(night.inbox / WORDS)
    book["Phân công"]["B6"] = "Hạt Kiểm lâm"
    book["Báo cáo"]["C6"] = "Hạt Kiểm lâm"
    book.save(night.inbox / WORDS)
    night.go()
    (first, many), (duty, duties) = said(night)
    assert (first, duty) == ("Hạt Kiểm lâm", "Hạt Kiểm lâm")
    with caplog.at_level(logging.WARNING):
        assert night.go(LATER)["read_and_normalise"] == {"read": 0}
    assert "cơ quan" not in caplog.text
    known = codes._agencies()
    more = known | {codes._name_key("Hạt Kiểm lâm"): "agriculture_office"}
    monkeypatch.setattr(codes, "_agencies", lambda: more)
    with caplog.at_level(logging.WARNING):
        night.go(LATER)
    assert "tên cơ quan đã đổi" in caplog.text
    assert said(night) == [("agriculture_office", many), ("agriculture_office", duties)]
    assert night.go(LATER)["read_and_normalise"] == {"read": 0}
    monkeypatch.undo()  # the name is taken away again: kept as it is written
    night.go(LATER)
    assert said(night)[0] == ("Hạt Kiểm lâm", many)


def test_what_a_column_stood_for_is_read_again(
    fresh_warehouse: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """As an earlier version left it: "vốn tín dụng" labelled as the policy bank's."""
    night = night_on(fresh_warehouse, tmp_path, NEED)
    night.go()
    query = (
        "select d.source, f.amount_million_vnd from dw.fact_fund f join dw.dim_fund d"
        " using (fund_key) where f.state = 'value' order by 1, 2"
    )
    now = night.rows(query)
    assert ("TINDUNG", 186677) in now
    with database.night(fresh_warehouse) as connection:
        connection.exec_driver_sql("update stg.slot set source = 'NHCSXH' where source = 'TINDUNG'")
        connection.exec_driver_sql(
            "update dw.fact_fund f set fund_key = b.fund_key from dw.dim_fund a, dw.dim_fund b"
            " where a.fund_key = f.fund_key and a.source = 'TINDUNG' and b.source = 'NHCSXH'"
            " and b.programme_code = a.programme_code"
            " and b.project_code is not distinct from a.project_code"
            " and b.nature is not distinct from a.nature"
        )
    assert ("NHCSXH", 186677) in night.rows(query)
    with caplog.at_level(logging.WARNING):
        night.go(LATER)
    assert "fund_need" in caplog.text
    assert night.rows(query) == now
    assert night.go(LATER)["read_and_normalise"] == {"read": 0}


def test_an_indicator_that_means_something_else_is_judged_again(
    fresh_warehouse: Settings, tmp_path: Path
) -> None:
    night = night_on(fresh_warehouse, tmp_path, "na_ri_muc_tieu_giam_ngheo_2025.xlsx")
    night.go()
    touched = "select count(*) from stg.touched"
    migrate(fresh_warehouse)
    assert night.rows(touched) == [(0,)]
    with database.engine(fresh_warehouse, "khoxa_owner").begin() as connection:
        connection.exec_driver_sql(
            "update dw.dim_indicator set direction = 'down'"
            " where indicator_code = 'poor_households_reduction'"
        )
    migrate(fresh_warehouse)  # the seed says "up"
    assert night.rows(touched) == [(18,)]  # 17 communes, and the totals of the district
    assert night.go(LATER)["aggregate"]["dw.agg_target"] > 0


def test_what_was_refused_for_tables_that_repeat_is_read_again_by_a_newer_khoxa(
    fresh_warehouse: Settings, tmp_path: Path
) -> None:
    """A newer one reads by other definitions, and may take the tables for several filings."""
    night = night_on(fresh_warehouse, tmp_path, ASSIGNED)
    book = load_workbook(night.inbox / ASSIGNED)
    book.copy_worksheet(book.worksheets[0])
    book.save(night.inbox / ASSIGNED)
    night.go()
    refused = "select distinct rule from ops.finding where severity = 'fail'"
    assert night.rows(refused) == [("form-table-repeated",)]
    assert night.go(LATER)["read_and_normalise"] == {"read": 0}
    with database.engine(fresh_warehouse).begin() as connection:
        database.script(connection, "update ops.definitions set digest = 'of an older khoxa'")
    assert night.go(LATER)["read_and_normalise"]["read"] == 1

"""Whoever sees a late or rejected filing, or a target that lags, sees which office to call
(samples/local/contacts.csv, invented)."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook
from sqlalchemy import text

from etl.ground import database
from etl.ground.config import Settings
from tests.khoxa import khoxa, variables
from tests.night import Night
from tests.pipeline.conftest import Printed
from tests.sql.test_cases import _filing


@pytest.fixture(scope="module")
def filings(printed: Printed) -> list[tuple]:
    path = printed("066", 2025)["tinh_hinh_nop_066_2025.xlsx"]
    return [tuple(cell.value for cell in row) for row in load_workbook(path).active.iter_rows()]


def of_file(filings: list[tuple], name: str) -> tuple:
    return next(row for row in filings if name in row)


def test_the_annex_says_whom_to_call_about_a_late_filing(filings: list[tuple]) -> None:
    late = of_file(filings, "bao_cao_6_thang_2025_dong_xa.xlsx")
    assert late[-1] == (
        "Văn phòng UBND xã Đổng Xá (số liệu minh hoạ) (0200 002 194, dongxa@example.org)"
    )


def test_a_filing_in_time_needs_no_call(filings: list[tuple]) -> None:
    assert of_file(filings, "bao_cao_6_thang_2025_cuong_loi.xlsx")[-1] in (None, "")


def test_status_lists_them(warehouse_with_samples: Night) -> None:
    said = khoxa("status", COLUMNS="300", **variables(warehouse_with_samples.settings)).stdout
    assert "Trễ, thiếu, bị trả lại: liên hệ" in said
    assert "0200 002 194" in said and "xuanduong@example.org" in said
    # its targets of 2025 are missing, and samples/local names no office of it
    listed = said.split("whom to call")[1]
    (line,) = [line for line in listed.splitlines() if line.startswith("  Xã Kim Hỷ ")]
    assert "chưa nộp" in line and "chưa có trong contacts.csv" in line


def test_who_took_over_a_unit_and_its_code_is_called(fresh_warehouse: Settings) -> None:
    """02143 is Xã Lương Thượng until 1 July 2025, Xã Văn Lang since."""
    with database.engine(fresh_warehouse, "khoxa_owner").begin() as connection:
        connection.execute(text(
            "insert into ref.contact values ('02143', 'UBND xã Văn Lang', null, '0200', null)"
        ))  # fmt: skip
        _filing(connection, {"filing_id": 1, "filer_code": "02143", "state": "rejected"})
        called = connection.execute(text(database.statement("status/to_call"))).all()
    assert [(row[0], row[-1]) for row in called if row[4] == "rejected"] == [
        ("Xã Lương Thượng", "UBND xã Văn Lang (0200)")
    ]


def test_a_correction_that_was_returned_is_to_be_called_about(fresh_warehouse: Settings) -> None:
    """The version before it is accepted and in use; only the latest version is told."""
    with database.engine(fresh_warehouse, "khoxa_owner").begin() as connection:
        for number, state in ((1, "rejected"), (2, "accepted"), (3, "rejected"), (4, "rejected")):
            filing = {"filing_id": number, "version": number, "filer_code": "02146"}
            _filing(connection, filing | {"state": state})
    with database.asking(fresh_warehouse) as connection:
        rows = database.ask(connection, "status/to_call").all()
    assert [row[4] for row in rows if row[4] != "missing"] == ["correction_rejected"]
    said = khoxa("status", COLUMNS="300", **variables(fresh_warehouse)).stdout
    listed = said.split("whom to call")[1].split("\n\n")[0]
    assert "bản sửa bị trả lại, số của bản trước đang dùng" in listed


def test_who_leads_a_target_that_lags_is_reached(warehouse_with_samples: Night) -> None:
    leads = [row[6] for row in warehouse_with_samples.rows(database.statement("status/lagging"))]
    offices = [text for text in leads if text and "Lao động - Thương binh và Xã hội" in text]
    assert any("– 0200 000 067, ldtbxh.nari@example.org" in text for text in offices), leads


def test_an_agency_is_reached_at_its_own_office(warehouse_with_samples: Night) -> None:
    rows = warehouse_with_samples.rows(
        "select agency_code, office_phone from mart.agency_contact"
        " where unit_code in ('066', '875') and agency_code in ('labour_office', 'finance_office')"
        " order by unit_code, agency_code"
    )
    # of the other agencies of Na Rì only the district's general office is known, of Lấp Vò none
    assert ("labour_office", "0200 000 067") in rows and ("labour_office", "0200 000 875") in rows
    assert {phone for code, phone in rows if code == "finance_office"} <= {"0200 000 066"}

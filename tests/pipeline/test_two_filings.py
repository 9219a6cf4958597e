"""Two sound filings of two days: a part that one counts may exceed the whole of the other."""

import shutil
from pathlib import Path

from etl.ground.config import Settings
from tests.filling import fill
from tests.khoxa import khoxa, variables
from tests.night import Night
from tests.pipeline.test_year_turns import night_of, review

REPORT = {"D12": 10, "D13": 5, "E14": 40, "D14": 40, "E15": 800, "D15": 800,
          "E16": 15, "D16": 15, "D17": 15, "D19": 0}  # fmt: skip


def report(
    unit: str, households: int, inbox: Path, environment: dict[str, str], year: int = 2026
) -> None:
    """A commune's report: all households are on the grid."""
    blank, cells = inbox.parent / f"{unit}.xlsx", REPORT | {"E12": households, "D24": households}
    asked = ("--unit", unit, "--period", f"{year}-Y", "--out", blank)
    assert khoxa("form", "commune_report", *asked, **environment).returncode == 0
    fill(blank, inbox / f"{unit}.xlsx", lambda sheet, cell, _kind, _options:
         cells.get(cell.coordinate, 1) if sheet.title == "Chỉ tiêu" else 0)  # fmt: skip


def test_a_review_of_fewer_households_is_accepted(
    fresh_warehouse: Settings, tmp_path: Path
) -> None:
    """In November a commune has 201 households, in December 200; nor is one refused that reports
    what is right beside it."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    environment = variables(fresh_warehouse)
    report("01273", 201, inbox, environment)
    night_of(inbox, "2026-11-08", environment)
    review(inbox / "tinh.xlsx", 10, "review_result", 2026, environment)
    night_of(inbox, "2026-12-18", environment)
    report("01279", 200, inbox, environment)
    night_of(inbox, "2026-12-20", environment)
    warehouse = Night(fresh_warehouse)
    assert warehouse.rows("select distinct state from raw.filing") == [("accepted",)]
    assert warehouse.rows(
        "select level, numerator, denominator, units_reported from mart.indicator_by_unit"
        " where unit_map = 'as_filed' and indicator_code = 'grid_electricity_pct'"
        " and level in ('commune', 'province') and year = 2026 order by 1, 2"
    ) == [("commune", 200, 200, 1), ("commune", 201, 200, 1), ("province", 401, 400, 2)]


def test_nor_is_one_of_a_commune_that_was_merged_since(
    fresh_warehouse: Settings, tmp_path: Path
) -> None:
    """Văn Vũ, of Cường Lợi since 2025-07-01: all 670 households, of 669 in the official review."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    environment = variables(fresh_warehouse)
    report("02137", 670, inbox, environment, year=2024)
    night_of(inbox, "2024-11-08", environment)
    shutil.copy(Night.inbox / "na_ri_ra_soat_chinh_thuc_2024.xlsx", inbox)
    night_of(inbox, "2025-01-08", environment)
    warehouse = Night(fresh_warehouse)
    assert warehouse.rows("select distinct state from raw.filing") == [("accepted",)]

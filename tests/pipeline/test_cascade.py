"""Assigned by Bắc Kạn, assigned by Na Rì, registered by its communes: the sample night.

Registered is real (samples/facts); what was assigned is invented: 375 households, 14 more.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from etl.reports import annexes
from tests.night import Night

# assigned less registered; the other twelve communes lack nothing
LACKING = {
    "Xã Lương Thượng": 3, "Xã Sơn Thành": 5, "Xã Cường Lợi": 2, "Xã Kim Lư": 4, "Xã Côn Minh": 6,
}  # fmt: skip
# registered below 3.5 points by the plan's annex: 7 of 17
BELOW = {
    "Thị trấn Yến Lạc", "Xã Lương Thượng", "Xã Sơn Thành", "Xã Cường Lợi", "Xã Kim Lư",
    "Xã Văn Minh", "Xã Côn Minh",
}  # fmt: skip
CUT = "poor_households_reduction"


@pytest.fixture(scope="module")
def night(warehouse_with_samples: Night) -> Night:
    return warehouse_with_samples


def cascade(night: Night, columns: str, where: str, **params: object) -> list[tuple]:
    query = f"select {columns} from mart.target_cascade where year = 2025 and {where} order by 1"
    return [tuple(row) for row in night.rows(query, **params)]


@pytest.mark.parametrize("unit_map", ["as_filed", "2025-06-30", "2025-07-01"])
def test_the_district_between_its_province_and_its_communes(night: Night, unit_map: str) -> None:
    (row,) = cascade(
        night,
        "assigned_by_province, own_plan_value, plan_gap, plan_verdict, registered_value,"
        " registered_gap, registered_verdict, assigned_below, below_gap, below_verdict,"
        " units_registered, units_expected, units_assigned, units_short, shortfall_below",
        "unit_name = 'Huyện Na Rì' and indicator_code = :cut and unit_map = :unit_map",
        cut=CUT, unit_map=unit_map,
    )  # fmt: skip
    assert row[:4] == (375, 361, -14, "short")
    assert row[4:10] == (361, -14, "short", 375, 0, "covered")
    # 14 = 20 that five communes lack, less 6 that three registered beyond
    assert row[10:] == (17, 17, 17, len(LACKING), sum(LACKING.values()))


def test_which_communes_carry_the_gap(night: Night) -> None:
    rows = cascade(
        night, "unit_name, -registered_gap, gap_share_pct",
        "level = 'commune' and indicator_code = :cut and unit_map = 'as_filed'"
        " and registered_verdict = 'short'", cut=CUT,
    )  # fmt: skip
    whole = sum(LACKING.values())
    assert {name: gap for name, gap, _share in rows} == LACKING
    assert {name: share for name, _gap, share in rows} == {
        name: Decimal(100 * gap) / whole for name, gap in LACKING.items()
    }


def test_a_rate_passed_on_is_that_of_the_households_assigned(night: Night) -> None:
    (row,) = cascade(
        night, "assigned_by_province, assigned_below, below_verdict, registered_value",
        "unit_name = 'Huyện Na Rì' and indicator_code = 'poverty_rate_reduction'"
        " and unit_map = 'as_filed'",
    )  # fmt: skip
    points = (Decimal(37500) / 10307).quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert row == (points, points, "covered", Decimal("3.50"))


def test_communes_below_the_districts_rate(night: Night) -> None:
    rows = cascade(
        night, "unit_name, is_below_parent",
        "level = 'commune' and indicator_code = 'poverty_rate_reduction' and unit_map = 'as_filed'"
        " and registered_value is not null",
    )  # fmt: skip
    assert len(rows) == 17
    assert {name for name, below in rows if below} == BELOW


def test_a_district_that_registered_nothing(night: Night) -> None:
    rows = cascade(
        night, "unit_name, assigned_by_province, registered_value, registered_verdict,"
        " gap_share_pct, below_verdict",
        "level = 'district' and indicator_code = :cut and unit_map = 'as_filed'"
        " and assigned_by_province is not null", cut=CUT,
    )  # fmt: skip
    # of 14 + 300 that lack
    assert rows == [
        ("Huyện Na Rì", 375, 361, "short", Decimal("4.46"), "covered"),
        ("Huyện Ngân Sơn", 300, None, "not_registered", Decimal("95.54"), "not_passed_on"),
    ]
    ((below, assigned, short, lacking),) = cascade(
        night, "assigned_below, units_assigned, units_short, shortfall_below",
        "unit_name = 'Tỉnh Bắc Kạn' and indicator_code = :cut and unit_map = 'as_filed'", cut=CUT,
    )  # fmt: skip
    assert (below, assigned, short, lacking) == (675, 2, 2, 314)


def test_what_no_commune_registered(night: Night) -> None:
    (row,) = cascade(
        night, "own_plan_value, asked_by, registered_verdict, below_verdict",
        "unit_name = 'Huyện Na Rì' and indicator_code = 'jobs_created' and unit_map = 'as_filed'",
    )  # fmt: skip
    assert row == (750, "own_plan", "not_registered", "not_passed_on")


def test_what_a_superior_assigned_is_traced_to_its_cell(night: Night) -> None:
    rows = night.rows(
        "select level, value, measure, text_as_filed, file, sheet, cell from mart.figure_trace"
        " where unit_name = 'Huyện Na Rì' and code = :cut and file like 'bac_kan_%'", cut=CUT,
    )  # fmt: skip
    ((level, value, measure, text, file, sheet, cell),) = rows
    assert (level, value, measure, text) == ("district", 375, "assigned", "375")
    assert night.cell(night.inbox_sheet(file, sheet), cell) == "375"


def test_the_annex_shows_the_three_side_by_side(night: Night, tmp_path: Path) -> None:
    files = {path.name: path for path in annexes(night.settings, "066", 2025, None, tmp_path)}
    sheet = load_workbook(files["giao_va_dang_ky_066_2025.xlsx"]).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    cut = [row for row in rows if str(row[1]).startswith("Giảm số hộ nghèo /")]
    assert [row[2] for row in cut[:1]] == ["Huyện Na Rì"] and len(cut) == 18
    assert cut[0][4:10] == [375, None, 361, 361, "tỉnh giao / the province", -14]
    shares = {row[2]: row[11] for row in cut[1:] if row[11] is not None}
    assert shares == {name: 5 * gap for name, gap in LACKING.items()}
    below = {row[2] for row in rows if row[12] == "có / yes"}
    assert below == BELOW

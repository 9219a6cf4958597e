"""Assigned by Bắc Kạn, planned by Na Rì, assigned to its communes, registered by them, and reached:
the sample night.

What the plan states and what its annex assigns to the 17 communes is real (samples/facts), 361
households; what the province assigns (375), what the communes register (347) and what is reached
(354) is invented.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from etl.reports import annexes
from tests.night import Night

# assigned less registered: 3 + 5 + 2 + 4 + 6 = 20; three communes go 2 + 2 + 2 = 6 beyond, the
# other nine register what they were assigned: 361 - 20 + 6 = 347
LACKING = {
    "Xã Lương Thượng": 3, "Xã Sơn Thành": 5, "Xã Cường Lợi": 2, "Xã Kim Lư": 4, "Xã Côn Minh": 6,
}  # fmt: skip
BEYOND = {"Xã Văn Lang": 2, "Xã Cư Lễ": 2, "Xã Trần Phú": 2}
# registered below the province's 3,64 points: the seven whose annex is below 3,5 points, of which
# Văn Minh 10 / 299 = 3,34, and no other: the next is Quang Phong, 15 / 401 = 3,74
BELOW = {
    "Thị trấn Yến Lạc", "Xã Lương Thượng", "Xã Sơn Thành", "Xã Cường Lợi", "Xã Kim Lư",
    "Xã Văn Minh", "Xã Côn Minh",
}  # fmt: skip
# the six communes of 2025-07-01: what those they came of were assigned and registered, in sum, and
# what they reached. Văn Lang: Kim Hỷ 20, Lương Thượng 15 (12), Văn Lang 36 (38); Na Rì: Yến Lạc 15,
# Sơn Thành 25 (20), Kim Lư 10 (6); Cường Lợi: Văn Vũ 40, Cường Lợi 10 (8); Trần Phú: Văn Minh 10,
# Cư Lễ 30 (32), Trần Phú 35 (37); Côn Minh: Quang Phong 15, Côn Minh 10 (4), Dương Sơn 20
SIX = {
    "Xã Văn Lang": (71, 70, 73), "Xã Na Rì": (50, 41, 41), "Xã Cường Lợi": (50, 48, 50),
    "Xã Trần Phú": (75, 79, 80), "Xã Côn Minh": (45, 39, 38), "Xã Xuân Dương": (70, 70, 72),
}  # fmt: skip
CUT = "poor_households_reduction"


@pytest.fixture(scope="module")
def night(warehouse_with_samples: Night) -> Night:
    return warehouse_with_samples


def cascade(night: Night, columns: str, where: str, **params: object) -> list[tuple]:
    query = f"select {columns} from mart.target_cascade where year = 2025 and {where} order by 1"
    return [tuple(row) for row in night.rows(query, **params)]


@pytest.mark.parametrize(
    ("unit_map", "reached"),
    [("as_filed", (167, "H1")), ("2025-06-30", (354, "Y")), ("2025-07-01", (354, "Y"))],
)
def test_the_district_between_its_province_and_its_communes(
    night: Night, unit_map: str, reached: tuple[int, str]
) -> None:
    (row,) = cascade(
        night,
        "assigned_by_province, own_plan_value, plan_gap, plan_verdict, assigned_below, below_gap,"
        " below_verdict, plan_sum_gap, plan_sum_verdict, registered_value, registered_gap,"
        " registered_verdict, units_registered, units_expected, units_assigned, units_short,"
        " shortfall_below, reached_value, reached_period",
        "unit_name = 'Huyện Na Rì' and indicator_code = :cut and unit_map = :unit_map",
        cut=CUT, unit_map=unit_map,
    )  # fmt: skip
    # the plan, and its annex, stay 14 below what the province asks; the annex agrees with the plan
    assert row[:4] == (375, 361, -14, "short")
    assert row[4:9] == (361, -14, "short", 0, "agrees")
    assert row[9:12] == (347, -28, "short")
    assert row[12:17] == (17, 17, 17, len(LACKING), sum(LACKING.values()))
    assert row[17:] == reached


def test_which_communes_stand_behind_what_was_not_registered(night: Night) -> None:
    rows = cascade(
        night, "unit_name, assigned_by_district, registered_value, registered_gap,"
        " registered_verdict, gap_share_pct",
        "level = 'commune' and indicator_code = :cut and unit_map = 'as_filed'"
        " and assigned_by_district is not null", cut=CUT,
    )  # fmt: skip
    assert len(rows) == 17 and sum(row[1] for row in rows) == 361
    assert sum(row[2] for row in rows) == 347
    short = {row[0]: -row[3] for row in rows if row[4] == "short"}
    assert short == LACKING
    assert {row[0]: row[3] for row in rows if row[3] > 0} == BEYOND
    whole = sum(LACKING.values())
    assert {row[0]: row[5] for row in rows if row[5] is not None} == {
        name: Decimal(100 * gap) / whole for name, gap in LACKING.items()
    }


def test_which_communes_stand_behind_what_was_not_reached(night: Night) -> None:
    rows = cascade(
        night, "unit_name, asked_by, assigned_sum, registered_value, reached_value,"
        " registered_gap, registered_verdict, reached_gap, reached_verdict",
        "level = 'commune' and indicator_code = :cut and unit_map = '2025-07-01'"
        " and province_name = 'Thái Nguyên' and reached_period = 'Y'", cut=CUT,
    )  # fmt: skip
    assert {row[0]: row[2:5] for row in rows} == SIX
    assert {row[1] for row in rows} == {"assigned_sum"}
    assert [sum(row[at] for row in rows) for at in (2, 3, 4)] == [361, 347, 354]
    assert {row[0]: row[5] for row in rows} == {n: r - a for n, (a, r, _y) in SIX.items()}
    assert {row[0] for row in rows if row[6] == "short"} == {
        "Xã Văn Lang", "Xã Na Rì", "Xã Cường Lợi", "Xã Côn Minh",
    }  # fmt: skip
    assert {row[0]: row[7] for row in rows} == {n: y - r for n, (_a, r, y) in SIX.items()}
    assert [row[0] for row in rows if row[8] == "short"] == ["Xã Côn Minh"]


def test_sums_are_nobodys_targets(night: Night) -> None:
    rows = night.rows(
        "select unit_name, basis, asked_by, target_value, filing_id from mart.target"
        " where level = 'province' and indicator_code = :cut and unit_name in"
        " ('Tỉnh Thái Nguyên', 'Tỉnh Bắc Kạn') and year = 2025 and unit_map in"
        " ('as_filed', '2025-07-01') order by unit_name, basis", cut=CUT,
    )  # fmt: skip
    assert rows == [
        ("Tỉnh Bắc Kạn", "assigned_sum", None, 361, None),
        ("Tỉnh Bắc Kạn", "registered_sum", None, 347, None),
        ("Tỉnh Thái Nguyên", "assigned_sum", None, 361, None),
        ("Tỉnh Thái Nguyên", "registered_sum", None, 347, None),
    ]


def test_the_51_cells_of_the_annex_are_assigned_by_the_district(night: Night) -> None:
    rows = night.rows(
        "select t.asked_by, f.original_name, count(*), count(distinct t.unit_code)"
        " from mart.target as t join raw.filing as f using (filing_id)"
        " where t.level = 'commune' and t.unit_map = 'as_filed' and t.basis = 'assigned'"
        " and t.asked_by <> 'own_plan' group by 1, 2"
    )
    assert rows == [("district", "na_ri_muc_tieu_giam_ngheo_2025.xlsx", 51, 17)]


def test_a_rate_passed_on_is_that_of_the_households_assigned(night: Night) -> None:
    (row,) = cascade(
        night, "assigned_by_province, assigned_below, below_verdict, plan_sum_verdict,"
        " registered_value",
        "unit_name = 'Huyện Na Rì' and indicator_code = 'poverty_rate_reduction'"
        " and unit_map = 'as_filed'",
    )  # fmt: skip
    points = (Decimal(37500) / 10307).quantize(Decimal("0.01"), ROUND_HALF_UP)
    # 361 / 10307 = 3.50, the plan's 3,5; 347 / 10307 = 3.37
    assert row == (points, Decimal("3.50"), "short", "agrees", Decimal("3.37"))


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
    # of 28 + 300 that lack
    assert rows == [
        ("Huyện Na Rì", 375, 347, "short", Decimal("8.54"), "short"),
        ("Huyện Ngân Sơn", 300, None, "not_registered", Decimal("91.46"), "not_passed_on"),
    ]
    ((below, assigned, short, lacking),) = cascade(
        night, "assigned_below, units_assigned, units_short, shortfall_below",
        "unit_name = 'Tỉnh Bắc Kạn' and indicator_code = :cut and unit_map = 'as_filed'", cut=CUT,
    )  # fmt: skip
    assert (below, assigned, short, lacking) == (675, 2, 2, 328)


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


def test_the_annex_shows_them_side_by_side(night: Night, tmp_path: Path) -> None:
    files = {path.name: path for path in annexes(night.settings, "066", 2025, None, tmp_path)}
    sheet = load_workbook(files["giao_va_dang_ky_066_2025.xlsx"]).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    cut = [row for row in rows if str(row[1]).startswith("Giảm số hộ nghèo /")]
    assert cut[0][2] == "Huyện Na Rì" and len(cut) == 1 + 17 + 6
    agrees = "khớp kế hoạch / agrees with the plan"
    assert cut[0][4:10] == [375, 361, 361, -14, "thiếu / short", agrees]
    assert cut[0][11:15] == [347, "tỉnh giao / assigned by the province", -28, "thiếu / short"]
    assert cut[0][18:] == [354, "cả năm / year", 7, "đủ / covered"]
    shares = {row[2]: row[15] for row in cut[1:] if row[15] is not None}
    ended = {"Xã Côn Minh", "Xã Cường Lợi"}  # communes since 1 July bear their names
    assert shares == {
        name + " (đến 30/06/2025)" * (name in ended): 5 * gap for name, gap in LACKING.items()
    }
    assert {row[2]: (row[6], row[11], row[18]) for row in cut[18:]} == {
        f"{name} (từ 01/07/2025)": figures for name, figures in SIX.items()
    }
    below = {row[2].removesuffix(" (đến 30/06/2025)") for row in rows if row[16] == "có / yes"}
    assert below == BELOW

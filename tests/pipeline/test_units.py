"""Na Rì through 1 July 2025: 17 communes of Bắc Kạn became six of Thái Nguyên.

Expectations: the printed annex with the merges of each commune (samples/facts), added by hand.
"""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from tests.night import Night

NEW_MAP, OLD_MAP = "2025-07-01", "2025-06-30"
SIX = {  # households, poor, cut; start %, cut pp, end %, by hand
    "Xã Văn Lang": ("1622", "553", "71", "34.09", "4.38", "29.72"),
    "Xã Cường Lợi": ("1282", "390", "50", "30.42", "3.90", "26.52"),
    "Xã Na Rì": ("2760", "448", "50", "16.23", "1.81", "14.42"),
    "Xã Trần Phú": ("1600", "552", "75", "34.50", "4.69", "29.81"),
    "Xã Côn Minh": ("1504", "398", "45", "26.46", "2.99", "23.47"),
    "Xã Xuân Dương": ("1539", "636", "70", "41.33", "4.55", "36.78"),
}
FIGURES = (
    ("households", "baseline"), ("poor_households", "baseline"),
    ("poor_households_reduction", "assigned"), ("poverty_rate", "baseline"),
    ("poverty_rate_reduction", "assigned"), ("poverty_rate", "assigned"),
)  # fmt: skip


def on_new_map(night: Night, name: str, level: str = "commune") -> dict[tuple[str, str], Decimal]:
    rows = night.rows(
        "select indicator_code, measure, value, province_name, units_reported, units_expected"
        " from mart.indicator_by_unit where unit_map = :map and level = :level"
        " and unit_name = :name and year = 2025 and measure <> 'actual'",
        map=NEW_MAP, level=level, name=name,
    )  # fmt: skip
    if level == "commune":
        assert {row[3] for row in rows} == {"Thái Nguyên"}
        assert all(reported == expected > 1 for *_figure, reported, expected in rows)
    return {(code, measure): value for code, measure, value, *_rest in rows}


@pytest.mark.parametrize("name", SIX)
def test_the_six_communes_on_the_new_map(warehouse_with_samples: Night, name: str) -> None:
    found = on_new_map(warehouse_with_samples, name)
    assert {figure: found[figure] for figure in FIGURES} == dict(
        zip(FIGURES, map(Decimal, SIX[name]), strict=True)
    )


def test_the_six_sum_to_the_district(warehouse_with_samples: Night) -> None:
    found = [on_new_map(warehouse_with_samples, name) for name in SIX]
    totals = [sum(each[figure] for each in found) for figure in FIGURES[:3]]
    assert totals == [10307, 2977, 361]
    province = on_new_map(warehouse_with_samples, "Tỉnh Thái Nguyên", "province")
    assert [province[figure] for figure in FIGURES[:3]] == [10307, 2977, 361]
    assert province["poverty_rate", "baseline"] == Decimal("28.88")


def test_the_seventeen_stay_in_bac_kan(warehouse_with_samples: Night) -> None:
    provinces = warehouse_with_samples.rows(
        "select distinct province_name, count(*) over (partition by province_name)"
        " from mart.indicator_by_unit where unit_map = 'as_filed' and level = 'commune'"
        " and indicator_code = 'poverty_rate' and measure = 'baseline' and year = 2025"
        " and unit_name <> 'Thị trấn Ba Tơ'"  # reports for itself
    )
    assert provinces == [("Bắc Kạn", 17)]


@pytest.mark.parametrize("unit_map", [NEW_MAP, OLD_MAP])
def test_the_districts_plan_is_judged_by_the_new_communes(
    warehouse_with_samples: Night, unit_map: str
) -> None:
    """Out of poverty: 73 + 50 + 41 + 80 + 38 + 72 = 354 of 361; 354 / 10307 = 3.43 points."""
    rows = warehouse_with_samples.rows(
        "select indicator_code, target_value, actual_value, verdict, units_reported, units_expected"
        " from mart.attainment where unit_map = :map and level = 'district' and period = 'Y'"
        " and asked_by = 'own_plan' and unit_name = 'Huyện Na Rì'"
        " and indicator_code in ('poor_households_reduction', 'poverty_rate_reduction')"
        " order by 1",
        map=unit_map,
    )
    assert rows == [
        ("poor_households_reduction", 361, 354, "not_met", 6, 6),
        ("poverty_rate_reduction", Decimal("3.5"), Decimal("3.43"), "not_met", 6, 6),
    ]


def test_what_the_seventeen_were_assigned_moves_to_the_six(warehouse_with_samples: Night) -> None:
    rows = warehouse_with_samples.rows(
        "select unit_name, target_value, actual_value, verdict from mart.attainment"
        " where unit_map = :map and level = 'commune' and period = 'Y' and basis = 'assigned_sum'"
        " and indicator_code = 'poor_households_reduction'",
        map=NEW_MAP,
    )
    assert {name: (target, actual, verdict) for name, target, actual, verdict in rows} == {
        "Xã Văn Lang": (71, 73, "exceeded"),
        "Xã Cường Lợi": (50, 50, "met"),
        "Xã Na Rì": (50, 41, "not_met"),
        "Xã Trần Phú": (75, 80, "exceeded"),
        "Xã Côn Minh": (45, 38, "not_met"),
        "Xã Xuân Dương": (70, 72, "exceeded"),
    }


def test_the_year_end_is_no_figure_of_the_old_district_as_filed(
    warehouse_with_samples: Night,
) -> None:
    rows = warehouse_with_samples.rows(
        "select distinct level, province_name from mart.indicator_by_unit"
        " where unit_map = 'as_filed' and year = 2025 and period = 'Y' and measure = 'actual'"
    )
    assert sorted(rows) == [("commune", "Thái Nguyên"), ("province", "Thái Nguyên")]


AS_OF_JUNE = {
    "indicators": "select t::text from mart.indicator_by_unit t where year = 2025"
    " and (period in ('OPEN', 'H1') or measure in ('assigned', 'registered')) order by 1",
    "attainment": "select t::text from mart.attainment t where year = 2025 and period = 'H1'"
    " order by 1",
    "gap": "select t::text from mart.target_gap t where year = 2025 order by 1",
    "funds": "select t::text from mart.fund_use t where year = 2025 and period = 'H1' order by 1",
}


def test_the_report_of_june_stays_what_it_was(make_warehouse, tmp_path: Path) -> None:
    later = sorted(Night.inbox.glob("bao_cao_nam_2025_*.xlsx"))
    (tmp_path / "inbox").mkdir()
    for pattern in ("na_ri_*_2025.xlsx", "bao_cao_6_thang_2025_*.xlsx"):
        for path in Night.inbox.glob(pattern):
            shutil.copy(path, tmp_path / "inbox")
    with make_warehouse() as settings:
        night = Night(settings, tmp_path / "inbox")
        night.go()
        before = {name: night.rows(query) for name, query in AS_OF_JUNE.items()}
        for path in later:
            shutil.copy(path, tmp_path / "inbox")
        assert night.go()["receive"] == {"received": 6}
        for name, query in AS_OF_JUNE.items():
            assert before[name], name
            assert night.rows(query) == before[name], name

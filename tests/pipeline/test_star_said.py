"""What the marts made for dragging say beside their numbers: words, invented or not, from where."""

from __future__ import annotations

import pytest

from tests.night import Night

LEVELS = ("commune", "district", "province")
SPANS = ("", "_by_period")
DRAGGED = [f"{kind}_{level}{by}" for kind in ("count", "rate") for level in LEVELS for by in SPANS]
VERDICTS = [f"verdict_{level}" for level in LEVELS]
MONEY = [f"fund_{level}{by}" for level in LEVELS for by in SPANS]


@pytest.mark.parametrize("mart", [*DRAGGED, *VERDICTS, *MONEY, "dim_indicator"])
def test_every_row_has_its_programme_in_words(warehouse_with_samples: Night, mart: str) -> None:
    """Households belong to no programme: a filter on programmes shows them by a name."""
    query = f"select count(*) from mart.{mart} where programme_vi is null or programme_en is null"
    assert warehouse_with_samples.rows(query) == [(0,)]


@pytest.mark.parametrize("mart", MONEY)
def test_natures_are_words(warehouse_with_samples: Night, mart: str) -> None:
    rows = warehouse_with_samples.rows(f"select distinct nature_vi from mart.{mart}")
    assert rows == [("chưa chia loại vốn",)]


@pytest.mark.parametrize("level", LEVELS)
def test_the_plan_of_a_district_is_in_every_sum(warehouse_with_samples: Night, level: str) -> None:
    """Na Rì's plan of 2025 prints 13.731 million; its communes and its province have none."""
    query = f"select sum(plan_million_vnd) from mart.fund_{level} where year = 2025"
    assert warehouse_with_samples.rows(query) == [(13731,)]


def test_invented_figures_say_so(warehouse_with_samples: Night) -> None:
    """The movement of 2024 notes "Số liệu minh hoạ, trừ số hộ nghèo cuối năm", the official review
    "…, trừ tổng số hộ dân cư và số hộ nghèo". What communes report in 2025 is invented."""
    rows = warehouse_with_samples.rows(
        "select indicator_code, period_key, bool_and(is_illustrative), bool_or(is_illustrative)"
        " from mart.count_commune_by_period where district_name = 'Na Rì' and value is not null"
        " and indicator_code in ('poor_households', 'near_poor_households')"
        " and period_key in ('2024-Y', '2025-H1') group by 1, 2 order by 1, 2"
    )
    assert rows == [
        ("near_poor_households", "2024-Y", True, True),
        ("near_poor_households", "2025-H1", True, True),
        ("poor_households", "2024-Y", False, False),
        ("poor_households", "2025-H1", True, True),
    ]


def test_a_rate_is_as_invented_as_its_sides(warehouse_with_samples: Night) -> None:
    rows = warehouse_with_samples.rows(
        "select period_key, is_illustrative from mart.rate_district_by_period"
        " where indicator_code = 'poverty_rate' and unit_name = 'Huyện Na Rì'"
        " and period_key in ('2024-Y', '2025-H1') order by 1"
    )
    assert rows == [("2024-Y", False), ("2025-H1", True)]


def test_a_finding_has_the_title_of_its_rule(warehouse_with_samples: Night) -> None:
    rows = warehouse_with_samples.rows(
        "select distinct rule_vi from mart.finding where rule = 'registered-below-assigned'"
        " union all select 'none' from mart.finding where rule_vi is null"
    )
    assert rows == [("Xã đăng ký giảm … hộ nghèo, thấp hơn chỉ tiêu được giao (…)",)]


def test_sides_of_a_rate_from_two_files(warehouse_with_samples: Night) -> None:
    """Poor households of the end of 2024 stand in the movement, all households in the review."""
    rows = warehouse_with_samples.rows(
        "select province_name, measure_vi, file, sheet, cells, texts_as_filed from mart.trace"
        " where unit_code = '066' and indicator_code = 'poverty_rate' and unit_map = '2025-07-01'"
        " and period_key = '2024-Y' and measure = 'actual' and from_name = 'Xã Côn Minh'"
    )
    assert rows == [
        (
            "Thái Nguyên", "thực hiện",
            "na_ri_dien_bien_ho_ngheo_2024.xlsx / na_ri_ra_soat_chinh_thuc_2024.xlsx",
            "Diễn biến hộ nghèo / Kết quả rà soát",
            "Diễn biến hộ nghèo!L35 / Kết quả rà soát!C25", "88 / 689",
        )
    ]  # fmt: skip

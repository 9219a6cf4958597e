"""The household review in the marts: official and preliminary apart, rates from their counts."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.night import Night


@pytest.fixture(scope="module")
def night(warehouse_with_samples: Night) -> Night:
    return warehouse_with_samples


def of_na_ri(night: Night, code: str, period: str = "Y") -> dict[str, tuple[Decimal, ...]]:
    """Measure -> numerator, denominator, value of the district at the end of 2024."""
    rows = night.rows(
        "select measure, numerator, denominator, value from mart.indicator_by_unit"
        " where level = 'district' and unit_code = '066' and year = 2024 and period = :period"
        " and unit_map = 'as_filed'"
        " and indicator_code = :code",
        code=code, period=period,
    )  # fmt: skip
    return {measure: tuple(figures) for measure, *figures in rows}


def test_official_and_preliminary_stand_apart(night: Night) -> None:
    assert of_na_ri(night, "poverty_rate") == {
        "actual": (2977, 10307, Decimal("28.88")),  # as the plan of 2025 opens
        "preliminary": (2978, 10307, Decimal("28.89")),  # Kim Hỷ 3 more, Cường Lợi 2 fewer
    }
    rows = night.rows(
        "select unit_code, measure, value from mart.indicator_by_unit where level = 'commune'"
        " and year = 2024 and period = 'Y' and indicator_code = 'poor_households'"
        " and unit_map = 'as_filed'"
        " and unit_code in ('02146', '02152') order by 1, 2"
    )
    assert rows == [
        ("02146", "actual", 173), ("02146", "preliminary", 176),
        ("02152", "actual", 68), ("02152", "preliminary", 66),
    ]  # fmt: skip


def test_no_judgement_rests_on_a_preliminary_figure(night: Night) -> None:
    measures = night.rows(
        "select distinct f.measure from mart.figure_trace f join raw.filing g using (filing_id)"
        " where g.form = 'review_preliminary'"
    )
    assert measures == [("preliminary",)]
    judged = night.rows(
        "select 1 from mart.attainment"
        " where year = 2024 and actual_value is not null and province_name = 'Bắc Kạn'"
    )
    assert judged == []


def test_ethnic_minorities_divide_by_themselves(night: Night) -> None:
    poor = of_na_ri(night, "poor_households_ethnic_minority")["actual"][0]
    households = of_na_ri(night, "households_ethnic_minority")["actual"][0]
    rate = (100 * poor / households).quantize(Decimal("0.01"))
    assert of_na_ri(night, "poverty_rate_ethnic_minority")["actual"] == (poor, households, rate)


def test_what_the_forms_agree_on_warns_of_nothing(night: Night) -> None:
    """Three forms state poor households at the end of 2024: review, movement, deprivations."""
    rows = night.rows(
        "select f.commune_key, count(distinct g.form), count(distinct f.value)"
        " from dw.fact_indicator f join dw.dim_indicator i using (indicator_key)"
        " join raw.filing g using (filing_id) where i.indicator_code = 'poor_households'"
        " and f.year = 2024 and f.period = 'Y' and f.measure = 'actual' and f.level = 'commune'"
        " group by 1"
    )
    assert len(rows) == 17
    assert {(forms, values) for _key, forms, values in rows} == {(2, 1), (3, 1)}


def test_lines_are_households_and_persons(night: Night) -> None:
    rows = night.rows(
        "select code, value, text_as_filed from mart.figure_trace"
        " where file = 'na_ri_dien_bien_ho_ngheo_2024.xlsx' and cell in ('D11', 'D12', 'L11')"
        " and unit_name = 'Thị trấn Yến Lạc' order by cell"
    )
    sheet = night.inbox_sheet("na_ri_dien_bien_ho_ngheo_2024.xlsx", "Diễn biến hộ nghèo")
    assert rows == [
        ("poor_households", night.cell(sheet, "D11"), "117"),
        ("poor_persons", night.cell(sheet, "D12"), "535"),
        ("poor_households", 108, "108"),
    ]


def test_the_rate_of_a_lack_divides_by_the_households_of_its_group(night: Night) -> None:
    rows = night.rows(
        "select indicator_code, numerator, denominator, value from mart.indicator_by_unit"
        " where level = 'commune' and unit_code = '02146' and year = 2024 and unit_map = 'as_filed'"
        " and indicator_code like 'deprived_latrine%pct' order by 1"
    )
    assert rows == [  # 19/56 = 33.9286, 120/173 = 69.3642
        ("deprived_latrine_near_poor_pct", 19, 56, Decimal("33.93")),
        ("deprived_latrine_poor_pct", 120, 173, Decimal("69.36")),
    ]


SHEETS = {
    "na_ri_ra_soat_so_bo_2024.xlsx": "Kết quả rà soát",
    "na_ri_ra_soat_chinh_thuc_2024.xlsx": "Kết quả rà soát",
    "na_ri_dien_bien_ho_ngheo_2024.xlsx": "Diễn biến hộ nghèo",
    "thieu_hut_2024_yen_lac.xlsx": "Thiếu hụt",
    "thieu_hut_2024_kim_hy.xlsx": "Thiếu hụt",
}


@pytest.mark.parametrize("name", SHEETS)
def test_every_review_file_is_accepted_and_says_what_is_illustrative(
    night: Night, name: str
) -> None:
    query = "select state, warnings from raw.filing where original_name = :name"
    assert night.rows(query, name=name) == [("accepted", 0)]
    title = [str(cell) for row in night.inbox_sheet(name, SHEETS[name])[:8] for cell in row]
    assert any("số liệu minh hoạ" in text.lower() for text in title)

"""Every statement of the five plans, from workbook to fact: nothing of its shape is lost.

Expectations: samples/facts/plan_targets.csv, in the codes of the form, and the printed numbers.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

import pytest

from tests.night import Night

FILES = {
    "NR": "na_ri_chi_tieu_ke_hoach_2025.xlsx",
    "LV": "lap_vo_chi_tieu_ke_hoach_2024.xlsx",
    "QN": "quynh_nhai_chi_tieu_ke_hoach_2022_2030.xlsx",
    "BT": "ba_to_chi_tieu_ke_hoach_2025.xlsx",
    "BH": "bac_ha_chi_tieu_ke_hoach_2021_2025.xlsx",
}
UNITS = {
    "%": "pct", "% of communes": "pct", "percentage point": "pp", "": "",
    "percentage point per year": "pp_per_year", "commune of 18": "commune", "unit of 19": "unit",
    "million VND per ha": "million_vnd_per_ha",
    "person per commune per year": "person_per_commune_per_year",
}  # fmt: skip
KINDS = {
    "reduction": "change", "N of M": "n_of_m", "share of units": "share_of_units",
    "per-unit minimum": "per_unit_minimum", "per-unit average": "per_unit_average",
    "share": "share_of_flow",
}  # fmt: skip
PERIODS = {
    "annual rate": "annual_rate", "annual average": "annual_average", "by end of": "by_end_of",
    "cumulative over period": "cumulative", "each year": "each_year",
}  # fmt: skip
POPULATIONS = {
    "": "",
    "ethnic minority households": "ethnic_minority_households",
    "poor + near-poor households": "poor_near_poor_households",
    "poor + near-poor households WITH demand": "poor_near_poor_households_with_demand",
    "poor + near-poor + newly-escaped households": "poor_near_poor_escaped_households",
    "poor persons": "poor_persons",
    "poor persons WITH demand": "poor_persons_with_demand",
    "persons in poor + near-poor households": "poor_near_poor_persons",
    "children in poor + near-poor households": "poor_near_poor_children",
    "persons with state-paid health insurance": "state_insured_persons",
    "able to work AND with demand AND in poor household": "poor_workers_with_demand",
    "working-age workers in poor + near-poor households WITH demand":
        "poor_near_poor_workers_with_demand",
    "workers in poor/near-poor/newly-escaped households": "poor_near_poor_escaped_workers",
    "workers in poor/near-poor/newly-escaped households WITH demand":
        "poor_near_poor_escaped_workers_with_demand",
    "workers in poor/near-poor/newly-escaped households + low-income workers WITH demand":
        "low_income_workers_with_demand",
    "workers in poor/near-poor/ethnic minority households": "poor_near_poor_minority_workers",
    "poor + near-poor + ethnic minority households": "poor_near_poor_minority_households",
    "grassroots organisations of the Front/mass organisations": "mass_organisations",
    "all households": "households",
    "rural households": "rural_households",
    "whole population": "population",
    "poverty-reduction staff": "poverty_staff",
    "communes/townships": "communes",
    "age 15-60": "persons_15_60",
    "age 15-35": "persons_15_35",
    "children under 5": "children_under_5",
    "communes with poverty rate >= 40% (list fixed by NQ 20-NQ/TU 24/5/2019)":
        "communes_nq20_40_pct",
}  # fmt: skip
INFERRED = {"BH-066", "BH-067"}  # "mỗi tổ chức", "còn lại": no number of theirs is printed
TOTALS = {"commune of 18": Decimal(18), "unit of 19": Decimal(19)}
LINKS = {  # "trong đó": a part of; "tương đương", "(16 phòng)": the same in another unit
    "component_of": {"NR-007": "NR-006", "BH-003": "BH-001", "BH-010": "BH-009",
                     "BH-035": "BH-034", "BH-037": "BH-036", "BH-051": "BH-050"},
    "paired_with": {"NR-001": "NR-002", "NR-002": "NR-001", "BH-024": "BH-025",
                    "BH-025": "BH-024"},
}  # fmt: skip


class Statement(NamedTuple):
    """A row of dw.fact_target."""

    indicator: str
    level: str
    operator: str
    value: Decimal | None
    value_high: Decimal | None
    unit: str
    quantity: str
    period_type: str
    year: int
    year_from: int
    year_to: int
    sub_population: str
    total: Decimal | None
    is_aspirational: bool
    text: str
    section: str
    component_of: str | None
    paired_with: str | None
    has_whole: bool
    unit_scope: str
    named_standard: str
    is_inferred: bool


@pytest.fixture(scope="module")
def stored(warehouse_with_samples: Night) -> dict[str, Statement]:
    """Every stated target by the number it has in the facts."""
    rows = warehouse_with_samples.rows(
        "select g.original_name, f.statement_no, i.indicator_code, f.level, f.operator,"
        " f.target_value, f.target_value_high, f.unit_of_measure, f.quantity, f.period_type,"
        " f.year, f.year_from, f.year_to, f.sub_population, f.total_value, f.is_aspirational,"
        " f.text_as_printed, f.section, f.component_of, f.paired_with, f.measured_against <> '',"
        " f.unit_scope, f.named_standard, f.is_inferred"
        " from dw.fact_target f join raw.filing g using (filing_id)"
        " join dw.dim_indicator i using (indicator_key)"
        " where g.form = 'plan_targets' and g.state = 'accepted'"
        " and f.level <> 'province'"  # an invented plan
    )
    plans = {file: plan for plan, file in FILES.items()}
    return {f"{plans[file]}-{int(number):03}": Statement(*row) for file, number, *row in rows}


@pytest.fixture(scope="module")
def printed(warehouse_with_samples: Night) -> dict[str, dict[str, str]]:
    """The 121 statements of the plans' texts; Na Rì's annex is another form."""
    rows = warehouse_with_samples.facts("plan_targets")
    found = {row["target_id"]: row for row in rows if row["section"] != "Annex table"}
    assert len(found) == 121
    return found


def number(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def expected(row: dict[str, str]) -> Statement:
    words_only = row["operator"] == "none"
    links = [LINKS[name].get(row["target_id"]) for name in ("component_of", "paired_with")]
    return Statement(
        *(row["indicator"], row["geo_level"], row["operator"]),
        *(number(row["value"]), number(row["value_high"])),
        UNITS.get(row["unit"], row["unit"]),
        "text_only" if words_only else KINDS.get(row["target_kind"], row["target_kind"]),
        PERIODS.get(row["period_type"], row["period_type"]),
        *(int(row["period_end"]), int(row["period_start"]), int(row["period_end"])),
        *(POPULATIONS[row["sub_population"]], TOTALS.get(row["unit"]), row["aspirational"] != ""),
        *(row["text_as_printed"], row["section"]),
        *(str(int(other[3:])) if other else None for other in links),
        *(row["denominator"] != "", row["unit_scope"]),
        # all that the five plans name is the standard of decree 07/2021
        "2022-2026" if row["named_standard"] else "",
        row["target_id"] in INFERRED,
    )


def test_every_statement_is_read_back_as_the_plan_makes_it(
    stored: dict[str, Statement], printed: dict[str, dict[str, str]]
) -> None:
    assert stored == {name: expected(row) for name, row in printed.items()}


def read(piece: str) -> Decimal:
    """A printed number: a comma is the decimal mark, a dot before three digits groups."""
    grouped = re.fullmatch(r"\d{1,3}(\.\d{3})+", piece)
    return Decimal(piece.replace(".", "") if grouped else piece.replace(",", "."))


def test_the_values_are_the_printed_numbers(
    stored: dict[str, Statement], printed: dict[str, dict[str, str]]
) -> None:
    without = set()
    for name, row in printed.items():
        pieces = re.findall(r"\d+(?:[.,]\d+)*", row["number_as_printed"])
        if not pieces:
            without.add(name)
            continue
        assert all(piece in row["text_as_printed"] for piece in pieces), name
        each = stored[name]
        values = [each.value, each.value_high if each.operator == "between" else each.total]
        assert [read(piece) for piece in pieces] == values[: len(pieces)], name
    # "cơ bản", "đạt chuẩn", "ít nhất một thành viên"; "mỗi tổ chức", "còn lại"
    assert without == {"QN-008", "QN-012", "QN-013", "BT-006", "BH-066", "BH-067"}


def test_each_is_traced_to_the_cell_of_its_figure(
    warehouse_with_samples: Night, stored: dict[str, Statement]
) -> None:
    night = warehouse_with_samples
    rows = night.rows(
        "select t.file, t.sheet, t.cell, t.value, t.text_as_filed, t.state from mart.figure_trace t"
        " where t.fact = 'target' and t.file = any(:files)",
        files=list(FILES.values()),
    )
    assert len(rows) == len(stored) == 121
    for file, sheet, cell, value, text, state in rows:
        assert night.cell(night.inbox_sheet(file, sheet), cell) == text
        assert (state == "value") == (value is not None)


SHAPES = {  # no plan states a minimum of each (tests/sql/cases/attainment_minimum_of_each)
    "level", "change", "count", "coverage", "share_of_units", "n_of_m", "per_unit_average",
    "share_of_flow",
}  # fmt: skip
SPANS = {
    "year", "annual_rate", "annual_average", "by_end_of", "standing", "cumulative", "each_year",
    "unstated",
}  # fmt: skip


@pytest.mark.parametrize(
    ("column", "values"), [("quantity", SHAPES), ("period_type", SPANS), ("operator", set())]
)
def test_every_shape_is_judged_somewhere_and_somewhere_not(
    warehouse_with_samples: Night, column: str, values: set[str]
) -> None:
    operators = {"=", ">=", ">", "<=", "<", "~", "between"}
    rows = warehouse_with_samples.rows(
        f"select {column}, bool_or(verdict <> 'not_assessable'),"
        " bool_or(verdict = 'not_assessable') from mart.attainment"
        " where basis = 'assigned' and quantity <> 'text_only' group by 1"
    )
    judged = {value for value, is_judged, _not in rows if is_judged}
    assert judged == (values or operators)
    not_judged = {value for value, _judged, is_not in rows if is_not}
    # a yearly rate and a sum of years are stated once, and a level "not above" by a commune and a
    # district that report
    assert not_judged >= (values or operators) - {"annual_rate", "cumulative", "<="}


def test_words_are_kept_and_not_judged(warehouse_with_samples: Night) -> None:
    rows = warehouse_with_samples.rows(
        "select distinct indicator_code, unit_name, target_value, verdict, reason"
        " from mart.attainment where unit_map = 'as_filed' and quantity = 'text_only'"
    )
    words = (None, "not_assessable", "text_only")
    assert sorted(rows) == [
        ("households_with_lasting_worker_pct", "Thị trấn Ba Tơ", *words),
        ("hygienic_water_pct", "Huyện Quỳnh Nhai", *words),
        ("road_between_villages_pct", "Huyện Quỳnh Nhai", *words),
        ("school_works_standard_pct", "Huyện Quỳnh Nhai", *words),
    ]


def test_bac_ha_by_hand(warehouse_with_samples: Night) -> None:
    """What was reached (tools/samples/reached/bac_ha.csv) against the plan of 2021-2025."""
    rows = warehouse_with_samples.rows(
        "select indicator_code, year, period, actual_value, attainment_pct, verdict, reason"
        " from mart.attainment where unit_code = '085' and unit_map = 'as_filed'"
        " and basis = 'assigned' and ("
        "indicator_code = 'jobs_created' and (year = 2023 or year = 2025)"
        " or indicator_code in ('communes_ntm14', 'overseas_workers_per_commune_year')"
        " and year = 2024"
        " or indicator_code = 'communes_meeting_ntm_poverty_pct' and year = 2021"
        " or indicator_code = 'jobs_created_per_commune_year' and year in (2022, 2023))"
    )
    assert {row[:3]: row[3:] for row in rows} == {
        # 1250 + 1310 + 1420 = 3980 of more than 6742, 60 % of the years gone
        ("jobs_created", 2023, "Y"): (3980, Decimal("59.03"), "behind", "mid_period_linear_path"),
        # 3980 + 1485 + 760 = 6225, 90 % of the years gone
        ("jobs_created", 2025, "H1"): (6225, Decimal("92.33"), "on_track",
                                       "mid_period_linear_path"),
        # 17 xã are left of 18: 16 of 17, from 9: 7 / 8
        ("communes_ntm14", 2024, "Y"): (16, Decimal("87.50"), "on_track",
                                        "mid_period_linear_path"),
        # of xã: 12/18, 41/18, 63/18 and 58/17: 2.46; about 3 allows 2.85
        ("overseas_workers_per_commune_year", 2024, "Y"):
            (Decimal("2.46"), Decimal("82.14"), "behind", "average_so_far"),
        # 5 of 18 xã from 4 of 18, on the way to 75 %: 5.56 / 52.78
        ("communes_meeting_ntm_poverty_pct", 2021, "Y"):
            (Decimal("27.78"), Decimal("10.53"), "behind", "mid_period_linear_path"),
        # the average xã's 18 and 21, then 22: (18 + 21) / 2 is below the least of 20 - 30
        ("jobs_created_per_commune_year", 2022, "Y"):
            (Decimal("19.50"), Decimal("97.50"), "behind", "average_so_far"),
        ("jobs_created_per_commune_year", 2023, "Y"):
            (Decimal("20.33"), Decimal("101.67"), "on_track", "average_so_far"),
    }  # fmt: skip

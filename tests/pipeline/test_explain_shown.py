"""`khoxa explain` on a terminal: names, no keys, lines that fit, one year, and what was meant."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from etl.aggregate.explain import NothingToExplain, Step, explain
from tests.khoxa import khoxa, variables
from tests.night import Night

CUONG_LOI, NA_RI = "02152", "066"


@pytest.fixture(scope="module")
def steps(warehouse_with_samples: Night) -> dict[str, list[Step]]:
    """Steps by the unit and indicator explained, of 2025."""
    asked = ((CUONG_LOI, "poverty_rate"), (NA_RI, "poor_households_reduction"))
    settings = warehouse_with_samples.settings
    return {unit: list(explain(settings, unit, indicator, 2025)) for unit, indicator in asked}


@pytest.mark.parametrize("unit", [CUONG_LOI, NA_RI])
def test_every_row_is_of_the_year_asked_for(unit: str, steps: dict[str, list[Step]]) -> None:
    for step in steps[unit]:
        named = dict(enumerate(step.columns))
        for row in step.rows:
            values = {name: row[place] for place, name in named.items()}
            year = values.get("actual_year", values.get("year"))
            if "year_from" in values and "actual_value" not in values:  # a target of many years
                assert (values["year_from"] or year) <= 2025 <= year, step.model.name
            elif year is not None:
                assert year == 2025, step.model.name


def test_keys_have_names_beside_them(steps: dict[str, list[Step]]) -> None:
    for step in steps[NA_RI]:
        if not step.rows or step.model.makes[0].startswith("mart."):
            continue
        columns = set(step.columns)
        assert columns & {"unit", "commune"}, step.model.name
        if columns & {"target_no", "report_no"} and "target_id" not in columns:
            assert {"target", "unit_map"} <= columns, step.model.name
        if "indicator_key" in columns:
            assert "indicator_code" in columns


def test_a_unit_of_two_versions_is_told_apart(steps: dict[str, list[Step]]) -> None:
    step = next(s for s in steps[CUONG_LOI] if s.model.title == "commune_origin")
    place = step.columns.index("came_from")
    assert {row[place] for row in step.rows} == {
        "Xã Văn Vũ (02137)",
        "Xã Cường Lợi (02152, 2021-01-01)",
    }


def test_it_ends_with_the_marts(
    steps: dict[str, list[Step]], warehouse_with_samples: Night
) -> None:
    rates, verdicts = steps[CUONG_LOI][-2:]
    assert rates.model.makes == ("mart.indicator_by_unit",)
    assert verdicts.model.makes == ("mart.attainment",)
    for step in (rates, verdicts):
        query = (
            f"select * from {step.model.makes[0]} where unit_code = '02152' and year = 2025"
            " and indicator_code = 'poverty_rate'"
        )
        assert sorted(map(str, step.rows)) == sorted(map(str, warehouse_with_samples.rows(query)))
    # the half-year report of Cường Lợi: 59 of 613 households
    shown = [dict(zip(rates.columns, row, strict=True)) for row in rates.rows]
    assert (59, 613) in [(row["numerator"], row["denominator"]) for row in shown]


@pytest.mark.parametrize(
    ("unit", "indicator"), [(CUONG_LOI, "poverty_rate"), (NA_RI, "poor_households_reduction")]
)
def test_it_fits_a_terminal(unit: str, indicator: str, warehouse_with_samples: Night) -> None:
    environment = variables(warehouse_with_samples.settings) | {"COLUMNS": "80"}
    done = khoxa("explain", unit, indicator, **environment)
    assert done.returncode == 0, done.stderr
    assert max(map(len, done.stdout.splitlines())) <= 80
    for key in ("unit_key", "indicator_key", "report_no", "target_no", "map_unit_no", "filing_id"):
        assert not re.search(rf"(^|  |· ){key} ", done.stdout, re.MULTILINE), key
    assert "mart.attainment" in done.stdout


def test_a_unit_without_figures_is_said(warehouse_with_samples: Night) -> None:
    done = khoxa("explain", "00001", "poverty_rate", **variables(warehouse_with_samples.settings))
    assert done.returncode == 0, done.stderr
    assert "chưa có số liệu" in done.stdout


@pytest.mark.parametrize(
    ("unit", "indicator", "meant"),
    [
        ("2152", "poverty_rate", r"02152 \(Xã Cường Lợi\)"),
        ("Cường Lợi", "poverty_rate", r"02152 \(Xã Cường Lợi\)"),
        ("cuong loi", "poverty_rate", r"02152 \(Xã Cường Lợi\)"),
        (CUONG_LOI, "povrty_rate", r"poverty_rate \(Tỷ lệ hộ nghèo\)"),
        (CUONG_LOI, "tỷ lệ hộ nghèo", r"poverty_rate \(Tỷ lệ hộ nghèo\)"),
    ],
)
def test_what_may_be_meant(
    unit: str, indicator: str, meant: str, warehouse_with_samples: Night
) -> None:
    with pytest.raises(NothingToExplain, match=meant):
        next(explain(warehouse_with_samples.settings, unit, indicator, None))


def test_a_year_outside_the_calendar(warehouse_with_samples: Night) -> None:
    with pytest.raises(NothingToExplain, match="1999"):
        next(explain(warehouse_with_samples.settings, CUONG_LOI, "poverty_rate", 1999))


def test_out_keeps_all_rows_with_names(warehouse_with_samples: Night, tmp_path: Path) -> None:
    done = khoxa(
        *("explain", NA_RI, "poor_households", "--year", "2025", "--out", tmp_path / "new"),
        **variables(warehouse_with_samples.settings),
    )
    assert done.returncode == 0, done.stderr
    path = tmp_path / "new" / "indicator" / "14_commune_as_filed.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("level,unit_key,") and lines[0].endswith(",unit,indicator_code")
    assert len(lines) > 11 and "Xã Kim Hỷ (02146)" in path.read_text(encoding="utf-8")

"""Ten things that an analyst drags together without thinking, against the filed workbooks read with
openpyxl alone: no rule of khoxa stands between the two."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from etl.ground import database
from etl.ground.config import ROOT
from etl.ground.yaml_file import read_yaml
from tests.night import Night

INBOX = Night.inbox
# what was given back: a scan, and a second version with faults
HALF_YEAR = [
    path
    for path in sorted(INBOX.glob("bao_cao_6_thang_2025_*.xlsx"))
    if not path.stem.endswith(("_scan", "_lan_2"))
]
YEAR = sorted(INBOX.glob("bao_cao_nam_2025_*.xlsx"))
REGISTERED = sorted(INBOX.glob("dang_ky_giam_ngheo_2025_*.xlsx"))
HERE = "period_key = '2025-H1' and district_name = 'Na Rì'"


def number(seen: object) -> Decimal:
    """Numbers are numbers, or typed as "11,74" or "1.234"."""
    if isinstance(seen, str):
        seen = seen.strip().replace(".", "").replace(",", ".")
    return Decimal(str(seen or 0))


def lines(path: Path, sheet: str) -> Iterator[tuple]:
    for row in load_workbook(path, data_only=True)[sheet].iter_rows(values_only=True):
        if isinstance(row[0], int):
            yield row


def reported(paths: list[Path], label: str, column: int) -> Decimal:
    """The sum of a column in the lines of that label, a line a workbook."""
    found = [row[column] for path in paths for row in lines(path, "Chỉ tiêu") if row[1] == label]
    assert len(found) == len(paths)
    return sum(map(number, found), Decimal(0))


def money(column: int) -> Decimal:
    found = [row[column] for path in HALF_YEAR for row in lines(path, "Kinh phí")]
    return sum(map(number, found), Decimal(0))


def cells(paths: list[Path], cell: str) -> Decimal:
    books = (load_workbook(path, data_only=True) for path in paths)
    return sum((number(book["Đăng ký mục tiêu"][cell].value) for book in books), Decimal(0))


def ask(night: Night, query: str) -> list[tuple]:
    with database.engine(night.settings, "bi_reader").connect() as connection:
        return [tuple(row) for row in database.script(connection, query)]


@pytest.mark.parametrize(
    ("label", "code"),
    [("Hộ nghèo hiện có", "poor_households"), ("Hộ cận nghèo hiện có", "near_poor_households")],
)
def test_counts_of_a_district(warehouse_with_samples: Night, label: str, code: str) -> None:
    query = f"select sum(value) from mart.count_commune_by_period where {HERE}"
    expected = reported(HALF_YEAR, label, 3)
    assert ask(warehouse_with_samples, f"{query} and indicator_code = '{code}'") == [(expected,)]


@pytest.mark.parametrize(
    ("label", "code"),
    [("Hộ nghèo hiện có", "poverty_rate"), ("Dân số tham gia bảo hiểm y tế", "hi_coverage_pct")],
)
def test_both_sides_of_a_rate(warehouse_with_samples: Night, label: str, code: str) -> None:
    found = ask(
        warehouse_with_samples,
        "select sum(numerator), sum(denominator) from mart.rate_commune_by_period"
        f" where {HERE} and indicator_code = '{code}'",
    )
    assert found == [(reported(HALF_YEAR, label, 3), reported(HALF_YEAR, label, 4))]


def test_money_by_source(warehouse_with_samples: Night) -> None:
    found = ask(
        warehouse_with_samples,
        "select source_vi, sum(allocated_million_vnd), sum(disbursed_million_vnd)"
        f" from mart.fund_commune_by_period where {HERE} group by source_vi order by source_vi",
    )
    assert found == [
        ("Ngân sách trung ương", money(2), money(5)),
        ("Ngân sách địa phương", money(3), money(6)),
    ]


def test_the_end_of_the_year(warehouse_with_samples: Night) -> None:
    found = ask(
        warehouse_with_samples,
        "select province_name, sum(value) from mart.count_commune where year = 2025"
        " and indicator_code = 'poor_households' and province_name = 'Thái Nguyên' group by 1",
    )
    assert found == [("Thái Nguyên", reported(YEAR, "Hộ nghèo hiện có", 3))]


def test_start_assigned_and_registered(warehouse_with_samples: Night) -> None:
    query = "select sum({}) from mart.count_{} where year = 2025 and indicator_code = '{}'"
    sheet = load_workbook(INBOX / "na_ri_muc_tieu_giam_ngheo_2025.xlsx")["Biểu mục tiêu"]
    assigned = sum(number(sheet.cell(row, 6).value) for row in range(11, 28))
    for level in ("commune", "district", "province"):
        fall = (level, "poor_households_reduction")
        for column, expected in (("assigned", assigned), ("registered", cells(REGISTERED, "F11"))):
            below = " and district_name = 'Na Rì'" if level == "commune" else ""
            if level == "commune":
                asked = query.format(column, *fall) + below
                assert ask(warehouse_with_samples, asked) == [(expected,)]
        start = query.format("opening", level, "poor_households")
        of_na_ri = {
            "commune": " and district_name = 'Na Rì'", "district": " and unit_name = 'Huyện Na Rì'",
            "province": " and unit_name = 'Tỉnh Thái Nguyên'",
        }[level]  # fmt: skip
        assert ask(warehouse_with_samples, start + of_na_ri) == [(cells(REGISTERED, "D10"),)]


def test_how_many_communes_reported(warehouse_with_samples: Night) -> None:
    """17 communes by June; by the end of the year the six that they became. What only a district
    filed is a row, but no commune."""
    half = (
        "select sum(units_reported) from mart.count_district_by_period where"
        " unit_name = 'Huyện Na Rì'"
        " and period_key = '2025-H1' and indicator_code = 'poor_households'"
    )
    assert ask(warehouse_with_samples, half) == [(len(HALF_YEAR),)] == [(17,)]
    by_province = (
        "select province_name, count(distinct unit_id) from mart.count_commune where year = 2025"
        " and value is not null and not is_rest group by province_name order by province_name"
    )
    ba_to = 1  # Thị trấn Ba Tơ reports its half-year in a workbook of the district's
    assert ask(warehouse_with_samples, by_province) == [
        ("Quảng Ngãi", ba_to), ("Thái Nguyên", len(YEAR))
    ]  # fmt: skip


def test_filings_by_state(warehouse_with_samples: Night) -> None:
    found = ask(
        warehouse_with_samples,
        "select count(distinct file), count(distinct file) filter (where state = 'rejected')"
        " from mart.filing where filing_id is not null",
    )
    assert found == [(len(list(INBOX.glob("*.xlsx"))), 3)]


@pytest.mark.parametrize("name", ["count_commune", "count_district", "coverage", "rate_district"])
def test_no_dashboard_adds_up_years_or_indicators(warehouse_with_samples: Night, name: str) -> None:
    """With its filters taken away a chart has no figure; with one year and indicator it has."""
    dataset = read_yaml(ROOT / f"bi/superset/bundle/datasets/khoxa/{name}.yaml")
    of = f"({dataset['sql'] or 'select * from mart.' + dataset['table_name']}) as d"
    metric = dataset["metrics"][0]["expression"]
    code = "poverty_rate" if name == "rate_district" else "poor_households"
    one = f"indicator_code = '{code}' and province_name = 'Thái Nguyên'"
    asked = {f"{one} and year = 2025": True, one: False, "year = 2025": False}
    for where, is_there in asked.items():
        ((figure,),) = ask(warehouse_with_samples, f"select {metric} from {of} where {where}")
        assert (figure is not None) == is_there, where

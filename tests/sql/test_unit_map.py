"""The country's figures on the map of 1 July 2025, against sums made from the seed files."""

from __future__ import annotations

import csv
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from etl import aggregate
from etl.ground import database
from etl.ground.config import SEEDS_DIR, Settings
from etl.load import seeding
from etl.setup import migrate
from etl.units import seed as unit_seed

REFORM, MAP = "2025-07-01", "2025-07-01"


def seed(name: str) -> list[dict[str, str]]:
    with (SEEDS_DIR / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def country(make_warehouse):
    with make_warehouse() as found:
        yield found


def fill(country: Settings, number: int) -> dict[str, int]:
    """A figure of every commune of 1 January 2025, drawn from `number`; values by code."""
    with database.engine(country, "khoxa_owner").begin() as connection:
        connection.exec_driver_sql("alter table raw.filing disable trigger history_is_kept")
        for name in ("dw.fact_indicator", "dw.agg_indicator", "raw.filing", "stg.touched"):
            connection.exec_driver_sql(f"delete from {name}")
        connection.exec_driver_sql(
            "insert into raw.filing (filing_id, content_sha256, original_name, received_at, state,"
            " form, filer_level, filer_code, year, period, units_on) values (1, 'x', 'x.xlsx',"
            " '2025-02-01', 'accepted', 'x', 'province', 'x', 2025, 'Y', '2025-01-01')"
        )
        connection.execute(
            text(
                "insert into dw.fact_indicator select 1, i.indicator_key, 'commune',"
                " c.commune_key, c.district_key, c.province_key, 2025, 'OPEN', 'baseline',"
                " abs(hashtextextended(c.commune_code, :number)) % 5000, 'value', 'S',"
                " 'A' || c.commune_key, '' from dw.dim_commune c"
                " join dw.dim_indicator i on i.indicator_code = 'households'"
                " where date '2025-01-01' >= c.valid_from and date '2025-01-01' < c.valid_to"
            ),
            {"number": number},
        )
        connection.exec_driver_sql(
            "insert into stg.touched select distinct commune_key, district_key, province_key, year"
            " from dw.fact_indicator"
        )
        rows = connection.exec_driver_sql(
            "select commune_code, value from dw.fact_indicator join dw.dim_commune"
            " using (commune_key)"
        )
        return {code: int(value) for code, value in rows}


def ask(country: Settings, level: str, unit_map: str) -> dict[str, Decimal | None]:
    with database.engine(country).connect() as connection:
        rows = connection.execute(
            text(
                "select unit_code, value from mart.indicator_by_unit"
                " where level = :level and unit_map = :map and indicator_code = 'households'"
            ),
            {"level": level, "map": unit_map},
        )
        return {code: value for code, value in rows}  # noqa: C416


@settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck))
@given(number=st.integers(0, 10**9))
def test_counts_move_along_whole_links_and_nothing_is_lost(country: Settings, number: int) -> None:
    values = fill(country, number)
    assert len(values) == 10_035
    aggregate.aggregate(country)
    links = [
        row for row in seed("unit_link")
        if row["event_id"].startswith(REFORM) and row["old_level"] == "commune"
    ]  # fmt: skip
    parts = defaultdict(list)
    for row in links:
        parts[row["new_code"]].append(row)
    expected = {
        new: None if any(row["link"] == "part" for row in rows)
        else sum(values[row["old_code"]] for row in rows)
        for new, rows in parts.items()
    }  # fmt: skip
    assert len(expected) == 3_316
    assert ask(country, "commune", MAP) == expected
    provinces = ask(country, "province", MAP)
    assert len(provinces) == 34
    assert sum(provinces.values()) == sum(values.values())
    whole = {row["old_code"] for rows in parts.values() for row in rows} - {
        row["old_code"] for row in links if row["link"] == "part"
    }
    known = [rows for new, rows in parts.items() if expected[new] is not None]
    assert {row["old_code"] for rows in known for row in rows} <= whole
    assert sum(v for v in expected.values() if v is not None) == sum(
        values[row["old_code"]] for rows in known for row in rows
    )


@pytest.mark.parametrize("unit_map", ["as_filed", "2025-06-30"])
def test_the_old_map_is_what_was_filed(country: Settings, unit_map: str) -> None:
    values = fill(country, 7)
    aggregate.aggregate(country)
    assert ask(country, "commune", unit_map) == values
    assert len(ask(country, "district", unit_map)) == 691
    assert len(ask(country, "province", unit_map)) == 63


@pytest.mark.parametrize(
    ("day", "provinces", "districts", "communes"),
    [
        ("2024-10-31", 63, 696, 10_036),
        ("2025-06-30", 63, 696, 10_035),
        ("2025-07-01", 34, 0, 3_321),
    ],
)
def test_units_of_a_day(
    country: Settings, day: str, provinces: int, districts: int, communes: int
) -> None:
    with database.engine(country, "bi_reader").connect() as connection:
        counts = connection.execute(
            text(
                "select level, count(*), count(distinct unit_code) from mart.unit"
                " where cast(:day as date) >= valid_from and cast(:day as date) < valid_to"
                " group by level"
            ),
            {"day": day},
        )
        found = {level: (rows, codes) for level, rows, codes in counts}
    expected = {"province": provinces, "district": districts, "commune": communes}
    assert found == {level: (n, n) for level, n in expected.items() if n}


@pytest.mark.parametrize("level", ["commune", "district", "province"])
def test_the_database_keeps_one_version_a_day(fresh_warehouse: Settings, level: str) -> None:
    parents = {"commune": ", district_key, province_key", "district": ", province_key"}
    names = f"{level}_code, {level}_name, unit_type"
    rest = parents.get(level, "")
    engine = database.engine(fresh_warehouse, "khoxa_owner")
    with pytest.raises(IntegrityError, match="version_a_day"), engine.begin() as connection:
        connection.exec_driver_sql(
            f"insert into dw.dim_{level}"
            f" ({level}_key, {names}, valid_from, valid_to, sort_key{rest})"
            f" select 999999, {names}, '2025-03-01', '2025-04-01', ''{rest} from dw.dim_{level}"
            " where date '2025-03-01' >= valid_from and date '2025-03-01' < valid_to limit 1"
        )


def test_a_split_with_filed_shares_is_multiplied(
    fresh_warehouse: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Lai Uyên (25822) went in two parts; with 0.7 and 0.3 filed, each takes its share."""
    shares = {"25819": "0.7", "25822": "0.3"}
    tables = unit_seed.seed_rows()
    columns, links = tables["unit_link"]
    old, new, weight = (columns.index(name) for name in ("old_code", "new_code", "weight"))
    listed = [list(row) for row in links]
    for row in listed:
        if row[old] == "25822" and row[new] in shares and row[0].startswith(REFORM):
            row[weight] = shares[row[new]]
    tables["unit_link"] = columns, listed
    monkeypatch.setattr(seeding, "seed_rows", lambda **_folders: tables)
    monkeypatch.setattr(seeding, "_unit_files", lambda settings: [])
    values = fill(fresh_warehouse, 1)
    aggregate.aggregate(fresh_warehouse)
    assert ask(fresh_warehouse, "commune", MAP)["25822"] is None
    migrate.migrate(fresh_warehouse)  # and what hung on the shares is computed again
    aggregate.aggregate(fresh_warehouse)
    found = ask(fresh_warehouse, "commune", MAP)
    share = Decimal(values["25822"])
    whole = values["25816"] + values["25819"]
    assert found["25819"] == (whole + share * Decimal("0.7")).quantize(Decimal(1), ROUND_HALF_UP)
    assert found["25822"] == (share * Decimal("0.3")).quantize(Decimal(1), ROUND_HALF_UP)

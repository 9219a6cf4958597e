"""What leaves the house says what the marts say, with types and keys, and the same bytes twice."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import duckdb
import pytest
from openpyxl import load_workbook

from etl.export import export
from etl.night.as_of import as_of
from tests.night import Night

HALF_YEAR = 2810 + 109 + 3420  # poor households: Na Rì's 17 communes, Ba Tơ's one, huyện Bắc Hà
ASKED = ("2025-H1", "poor_households")


@pytest.fixture(scope="module")
def exported(warehouse_with_samples: Night, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("xuat")
    export(warehouse_with_samples.settings, folder / "csv")
    export(warehouse_with_samples.settings, folder / "parquet", "parquet")
    return folder


def package(folder: Path) -> dict:
    return json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_sum_outside_is_the_sum_inside(exported: Path) -> None:
    """Read by the standard library, and by another program."""
    found = rows(exported / "csv" / "count_commune_by_period.csv")
    asked = [r["value"] for r in found if (r["period_key"], r["indicator_code"]) == ASKED]
    assert sum(float(value) for value in asked if value) == HALF_YEAR
    file = exported / "parquet" / "count_province_by_period.parquet"
    query = f"select sum(value) from '{file}' where (period_key, indicator_code) = {ASKED}"
    assert duckdb.sql(query).fetchall() == [(HALF_YEAR,)]


def test_the_package_says_types_keys_and_relations_that_hold(exported: Path) -> None:
    said = package(exported / "csv")
    tables = {r["name"]: rows(exported / "csv" / r["path"]) for r in said["resources"]}
    assert len(tables) == len(said["resources"]) > 25
    for resource in said["resources"]:
        own, schema = tables[resource["name"]], resource["schema"]
        assert [f["name"] for f in schema["fields"]] == list(own[0]), resource["name"]
        keys = [tuple(row[name] for name in schema["primaryKey"]) for row in own]
        assert len(set(keys)) == len(keys), resource["name"]
        for key in schema["foreignKeys"]:
            (column,), leads = key["fields"], key["reference"]
            known = {row[leads["fields"][0]] for row in tables[leads["resource"]]}
            assert {row[column] for row in own} - {""} <= known, (resource["name"], column)


def test_no_rate_may_be_added_up(exported: Path) -> None:
    for resource in package(exported / "csv")["resources"]:
        added = [f["name"] for f in resource["schema"]["fields"] if f.get("aggregate") == "sum"]
        if resource["name"].startswith("rate_"):
            assert added == [] and "numerator" in resource["measures"]["rate"]


def test_parquet_has_the_types_that_the_package_says(exported: Path) -> None:
    kinds = {
        "integer": {"SMALLINT", "INTEGER", "BIGINT"}, "number": {"DOUBLE"}, "string": {"VARCHAR"},
        "boolean": {"BOOLEAN"}, "date": {"DATE"},
    }  # fmt: skip
    for resource in package(exported / "parquet")["resources"]:
        query = f"describe select * from '{exported / 'parquet' / resource['path']}'"
        found = {name: kind for name, kind, *_ in duckdb.sql(query).fetchall()}
        for field in resource["schema"]["fields"]:
            assert found[field["name"]] in kinds[field["type"]], (resource["name"], field["name"])


def test_twice_the_same_bytes(
    exported: Path, warehouse_with_samples: Night, tmp_path: Path
) -> None:
    for file in export(warehouse_with_samples.settings, tmp_path, with_workbook=False):
        assert file.read_bytes() == (exported / "csv" / file.name).read_bytes(), file.name
    books = [(exported / kind / "so_lieu.xlsx").read_bytes() for kind in ("csv", "parquet")]
    assert books[0] == books[1]


def test_a_sheet_for_pivot_tables(exported: Path) -> None:
    book = load_workbook(exported / "csv" / "so_lieu.xlsx", read_only=True)
    header, *body = book["Số liệu"].values
    at = {name: number for number, name in enumerate(header)}
    # by the end of the year Na Rì's six have 2 623; Ba Tơ's and Bắc Hà have only their half
    reached = [
        row[at["Thực hiện"]] for row in body
        if (row[at["Chỉ tiêu"]], row[at["Năm"]]) == ("Số hộ nghèo", 2025)
    ]  # fmt: skip
    assert sum(value for value in reached if value) == 2623 + 109 + 3420
    contents = {row[0]: row[1] for row in book["Đọc trước"].values if row[1] is not None}
    assert contents["Số liệu"] == len(body)
    assert contents["dim_unit"] == len(rows(exported / "csv" / "dim_unit.csv"))


def test_money_stands_as_the_plan_lists_it(exported: Path) -> None:
    """Na Rì's plan: a project's central budget, then its local one (their codes go otherwise)."""
    book = load_workbook(exported / "csv" / "so_lieu.xlsx", read_only=True)
    header, *body = book["Kinh phí"].values
    at = {name: number for number, name in enumerate(header)}
    found: dict[str, list[str]] = {}
    for row in body:
        if "Na Rì" in row[at["Huyện"]] and row[at["Năm"]] == 2025:
            found.setdefault(row[at["Dự án"]], []).append(row[at["Nguồn"]])
    both = ["Ngân sách trung ương", "Ngân sách địa phương"]
    assert len(found) == 9 and all([*dict.fromkeys(names)] == both for names in found.values()), (
        found
    )


def test_money_is_by_district_and_the_same_by_commune(exported: Path) -> None:
    """Na Rì's plan of 2025 is 13 731 million, whoever it is split over."""
    book = load_workbook(exported / "csv" / "so_lieu.xlsx", read_only=True)
    planned = {"Kinh phí": ("Huyện", "Kế hoạch, triệu đồng"),
               "fund_commune": ("unit_label", "plan_million_vnd")}  # fmt: skip
    units = {}
    for sheet, (unit, amount) in planned.items():
        header, *body = book[sheet].values
        assert sum(float(row[header.index(amount)] or 0) for row in body) == pytest.approx(13731)
        units[sheet] = {row[header.index(unit)] for row in body}
    assert len(units["Kinh phí"]) == 1 < len(units["fund_commune"])
    said = [row[0] for row in book["Đọc trước"].values if row[0]]
    assert any("“Kinh phí” là một huyện" in line and "fund_commune" in line for line in said)


def test_as_of_a_day(warehouse_with_samples: Night, tmp_path: Path) -> None:
    """On 5 July 2025 nobody had filed what the year came to."""
    with as_of(warehouse_with_samples.settings, date(2025, 7, 5)) as then:
        export(then, tmp_path, with_workbook=False)
    found = rows(tmp_path / "count_commune_by_period.csv")
    reached = {
        r["period_key"] for r in found if r["indicator_code"] == "poor_households" and r["value"]
    }
    assert "2025-Y" not in reached and "2025-H1" in reached


TYPES = {"integer": {"SMALLINT", "INTEGER", "BIGINT"}, "number": {"DOUBLE"}, "string": {"VARCHAR"},
         "boolean": {"BOOLEAN"}, "date": {"DATE"}}  # fmt: skip


def test_another_program_reads_the_types_that_the_package_says(exported: Path) -> None:
    folder = exported / "parquet"
    for resource in package(folder)["resources"]:
        rows = duckdb.sql(f"describe select * from '{folder / resource['path']}'").fetchall()
        read = {name: kind for name, kind, *_ in rows}
        for field in resource["schema"]["fields"]:
            assert read[field["name"]] in TYPES[field["type"]], (resource["name"], field["name"])

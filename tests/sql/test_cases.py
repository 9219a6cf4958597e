"""Golden cases: a folder is a situation, its YAML files are input tables, expect.yaml says what
must come out. Units are given as codes, in force on the day of their filing; `steps` of the night
after `load` run in between."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from sqlalchemy import Connection, text

from etl import aggregate
from etl.aggregate.models import models, views
from etl.ground import database
from etl.ground.config import Settings
from tests.conftest import MakeWarehouse

CASES = Path(__file__).parent / "cases"
FACTS = ("fact_indicator", "fact_target", "fact_fund", "fact_responsibility")
DEFAULTS = {
    "fact_indicator": {"state": "value"},
    "fact_target": {
        **{"state": "value", "period": "Y", "section": "", "unit_of_measure": "household"},
        **{"text_as_printed": "", "quantity": "level"},
    },
    "fact_fund": {"state": "value"},
    "fact_responsibility": {
        **{"state": "value", "task": "", "text_as_printed": "", "section": ""},
        **{"statement_no": "", "document": ""},
    },
}
INDICATOR = {
    **{
        "name_vi": "",
        "name_en": "",
        "unit_of_measure": "number",
        "timing": "stock",
        "direction": "up",
    },
    **{"decimals": 2, "definition_vi": "", "definition_en": "", "by_standard": False},
}
MAPPED = (
    "attainment", "indicator_by_unit", "target", "target_asked", "target_cascade", "target_gap",
    "target_passed_on", "target_commune", "target_responsible",
)  # fmt: skip
AS_FILED = " and unit_map = 'as_filed'"
KEYS = {
    "indicator": ("indicator_key", "dw.dim_indicator", "indicator_code"),
    "commune": ("commune_key", "dw.dim_commune", "commune_code"),
    "district": ("district_key", "dw.dim_district", "district_code"),
    "province": ("province_key", "dw.dim_province", "province_code"),
}
PARENTS = {"commune": "district_key, province_key", "district": "province_key"}


@pytest.fixture(scope="module")
def place(make_warehouse: MakeWarehouse) -> Iterator[Settings]:
    """An empty warehouse and one connection to it, which knows its views after the first case."""
    with make_warehouse() as empty, database.engine(empty).connect() as connection:
        connection.execution_options(is_passing=True)
        yield replace(empty, transaction=connection)


@pytest.fixture
def passing(place: Settings) -> Iterator[Settings]:
    """A warehouse whose case is rolled back."""
    assert place.transaction is not None
    with place.transaction.begin() as transaction:
        yield place
        transaction.rollback()


@pytest.mark.parametrize("case", sorted(CASES.iterdir()), ids=lambda path: path.name)
def test_case(case: Path, passing: Settings) -> None:
    expect = yaml.safe_load((case / "expect.yaml").read_text(encoding="utf-8"))
    with database.night(passing) as connection:
        for row in _rows(case / "dim_indicator.yaml"):  # others than those of the seed
            _insert(connection, "dw.dim_indicator", {**INDICATOR, **row})
        for row in _rows(case / "filing.yaml"):
            _filing(connection, row)
        for fact in FACTS:
            for number, row in enumerate(_rows(case / f"{fact}.yaml")):
                _fact(connection, fact, number, row)
        _touch_all(connection)
    aggregate.aggregate(passing)
    for name, rows in expect.items():
        with database.asking(passing) as connection:
            columns = ", ".join(rows["columns"])
            query = f"select {columns} from mart.{name} where {_where(name, rows)}"
            got = sorted(tuple(map(_plain, row)) for row in connection.execute(text(query)))
        wanted = sorted(tuple(map(_plain, row)) for row in rows["rows"])
        assert got == wanted, f"mart.{name}: {', '.join(_behind(f'mart.{name}'))}"


def _behind(name: str) -> list[str]:
    """The files of sql/marts that a mart rests on, the nearest first: where to look."""
    found: list[str] = []
    wanted = [name]
    for model in reversed((*models(), *views())):
        if not set(model.makes).isdisjoint(wanted):
            found.append(model.name)
            wanted += model.reads
    return found


def _where(name: str, rows: dict[str, object]) -> str:
    """The case's condition; on figures as filed, unless the case speaks of maps."""
    speaks = "unit_map" in str(rows["where"]) or "unit_map" in str(rows["columns"])
    return f"({rows['where']})" + ("" if name not in MAPPED or speaks else AS_FILED)


def _plain(value: object) -> str:
    """One notation for YAML's and PostgreSQL's numbers; null stays apart from every text."""
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        return format(Decimal(str(value)).normalize(), "f")
    return "null" if value is None else f"'{value}'"


def _rows(path: Path) -> list[dict[str, object]]:
    return yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else []


def _insert(connection: Connection, table: str, row: dict[str, object]) -> None:
    names = ", ".join(row)
    binds = ", ".join(f":{name}" for name in row)
    connection.execute(text(f"insert into {table} ({names}) values ({binds})"), row)


def _filing(connection: Connection, row: dict[str, object]) -> None:
    number = row["filing_id"]
    defaults = {
        "content_sha256": str(number), "original_name": f"{number}.xlsx", "state": "accepted",
        "received_at": f"2025-02-0{number}", "year": 2025, "version": 1, "form": "commune_report",
        "filer_level": "commune", "filer_code": f"f{number}", "period": "H1",
        "units_on": "2025-01-01",
    }  # fmt: skip
    _insert(connection, "raw.filing", {**defaults, **row})


def _fact(connection: Connection, fact: str, number: int, row: dict[str, object]) -> None:
    row = {**DEFAULTS[fact], "year": 2025, "sheet": "S", "cell": f"A{number}", "text_as_filed": "",
           **row}  # fmt: skip
    row["level"] = next(level for level in ("commune", "district", "province") if level in row)
    for name in [n for n in KEYS if n in row]:
        _bind(connection, row, name)
    if fact == "fact_fund":
        query = text(
            "select fund_key from dw.dim_fund where programme_code = :g and source = :s"
            " and project_code is not distinct from :p and nature is not distinct from :n"
        )
        found = {"g": "GNBV", "p": row.pop("project"), "s": row.pop("source"),
                 "n": row.pop("nature", None)}  # fmt: skip
        row["fund_key"] = connection.execute(query, found).scalar_one()
        row = {"year_from": row["year"], **row}
    if fact == "fact_target":
        query = text("select unit_scope from dw.dim_indicator where indicator_key = :key")
        scope = connection.execute(query, {"key": row["indicator_key"]}).scalar_one()
        row = {"year_from": row["year"], "year_to": row["year"], "unit_scope": scope, **row}
    if fact == "fact_responsibility":
        row["agency_key"] = _agency(connection, row)
        row = {"year_from": row["year"], **row}
    _insert(connection, f"dw.{fact}", row)


def _bind(connection: Connection, row: dict[str, object], name: str) -> None:
    """Put the key of what a code names in its place; a unit brings its parents."""
    key, table, code = KEYS[name]
    found = {"code": row.pop(name), "filing": row["filing_id"]}
    if name == "indicator":
        query = f"select {key} from {table} where {code} = :code"
    else:
        keys = ", ".join(filter(None, (key, PARENTS.get(name))))
        query = (
            f"select {keys} from {table} as u"
            " inner join raw.filing as f on f.filing_id = :filing"
            f" where {code} = :code and f.units_on >= u.valid_from and f.units_on < u.valid_to"
        )
    row.update(connection.execute(text(query), found).mappings().one())


def _agency(connection: Connection, row: dict[str, object]) -> object:
    """The key of the agency that a row names by its code: an office of the row's unit."""
    code = row.pop("agency")
    unit = {"level": row["level"], "key": row.get("commune_key") or row["district_key"]}
    query = text(
        "insert into dw.dim_agency select coalesce(max(agency_key), 0) + 1, :code, :level, :code,"
        " :code, :level, :key, '' from dw.dim_agency"
        " on conflict (agency_code, unit_level, unit_key) do update set level = excluded.level"
        " returning agency_key"
    )
    return connection.execute(query, {"code": code, **unit}).scalar_one()


def _touch_all(connection: Connection) -> None:
    for fact in FACTS:
        connection.execute(
            text(
                "insert into stg.touched select distinct commune_key, district_key, province_key,"
                f" year from dw.{fact} on conflict do nothing"
            )
        )

"""bi/power_bi: what can be known of the Power BI project without Power BI.

The schema is that of [MS-SSAS-T], section 3.1.5.2.2.1, as far as the model uses it.
"""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from etl.ground.config import ROOT
from tools.power_bi import FOLDER, files, semantic_model

MARTS = {
    table["name"].removeprefix("mart."): table
    for table in json.loads((ROOT / "docs" / "marts.model.json").read_text("utf-8"))["tables"]
}


def thing(required: list[str], **properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": required, "additionalProperties": False,
            "properties": properties}  # fmt: skip


def many(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


TEXT, YES = {"type": "string", "minLength": 1}, {"type": "boolean"}
LINES = {"anyOf": [TEXT, many({"type": "string"})]}
END = {"enum": ["none", "one", "many"]}
COLUMN = thing(
    ["name", "dataType", "sourceColumn"], name=TEXT, sourceColumn=TEXT, description=TEXT,
    isHidden=YES, isKey=YES, formatString=TEXT,
    dataType={"enum": ["automatic", "string", "int64", "double", "dateTime", "decimal", "boolean"]},
    summarizeBy={"enum": ["default", "none", "sum", "min", "max", "count", "average"]},
)  # fmt: skip
MEASURE = thing(["name", "expression"], name=TEXT, expression=LINES, description=TEXT,
                formatString=TEXT)  # fmt: skip
PARTITION = thing(
    ["name", "mode", "source"], name=TEXT, mode={"enum": ["import", "directQuery", "default"]},
    source=thing(["type", "expression"], type={"const": "m"}, expression=LINES),
)  # fmt: skip
RELATION = thing(
    ["name", "fromTable", "fromColumn", "toTable", "toColumn"],
    **dict.fromkeys(("name", "fromTable", "fromColumn", "toTable", "toColumn"), TEXT),
    fromCardinality=END, toCardinality=END, isActive=YES,
    crossFilteringBehavior={"enum": ["oneDirection", "bothDirections", "automatic"]},
)  # fmt: skip
MODEL = thing(
    ["compatibilityLevel", "model"], compatibilityLevel={"type": "integer", "minimum": 1550},
    model=thing(
        ["culture", "tables", "relationships", "expressions"],
        culture={"const": "vi-VN"}, sourceQueryCulture={"const": "vi-VN"},
        defaultPowerBIDataSourceVersion={"const": "powerBI_V3"}, discourageImplicitMeasures=YES,
        expressions=many(thing(["name", "kind", "expression"], name=TEXT, kind={"const": "m"},
                               expression=LINES)),
        tables=many(thing(["name", "columns", "partitions"], name=TEXT, description=TEXT,
                          columns=many(COLUMN), measures=many(MEASURE),
                          partitions=many(PARTITION))),
        relationships=many(RELATION),
        annotations=many(thing(["name", "value"], name=TEXT, value=TEXT)),
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def tables() -> dict[str, dict[str, Any]]:
    return {table["name"]: table for table in semantic_model()["model"]["tables"]}


def named(table: dict[str, Any]) -> dict[str, str]:
    """Shown name -> column of the mart."""
    return {column["name"]: column["sourceColumn"] for column in table["columns"]}


def test_the_folder_is_what_the_tool_writes() -> None:
    there = {
        path.relative_to(FOLDER).as_posix(): path.read_text(encoding="utf-8")
        for path in FOLDER.rglob("*") if path.is_file()
    }  # fmt: skip
    assert there == files(), "run python -m tools.power_bi"


def test_the_model_fits_the_schema() -> None:
    assert list(Draft202012Validator(MODEL).iter_errors(semantic_model())) == []


def test_every_mart_but_the_trace_with_all_its_columns(tables: dict[str, dict[str, Any]]) -> None:
    assert tables.keys() == MARTS.keys() - {"trace"}
    for name, table in tables.items():
        assert list(named(table).values()) == [c["name"] for c in MARTS[name]["columns"]]
        shown = [
            c["name"].casefold() for key in ("columns", "measures") for c in table.get(key, [])
        ]
        assert len(shown) == len(set(shown)), name


def test_relations_lead_to_a_key_and_one_of_a_pair_is_active(
    tables: dict[str, dict[str, Any]],
) -> None:
    active = set()
    for relation in semantic_model()["model"]["relationships"]:
        ends = relation["fromTable"], relation["toTable"]
        column = named(tables[ends[0]])[relation["fromColumn"]]
        (key,) = MARTS[ends[1]]["primary_key"]
        assert named(tables[ends[1]])[relation["toColumn"]] == key
        if relation["isActive"]:
            assert ends not in active
            active.add(ends)
            assert column not in ("district_id", "province_id")
    assert ("rate_district", "dim_unit") in active and ("fund_commune", "dim_fund") in active


def test_measures_name_columns_that_add_up(tables: dict[str, dict[str, Any]]) -> None:
    seen = set()
    for name, table in tables.items():
        added = {c["name"] for c in MARTS[name]["columns"] if c["aggregate"]}
        for measure in table.get("measures", []):
            assert measure["name"] not in seen
            seen.add(measure["name"])
            used = re.findall(r"'(\w+)'\[([^]]+)\]", measure["expression"])
            columns = {named(table)[column] for of, column in used if of == name}
            assert len(used) >= 1 and all(of == name for of, _ in used)
            if "DIVIDE" in measure["expression"]:
                assert columns >= {"per", "numerator", "denominator", "indicator_key"}
            else:
                assert columns <= added | {*MARTS[name]["one_value_of"]}
        if name.startswith("rate_"):
            assert len(table["measures"]) == 1  # nothing of it can be added up


def test_neither_years_nor_periods_nor_indicators_are_added_up(
    tables: dict[str, dict[str, Any]],
) -> None:
    """Poor households of two years are two counts of the same households."""
    for name, once in (("count_commune", "Năm"), ("count_commune_by_period", "Kỳ (mã)")):
        assert tables[name]["measures"][0]["expression"] == (
            f"IF(HASONEVALUE('{name}'[{once}]) && HASONEVALUE('{name}'[indicator_key]),"
            f" SUM('{name}'[Giá trị]))"
        )
    assert tables["fund_commune"]["measures"][0]["expression"].startswith("SUM(")  # of each year
    assert all(c["summarizeBy"] == "none" for t in tables.values() for c in t["columns"])

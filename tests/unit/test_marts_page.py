"""docs/marts.md leads from any column of a mart to the models that make it."""

from __future__ import annotations

import re

import pytest

from etl.aggregate.models import MARTS_DIR, models, views
from etl.docs.lineage import origins
from etl.docs.models import index_part, models_part
from etl.ground import database
from etl.ground.config import Settings


@pytest.fixture(scope="module")
def found(warehouse: Settings) -> dict[str, dict[str, frozenset[str]]]:
    with database.engine(warehouse).connect() as connection:
        return origins(connection)


@pytest.mark.parametrize(
    ("mart", "column", "tables"),
    [
        ("mart.attainment", "verdict", {"dw.agg_attainment"}),
        ("mart.attainment", "target_value", {"dw.agg_target"}),  # through mart.target
        ("mart.attainment", "indicator_code", {"dw.dim_indicator"}),
        ("mart.fund_use", "need_million_vnd", {"dw.agg_fund"}),
        (  # through mart.indicator_on_map, rounded here; filed, summed or bridged
            "mart.indicator_by_unit",
            "value",
            {"dw.agg_indicator", "dw.agg_indicator_bridged", "dw.dim_indicator"},
        ),
        ("mart.filing_status", "due_on", {"ops.calendar"}),
        (
            "mart.figure_trace",
            "cell",
            {"dw.fact_fund", "dw.fact_indicator", "dw.fact_target", "dw.fact_text"},
        ),
    ],
)
def test_a_column_comes_from(
    mart: str, column: str, tables: set[str], found: dict[str, dict[str, frozenset[str]]]
) -> None:
    assert found[mart][column] == tables


def test_every_column_of_every_mart_is_in_the_index(
    warehouse: Settings, found: dict[str, dict[str, frozenset[str]]]
) -> None:
    query = (
        "select table_schema || '.' || table_name, column_name from information_schema.columns"
        " where table_schema = 'mart'"
    )
    with database.engine(warehouse).connect() as connection:
        known = {(mart, column) for mart, column in connection.exec_driver_sql(query)}
    listed = set()
    for line in index_part(found):
        if re.match(r"\| `mart\.", line):
            mart, columns, _tables, links = (cell.strip() for cell in line.split("|")[1:5])
            listed |= {(mart.strip("`"), name.strip("` ")) for name in columns.split(",")}
            for path in re.findall(r"\]\(\.\./sql/marts/(.*?)\)", links):
                assert (MARTS_DIR / path).exists()
    assert listed == known


def test_which_model_writes_which_rows(
    found: dict[str, dict[str, frozenset[str]]],
) -> None:
    lines = [line for line in index_part(found) if line.startswith("| `dw.agg_fund`")]
    assert [re.findall(r"\[(\w+)\]", line)[0] for line in lines] == [
        "commune_fund",
        "district_fund",
        "province_fund",
    ]
    assert all(len(line.split("|")[3].strip()) > 20 for line in lines)


def test_the_pictures_lead_into_the_tables_that_stay() -> None:
    page = "\n".join(models_part())
    for table in {model.makes[0] for model in models() if model.is_kept}:
        assert f"--> {table}" in page or f"--> {table.removeprefix('dw.')}" in page
    assert "province_fund --> dw.agg_fund" in page
    assert all(f"[{view.title}]" in page for view in views())

"""bi/superset/bundle: what can be known of the dashboards without Superset."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import text

from etl.ground import database
from etl.ground.config import ROOT, Settings
from tests.helpers.superset_bundle import Chart, bundle_files, charts, read, uuids
from tests.night import Night
from tools.dashboards import files, stale

CHARTS = charts()
PAGES = {"overview", "unit", "funds", "completeness", "findings", "filings", "trace"}


def test_the_bundle_is_what_its_description_makes(warehouse: Settings):
    assert stale(files(warehouse)) == [], "run python -m tools.dashboards"


def test_no_uuid_twice_and_every_reference_leads_somewhere():
    found = [yaml.safe_load(file.read_text(encoding="utf-8")) for file in bundle_files()]
    known = [one["uuid"] for one in found if "uuid" in one]
    assert len(known) == len(set(known)) == len(found) - 1  # all but metadata.yaml
    sets, databases = read("datasets"), read("databases")
    assert {one["database_uuid"] for one in sets.values()} == set(databases)
    shown = [uuid for page in read("dashboards").values() for uuid in uuids(page)]
    assert sorted(shown) == sorted(read("charts"))
    assert {one["dataset_uuid"] for one in read("charts").values()} == set(sets)


def test_the_seven_dashboards_are_there():
    assert {page["slug"] for page in read("dashboards").values()} >= PAGES


def test_every_row_of_a_dashboard_fits():
    for page in read("dashboards").values():
        for item in page["position"].values():
            if isinstance(item, dict) and item["type"] == "ROW":
                widths = [page["position"][c]["meta"]["width"] for c in item["children"]]
                assert sum(widths) == 12, (page["slug"], item["id"])


def test_a_filter_names_a_column_of_its_dataset():
    sets = read("datasets")
    for page in read("dashboards").values():
        for chosen in page["metadata"]["native_filter_configuration"]:
            (target,) = chosen["targets"]
            named = {c["column_name"] for c in sets[target["datasetUuid"]]["columns"]}
            assert target["column"]["name"] in named, (page["slug"], chosen["name"])


def test_no_filter_passes_a_chart_by():
    """Superset leaves out, in silence, a filter on a column that the chart's dataset has not."""
    for chart in CHARTS:
        named = {c["column_name"] for c in chart.dataset["columns"]}
        for chosen in chart.filters():
            (target,) = chosen["targets"]
            assert target["column"]["name"] in named, (chart.dashboard["slug"], chart.title)


def test_a_chart_uses_columns_and_metrics_of_its_dataset():
    for chart in CHARTS:
        named = {c["column_name"] for c in chart.dataset["columns"]}
        assert set(chart.columns) <= named, chart.title
        assert chart.metrics or chart.columns, chart.title


def test_no_password_no_address_no_sql_lab():
    (khoxa,) = read("databases").values()
    assert khoxa["sqlalchemy_uri"] == "postgresql+psycopg2://bi_reader@/khoxa"
    assert khoxa["expose_in_sqllab"] is False and khoxa["allow_dml"] is False
    for file in [*bundle_files(), *Path(ROOT, "bi", "superset").glob("*.py")]:
        words = file.read_text(encoding="utf-8")
        assert not re.search(r"://[^/@\s]+:[^/@\s]+@", words), file.name
        assert not re.search(r"(?i)(password|secret_key)\s*[:=]\s*['\"]?\w{8,}['\"]?$", words)


@pytest.fixture
def reader(warehouse_with_samples: Night) -> Any:
    with database.engine(warehouse_with_samples.settings, "bi_reader").connect() as connection:
        yield connection


@pytest.mark.parametrize("name", [one["table_name"] for one in read("datasets").values()])
def test_a_dataset_is_there_for_bi_reader(reader: Any, name: str):
    (said,) = [one for one in read("datasets").values() if one["table_name"] == name]
    source = f"({said['sql']}) as t" if said["sql"] else f"{said['schema']}.{name}"
    columns = ", ".join(c["column_name"] for c in said["columns"])
    metrics = ", ".join(m["expression"] for m in said["metrics"])
    # no row is asked for: a trace of everything would take a minute
    reader.execute(text(f"select {columns} from {source} where false"))
    reader.execute(text(f"select {metrics} from {source} where false"))


@pytest.mark.parametrize("chart", CHARTS, ids=lambda c: f"{c.dashboard['slug']}: {c.title}")
def test_a_chart_has_something_to_show(reader: Any, chart: Chart):
    rows = reader.execute(text(chart.query().replace(":", "\\:"))).mappings().all()
    assert rows, chart.query()
    for metric in chart.metrics:
        assert any(row[metric] is not None for row in rows), (metric, chart.query())

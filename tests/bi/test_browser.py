"""The dashboards in a real Superset, looked at with a real browser by someone who may only look.

`make test-bi` runs this; it needs Superset's environment and Chromium.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from sqlalchemy import text

from etl.ground import database
from etl.ground.config import ROOT, Settings
from etl.setup import superset_home
from tests.compose import free_port
from tests.helpers.superset_bundle import Chart, charts
from tests.night import Night

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
PYTHON = ROOT / ".venv-bi" / "bin" / "python"
WHY_NOT = (
    (not os.environ.get("KHOXA_TEST_BI") and "only `make test-bi` starts Superset")
    or (not PYTHON.exists() and "Superset is not installed: make test-bi")
    or (CHROMIUM is None and "no chromium on this machine")
)
pytestmark = pytest.mark.skipif(bool(WHY_NOT), reason=str(WHY_NOT))
CHARTS = charts()


@pytest.fixture(scope="module")
def superset(warehouse: Settings, warehouse_with_samples: Night) -> Iterator[Settings]:
    """A running Superset, its metadata on the tests' server; set up twice, as `make bi` may be."""
    settings = replace(warehouse_with_samples.settings, home=warehouse.home)
    port = free_port()
    here = f"http://127.0.0.1:{port}"
    with patch.multiple(superset_home, PORT=port, UI=here):
        try:
            superset_home.up(settings)
            said = superset_home.up(settings)
            assert here in said
            yield settings
        finally:
            superset_home.down(settings)


@pytest.fixture(scope="module")
def seen(superset: Settings, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What `browse.py` saw; its pictures are kept where KHOXA_BI_PICTURES says."""
    folder = Path(os.environ.get("KHOXA_BI_PICTURES") or tmp_path_factory.mktemp("pictures"))
    secrets = json.loads((superset.home / "superset" / "secrets.json").read_text("ascii"))
    look = [PYTHON, Path(__file__).with_name("browse.py"), CHROMIUM, superset_home.UI]
    done = subprocess.run(
        [*look, "xem", secrets["xem"], folder.resolve()], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert len(list(folder.glob("superset_*.png"))) >= 6
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_secrets_are_for_their_owner(superset: Settings):
    kept = superset.home / "superset" / "secrets.json"
    assert kept.stat().st_mode & 0o777 == 0o600


def test_no_chart_shows_an_error_and_none_is_there_twice(seen: dict[str, Any]):
    for slug in {chart.dashboard["slug"] for chart in CHARTS}:
        said = seen[slug]
        assert said["refused"] == [], slug
        wanted = sorted(c.title for c in CHARTS if c.dashboard["slug"] == slug)
        assert sorted(chart["title"] for chart in said["charts"]) == wanted
        for chart in said["charts"]:
            assert chart["errors"] == [], (slug, chart["title"])


def test_who_looks_on_has_no_sql_lab(seen: dict[str, Any]):
    assert seen["sql lab"]["status"] == 403


@pytest.mark.parametrize("chart", CHARTS, ids=lambda c: f"{c.dashboard['slug']}: {c.title}")
def test_the_page_says_what_the_warehouse_says(
    seen: dict[str, Any], superset: Settings, chart: Chart
):
    page = seen[chart.dashboard["slug"]]
    (shown,) = [one for one in page["charts"] if one["title"] == chart.title]
    with database.engine(superset, "bi_reader").connect() as connection:
        query = text(chart.query().replace(":", "\\:"))
        rows = [dict(row) for row in connection.execute(query).mappings()]
    if chart.said["viz_type"] == "big_number_total":
        (value,) = rows[0].values()
        said = [line for line in shown["text"].split("\n") if says(line, value)]
        assert said, (shown["text"], value)
    elif chart.said["viz_type"] == "table":
        hidden = chart.hidden
        wanted = [[v for name, v in row.items() if name not in hidden] for row in rows]
        assert same_rows(shown["rows"], wanted), (shown["rows"], wanted)
    else:  # drawn on a canvas: the numbers that the browser was given to draw
        assert shown["drawings"] > 0
        given = drawn(chart, shown["data"])
        assert given.keys() == asked(chart, rows).keys()
        for place, value in asked(chart, rows).items():
            assert abs(given[place] - float(value)) < 1e-6, place


def drawn(chart: Chart, rows: list[dict[str, Any]]) -> dict[tuple[str, ...], float]:
    """Numbers by their place; in a stack a group's word stands in the place of the metric."""
    return {
        (*(str(row[c]) for c in chart.columns if c in row), key): value
        for row in rows
        for key, value in row.items()
        if value is not None and key not in (*chart.columns, "rank")
    }


def asked(chart: Chart, rows: list[dict[str, Any]]) -> dict[tuple[str, ...], Any]:
    params = chart.said["params"]
    stacked = params["viz_type"].startswith("echarts") and params["groupby"]
    return {
        (*(str(row[c]) for c in chart.columns), *(() if stacked else (metric,))): row[metric]
        for row in rows
        for metric in chart.metrics.keys() - chart.hidden
        if row[metric] is not None
    }


def same_rows(shown: list[list[str]], wanted: list[list[Any]]) -> bool:
    left = list(shown)
    for row in wanted:
        match = [one for one in left if len(one) == len(row) and all(map(says, one, row))]
        if not match:
            return False
        left.remove(match[0])
    return not left


def says(shown: str, value: Any) -> bool:
    """Whether a cell of the page says the value, to the decimals that it shows."""
    if value is None:
        return shown == ""
    if isinstance(value, bool):
        return shown.lower() == str(value).lower()
    if isinstance(value, date):
        return shown == value.strftime("%d/%m/%Y")
    if isinstance(value, str):
        return " ".join(shown.split()) == " ".join(value.split())
    if not re.fullmatch(r"[-−]?\d{1,3}(\.\d{3})*(,\d+)?", shown):
        return False
    number = shown.replace(".", "").replace(",", ".").replace("−", "-")
    return says_number(Decimal(number), value, len(number.partition(".")[2]))


def says_number(shown: Decimal, value: Any, decimals: int) -> bool:
    half = Decimal("0.5000001") / 10**decimals
    return abs(shown - Decimal(str(value))) <= half

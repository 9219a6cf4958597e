"""What the charts of bi/superset/bundle ask, as SQL: what Superset asks for them.

Charts use named metrics and plain columns only (tools/dashboards/charts.py), so this is short.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import yaml

from tools.dashboards import BUNDLE_DIR

_COLUMNS = ("x_axis", "groupby", "groupbyRows", "groupbyColumns", "all_columns")
_METRICS = ("metric", "metrics", "timeseries_limit_metric")


@cache
def read(kind: str) -> dict[str, dict[str, Any]]:
    """Every file of a folder of the bundle by its uuid."""
    files = sorted((BUNDLE_DIR / kind).rglob("*.yaml"))
    found = (yaml.load(file.read_bytes(), yaml.CSafeLoader) for file in files)
    return {one["uuid"]: one for one in found}


@dataclass(frozen=True)
class Chart:
    """A chart with its dataset and the dashboard that shows it."""

    said: dict[str, Any]
    dataset: dict[str, Any]
    dashboard: dict[str, Any]

    @property
    def title(self) -> str:
        return self.said["slice_name"]

    @cached_property
    def columns(self) -> list[str]:
        return list(dict.fromkeys(_words(self.said["params"], _COLUMNS)))

    @cached_property
    def metrics(self) -> dict[str, str]:
        """The metrics it shows or is ordered by, with what each is in SQL."""
        known = {m["metric_name"]: m["expression"] for m in self.dataset["metrics"]}
        return {name: known[name] for name in _words(self.said["params"], _METRICS)}

    @property
    def hidden(self) -> set[str]:
        """Metrics that only order its rows."""
        return self.metrics.keys() - set(_words(self.said["params"], ("metric", "metrics")))

    @property
    def labels(self) -> dict[str, str]:
        """The words that stand for columns and metrics on the page."""
        named = {c["column_name"]: c["verbose_name"] for c in self.dataset["columns"]}
        return named | {m["metric_name"]: m["verbose_name"] for m in self.dataset["metrics"]}

    @property
    def source(self) -> str:
        sql = self.dataset["sql"]
        return f"({sql}) as t" if sql else f"{self.dataset['schema']}.{self.dataset['table_name']}"

    def filters(self) -> list[dict[str, Any]]:
        """Those of the dashboard's filters that it is under."""
        places = [p for p in self.dashboard["position"].values() if isinstance(p, dict)]
        (number,) = [
            p["meta"]["chartId"]
            for p in places
            if p["type"] == "CHART" and p["meta"]["uuid"] == self.said["uuid"]
        ]
        every = self.dashboard["metadata"]["native_filter_configuration"]
        return [one for one in every if number not in one["scope"]["excluded"]]

    def query(self) -> str:
        """The question under the dashboard's filters as they stand when it is opened."""
        wanted = [_condition(item) for item in self.said["params"]["adhoc_filters"]]
        for chosen in self.filters():
            for item in chosen["defaultDataMask"]["extraFormData"].get("filters", []):
                wanted.append(f"{item['col']} in ({_values(item['val'])})")
        where = f" where {' and '.join(wanted)}" if wanted else ""
        shown = [*self.columns, *(f"{sql} as {name}" for name, sql in self.metrics.items())]
        grouped = self.said["params"].get("query_mode") != "raw" and self.columns
        by = f" group by {', '.join(self.columns)}" if grouped else ""
        return f"select {', '.join(shown)} from {self.source}{where}{by}"


def charts() -> list[Chart]:
    """Every chart of every dashboard."""
    sets, said = read("datasets"), read("charts")
    return [
        Chart(said[uuid], sets[said[uuid]["dataset_uuid"]], page)
        for page in read("dashboards").values()
        for uuid in uuids(page)
    ]


def uuids(page: dict[str, Any]) -> Iterator[str]:
    """The charts that a dashboard shows."""
    for item in page["position"].values():
        if isinstance(item, dict) and item["type"] == "CHART":
            yield item["meta"]["uuid"]


def bundle_files() -> list[Path]:
    return sorted(BUNDLE_DIR.rglob("*.yaml"))


def _words(params: dict[str, Any], keys: tuple[str, ...]) -> Iterator[str]:
    for key in keys:
        said = params.get(key) or []
        yield from [said] if isinstance(said, str) else said


def _condition(item: dict[str, Any]) -> str:
    if item["expressionType"] == "SQL":
        return f"({item['sqlExpression']})"
    column, operator, wanted = item["subject"], item["operator"], item["comparator"]
    if operator == "IS NOT NULL":
        return f"{column} {operator}"
    return f"{column} in ({_values(wanted if operator == 'IN' else [wanted])})"


def _values(values: list[Any]) -> str:
    quoted = (f"'{v}'" if isinstance(v, str) else str(v).lower() for v in values)
    return ", ".join(quoted)

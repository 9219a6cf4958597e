"""A dashboard: its charts in rows, and the filters beside them."""

from __future__ import annotations

from typing import Any

from tools.dashboards import VERSION, described, uuid_of

_UNIT_PX = 8  # Superset counts heights in these
# what is missing is a blank cell; Superset would write N/A
_CSS = "td.dt-is-null { color: transparent !important; user-select: none; }"


def page(slug: str, about: dict[str, Any]) -> dict[str, Any]:
    """The file of one dashboard; `about` is what described/NN_slug.yaml says."""
    return {
        "dashboard_title": about["title"],
        "description": about["is"],
        "css": _CSS,
        "slug": slug.replace("_", "-"),
        "uuid": uuid_of("dashboard", slug),
        "position": _position(slug, about),
        "metadata": {
            "color_scheme": "supersetColors",
            "label_colors": described("colours"),
            "cross_filters_enabled": True,
            "refresh_frequency": 0,
            "native_filter_configuration": [
                _filter(slug, number, spec, list(about["charts"]))
                for number, spec in enumerate(about["filters"], 1)
            ],
        },
        "published": True,
        "version": VERSION,
    }


def _position(slug: str, about: dict[str, Any]) -> dict[str, Any]:
    """Superset's tree of rows; a row as described is a height and `chart: width`, of twelve."""
    rows = [f"ROW-{number}" for number in range(1, len(about["rows"]) + 1)]
    position: dict[str, Any] = {
        "DASHBOARD_VERSION_KEY": "v2",
        "ROOT_ID": {"type": "ROOT", "id": "ROOT_ID", "children": ["GRID_ID"]},
        "HEADER_ID": {"type": "HEADER", "id": "HEADER_ID", "meta": {"text": about["title"]}},
        "GRID_ID": {"type": "GRID", "id": "GRID_ID", "children": rows, "parents": ["ROOT_ID"]},
    }
    for row, spec in zip(rows, about["rows"], strict=True):
        parents = ["ROOT_ID", "GRID_ID"]
        widths = {name: width for name, width in spec.items() if name != "height"}
        position[row] = {
            "type": "ROW",
            "id": row,
            "children": [f"CHART-{name}" for name in widths],
            "parents": parents,
            "meta": {"background": "BACKGROUND_TRANSPARENT"},
        }
        for name, width in widths.items():
            meta = {"width": width, "height": spec["height"] // _UNIT_PX}
            position[f"CHART-{name}"] = {
                "type": "CHART",
                "id": f"CHART-{name}",
                "children": [],
                "parents": [*parents, row],
                "meta": {**meta, **_shown(slug, name, about["charts"])},
            }
    return position


def _shown(slug: str, name: str, charts: dict[str, Any]) -> dict[str, Any]:
    """Which chart is meant; its number is only of this file, Superset gives its own."""
    return {
        "chartId": list(charts).index(name) + 1,
        "sliceName": charts[name]["title"],
        "uuid": uuid_of("chart", f"{slug}/{name}"),
    }


def _filter(slug: str, number: int, spec: dict[str, Any], charts: list[str]) -> dict[str, Any]:
    """A list to choose from: `value` is chosen at first, else all count; `without` names charts
    that it leaves alone, `under` the numbers of filters that shorten it.
    """
    column, chosen = spec["column"], spec.get("value")
    values = [chosen] if chosen is not None else None
    mask = {"filters": [{"col": column, "op": "IN", "val": values}]} if values else {}
    return {
        "id": f"NATIVE_FILTER-{slug}-{number}",
        "name": spec["label"],
        "description": spec.get("is", ""),
        "type": "NATIVE_FILTER",
        "filterType": "filter_select",
        "targets": [
            {"datasetUuid": uuid_of("dataset", spec["dataset"]), "column": {"name": column}}
        ],
        "controlValues": {
            "enableEmptyFilter": bool(values),
            "defaultToFirstItem": False,
            "multiSelect": spec.get("many", False),
            "searchAllOptions": False,
            "inverseSelection": False,
            "sortAscending": not spec.get("descending", False),
        },
        "defaultDataMask": {
            "extraFormData": mask,
            "filterState": {"value": values, "label": str(chosen)} if values else {},
            "ownState": {},
        },
        "cascadeParentIds": [f"NATIVE_FILTER-{slug}-{parent}" for parent in spec.get("under", [])],
        "scope": {
            "rootPath": ["ROOT_ID"],
            "excluded": [charts.index(name) + 1 for name in spec.get("without", [])],
        },
    }

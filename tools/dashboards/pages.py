"""A dashboard: its charts in rows, the text between them, and the filters beside them."""

from __future__ import annotations

from typing import Any

from tools.dashboards import VERSION, described, uuid_of

_UNIT_PX = 8  # Superset counts heights in these
_COLUMNS = 12
_ROOT = {"type": "ROOT", "id": "ROOT_ID", "children": ["GRID_ID"]}


def page(slug: str, about: dict[str, Any]) -> dict[str, Any]:
    """The file of one dashboard; `about` is what described/NN_slug.yaml says."""
    return {
        "dashboard_title": about["title"],
        "description": about["is"],
        "css": "",
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
    """Superset's tree of rows; a row of the description is `height: {chart or text: width}`."""
    rows = [f"ROW-{number}" for number in range(1, len(about["rows"]) + 1)]
    position: dict[str, Any] = {
        "DASHBOARD_VERSION_KEY": "v2",
        "ROOT_ID": _ROOT,
        "HEADER_ID": {"type": "HEADER", "id": "HEADER_ID", "meta": {"text": about["title"]}},
        "GRID_ID": {"type": "GRID", "id": "GRID_ID", "children": rows, "parents": ["ROOT_ID"]},
    }
    numbers = {name: number for number, name in enumerate(about["charts"], 1)}
    for row, spec in zip(rows, about["rows"], strict=True):
        parents = ["ROOT_ID", "GRID_ID", row]
        children = {name: width for name, width in spec.items() if name != "height"}
        assert sum(children.values()) <= _COLUMNS, (slug, row)
        for name, width in children.items():
            size = {"width": width, "height": spec["height"] // _UNIT_PX}
            if name in numbers:
                key, kind = f"CHART-{name}", "CHART"
                meta = {
                    **size,
                    "chartId": numbers[name],
                    "sliceName": about["charts"][name]["title"],
                    "uuid": uuid_of("chart", f"{slug}/{name}"),
                }
            else:
                key, kind = f"MARKDOWN-{name}", "MARKDOWN"
                meta = {**size, "code": about["texts"][name]}
            position[key] = {
                "type": kind, "id": key, "children": [], "parents": parents, "meta": meta,
            }  # fmt: skip
        position[row] = {
            "type": "ROW",
            "id": row,
            "children": [
                f"{'CHART' if name in numbers else 'MARKDOWN'}-{name}" for name in children
            ],
            "parents": parents[:2],
            "meta": {"background": "BACKGROUND_TRANSPARENT"},
        }
    return position


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

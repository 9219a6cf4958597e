"""A chart: from a dozen words to what Superset's chart of that kind wants to be told.

Charts use columns, and metrics that their dataset names: so the tests can ask the warehouse the
same question, and an analyst finds every number in the dataset.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from tools.dashboards import VERSION, uuid_of

Spec = dict[str, Any]
_COLOURS = "supersetColors"


def chart(slug: str, name: str, spec: Spec, words: dict[str, str]) -> dict[str, Any]:
    """The file of one chart of the dashboard `slug`; `spec` is its entry there."""
    viz_type, own = _KINDS[spec["kind"]](spec)
    return {
        "slice_name": spec["title"],
        "description": spec.get("is"),
        "viz_type": viz_type,
        "params": {
            "viz_type": viz_type,
            "adhoc_filters": _filters(spec),
            "row_limit": spec.get("rows", 1000),
            **own,
        },
        "uuid": uuid_of("chart", f"{slug}/{name}"),
        "version": VERSION,
        "dataset_uuid": uuid_of("dataset", spec["dataset"]),
    }


def _filters(spec: Spec) -> list[dict[str, Any]]:
    """`where` names values of columns; `where_sql` is a condition that columns alone cannot say."""
    simple = [_filter(*item) for item in spec.get("where", {}).items()]
    if "where_sql" not in spec:
        return simple
    free = {"clause": "WHERE", "expressionType": "SQL", "sqlExpression": spec["where_sql"]}
    return [*simple, free]


def _filter(column: str, wanted: Any) -> dict[str, Any]:
    """`column: value`, `column: [values]` or `column: not null`."""
    operator, comparator = "==", wanted
    if wanted == "not null":
        operator, comparator = "IS NOT NULL", None
    elif isinstance(wanted, list):
        operator = "IN"
    simple = {"clause": "WHERE", "expressionType": "SIMPLE", "subject": column}
    return {**simple, "operator": operator, "comparator": comparator}


def _number(spec: Spec) -> tuple[str, Spec]:
    return "big_number_total", {
        "metric": spec["metric"],
        "subheader": spec.get("under", ""),
        "header_font_size": 0.4,
        "subheader_font_size": 0.15,
    }


def _bars(spec: Spec) -> tuple[str, Spec]:
    """Bars lie down unless they stand for years or months: names of communes are long."""
    return "echarts_timeseries_bar", {
        "x_axis": spec["along"],
        "xAxisForceCategorical": True,
        "xAxisLabelInterval": "0",
        "metrics": _list(spec["metric"]),
        "groupby": _list(spec.get("by", [])),
        "orientation": "vertical" if spec.get("standing") else "horizontal",
        "stack": "Stack" if spec.get("by") and not spec.get("beside") else None,
        "order_desc": not spec.get("ascending", False),
        "x_axis_sort": spec.get("sort", spec["along"]),
        "x_axis_sort_asc": spec.get("ascending", "sort" not in spec),
        "show_value": True,
        "show_legend": bool(spec.get("by")) or len(_list(spec["metric"])) > 1,
        "legendOrientation": "top",
        "legendType": "plain",
        "color_scheme": _COLOURS,
        "rich_tooltip": True,
        "truncate_metric": True,
        "y_axis_format": spec.get("format", ",.0f"),
        "only_total": True,
    }


def _table(spec: Spec) -> tuple[str, Spec]:
    """Rows as they are, or where there is a metric one row per combination of the columns."""
    order, up = spec.get("order", []), spec.get("ascending", "metric" not in spec)
    if "metric" in spec:
        own = {
            "query_mode": "aggregate",
            "groupby": spec["columns"],
            "metrics": _list(spec["metric"]),
            "timeseries_limit_metric": order[0] if order else None,
            "order_desc": not up,
        }
    else:
        own = {
            "query_mode": "raw",
            "all_columns": spec["columns"],
            "order_by_cols": [json.dumps([column, up]) for column in order],
        }
    formats = spec.get("formats", {}).items()
    return "table", {
        **own,
        "column_config": {name: {"d3NumberFormat": form} for name, form in formats},
        "page_length": 0,  # all of them, to scroll
        "show_cell_bars": False,
        "allow_render_html": False,  # filers' texts are among them
        "table_timestamp_format": "%d/%m/%Y",
    }


def _heat(spec: Spec) -> tuple[str, Spec]:
    return "heatmap_v2", {
        "x_axis": spec["across"],
        "groupby": spec["down"],
        "metric": spec["metric"],
        "sort_x_axis": "alpha_asc",
        "sort_y_axis": "alpha_desc",
        "normalize_across": "heatmap",
        "show_legend": True,
        "show_values": True,
        "show_percentage": False,
        "legend_type": "continuous",
        "linear_color_scheme": spec.get("colours", "schemeRdYlGn"),
        "value_bounds": spec.get("bounds", [None, None]),
        "y_axis_format": spec.get("format", ",.0f"),
        "left_margin": "auto",
        "bottom_margin": "auto",
        "xscale_interval": 1,
        "yscale_interval": 1,
        "x_axis_label_rotation": 45,
        "xAxisLabelRotation": 45,
    }


def _list(one_or_many: Any) -> list[str]:
    return one_or_many if isinstance(one_or_many, list) else [one_or_many]


_KINDS: dict[str, Callable[[Spec], tuple[str, Spec]]] = {
    "number": _number,
    "bars": _bars,
    "table": _table,
    "heat": _heat,
}

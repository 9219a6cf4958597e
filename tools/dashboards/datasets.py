"""A dataset: a mart, or a SELECT over marts, with words for its columns and its metrics.

A column without a word in described/labels.yaml is left out: a key, or an English name.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, text

from etl.ground.config import SQL_DIR
from etl.ground.yaml_file import read_yaml
from tools.dashboards import VERSION, uuid_of

_DATES = ("date", "timestamp with time zone")


def dataset(
    connection: Connection, name: str, about: dict[str, Any], words: dict[str, str]
) -> dict[str, Any]:
    """The file of one dataset; `about` is its entry in described/datasets.yaml."""
    query = about.get("sql")
    schema, table = ("mart", name) if query else about["table"].split(".")
    source = f"({query}) as described" if query else about["table"]
    columns = [
        _column(column, kind, words[column], comment)
        for column, kind, comment in _columns(connection, source, None if query else about["table"])
        if column in words
    ]
    return {
        "table_name": table,
        "main_dttm_col": about.get("date"),
        "description": about["is"],
        "schema": schema,
        "sql": query,
        "normalize_columns": False,
        "always_filter_main_dttm": False,
        "uuid": uuid_of("dataset", name),
        "metrics": [
            {
                "metric_name": metric,
                "verbose_name": spec["label"],
                "expression": _of_one(spec["sql"], spec.get("of_one", [])),
                "description": spec.get("is"),
                "d3format": spec.get("format"),
            }
            for metric, spec in about["metrics"].items()
        ],
        "columns": columns,
        "version": VERSION,
        "database_uuid": uuid_of("database", "khoxa"),
    }


def _of_one(sql: str, columns: list[str]) -> str:
    """The metric where these columns have one value each, else nothing."""
    single = " and ".join(f"min({column}) = max({column})" for column in columns)
    return f"case when {single} then {sql} end" if single else sql


def _columns(
    connection: Connection, source: str, table: str | None
) -> list[tuple[str, str, str | None]]:
    """Name, type and Vietnamese meaning of every column."""
    found = connection.execute(text(f"select * from {source} limit 0"))
    kinds = dict(connection.execute(text("select oid, format_type(oid, null) from pg_type")).all())
    comments = read_yaml(SQL_DIR / "comments.yaml")
    own = (comments.get(table, {}).get("columns") or {}) if table else {}
    shared = comments["columns"]
    return [
        (c.name, kinds[c.type_code], (own.get(c.name) or shared.get(c.name) or {}).get("vi"))
        for c in found.cursor.description
    ]


def _column(name: str, kind: str, label: str, comment: str | None) -> dict[str, Any]:
    return {
        "column_name": name,
        "verbose_name": label,
        "is_dttm": kind in _DATES,
        "type": kind.upper(),
        "groupby": True,
        "filterable": True,
        "description": comment,
    }

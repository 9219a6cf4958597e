"""docs/marts.model.json: keys, relations, columns and measures of the marts made for dragging, for
BI tools that read a model instead of guessing one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, text

from etl.ground import database
from etl.ground.config import SQL_DIR, Settings
from etl.ground.yaml_file import read_yaml

MODEL = "marts.model.json"
_COLUMNS = text(
    "select attname, format_type(atttypid, atttypmod), col_description(attrelid, attnum)"
    " from pg_attribute"
    " where attrelid = cast(:mart as regclass) and attnum > 0 and not attisdropped order by attnum"
)
_IS = text("select obj_description(cast(:mart as regclass), 'pg_class')")


def stated_model() -> dict[str, Any]:
    """sql/model.yaml: refers, dimensions, facts."""
    stated: dict[str, Any] = read_yaml(SQL_DIR / "model.yaml")
    return stated


def star_model(settings: Settings) -> str:
    """The page's text: a list of tables, as JSON, of a migrated warehouse."""
    with database.engine(settings, "bi_reader").connect() as connection:
        tables = list(_tables(connection, stated_model()))
    return json.dumps({"tables": tables}, ensure_ascii=False, indent=1) + "\n"


def _tables(connection: Connection, stated: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for mart, key in stated["dimensions"].items():
        yield _table(connection, stated, mart, {"key": key}) | {"kind": "dimension"}
    for fact in stated["facts"]:
        for mart in fact["marts"]:
            yield _table(connection, stated, mart, fact) | {"kind": "fact"}


def _table(
    connection: Connection, stated: dict[str, Any], mart: str, said: dict[str, Any]
) -> dict[str, Any]:
    columns = connection.execute(_COLUMNS, {"mart": mart}).all()
    sums = said.get("sums", [])
    own = f"{mart}.{said['key'][0]}"
    return {
        "name": mart,
        "is": _both(connection.execute(_IS, {"mart": mart}).scalar_one()),
        "primary_key": said["key"],
        "foreign_keys": {
            name: stated["refers"][name] for name, _, _ in columns
            if name in stated["refers"] and stated["refers"][name] != own
        },
        "columns": [
            {"name": name, "type": kind, "aggregate": "sum" if name in sums else None}
            | _both(words)
            for name, kind, words in columns
        ],
        "measures": {"rate": said["quotient"]} if "quotient" in said else {},
        "one_value_of": said.get("one_of"),
    }  # fmt: skip


def _both(comment: str) -> dict[str, str]:
    vi, en = comment.split(" / ")
    return {"vi": vi, "en": en}

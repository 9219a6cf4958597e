"""What sql/model.yaml and the warehouse say of the marts made for dragging: keys, relations,
columns, what may be added up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, text

from etl.ground import database
from etl.ground.config import SQL_DIR
from etl.ground.yaml_file import read_yaml

_IS = text("select obj_description(cast(:mart as regclass), 'pg_class')")


def tables(connection: Connection) -> list[dict[str, Any]]:
    """Each mart with `name`, `is` (vi, en), `kind` (dimension, fact), `primary_key`,
    `foreign_keys` (column -> mart.table.column), `columns` (name, PostgreSQL type, aggregate, vi,
    en), `measures` and `one_value_of`, dimensions first."""
    return list(_tables(connection, read_yaml(SQL_DIR / "model.yaml")))


def _tables(connection: Connection, stated: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for mart, key in stated["dimensions"].items():
        yield _table(connection, stated, mart, {"key": key}) | {"kind": "dimension"}
    for fact in stated["facts"]:
        for mart in fact["marts"]:
            yield _table(connection, stated, mart, fact) | {"kind": "fact"}


def _table(
    connection: Connection, stated: dict[str, Any], mart: str, said: dict[str, Any]
) -> dict[str, Any]:
    columns = database.ask(connection, "export/columns", mart=mart).all()
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
        "one_value_of": said.get("one_of", []),
    }  # fmt: skip


def _both(comment: str) -> dict[str, str]:
    vi, en = comment.split(" / ")
    return {"vi": vi, "en": en}

"""The rows of a table that are about what is explained, with names beside the keys.

Doors: `query`, `keys`. sql/explain/columns.yaml says which column means what; all of it stands on
the temporary tables of sql/explain/scope.sql.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from functools import cache
from typing import Any

from etl.ground.config import SQL_DIR
from etl.ground.yaml_file import read_yaml


@cache
def _columns() -> dict[str, Any]:
    stated: dict[str, Any] = read_yaml(SQL_DIR / "explain" / "columns.yaml")
    return stated


def keys() -> frozenset[str]:
    """The columns that are keys, and so nothing for a reader."""
    return frozenset(("level", *_columns()["keys"], *_columns()["names"]))


def query(table: str, columns: AbstractSet[str]) -> str:
    """A query for the rows of a table with these columns, in an order of their own: all of them,
    then names. Keys order none, for a table made anew may number its rows otherwise."""
    conditions = (
        next((sql for name, sql in part.items() if name in columns), None)
        for part in _columns()["rows"].values()
    )
    where = " and ".join(filter(None, conditions))
    targets = f"with meant_target as ({_columns()['meant_target']}) "
    named = [
        name for key, name in _columns()["names"].items()
        if key in columns and columns.isdisjoint(name.get("unless", ()))
    ]  # fmt: skip
    words = "".join(f", {name['words']}" for name in named)
    joins = " ".join(name["join"] for name in named)
    about = f"select t.*{words} from (select * from {table} where {where}) as t {joins}"  # noqa: S608
    no_order = ", ".join(f"'{key}'" for key in sorted(keys() - {"level"}))
    order = f"order by cast(to_jsonb(s) - array[{no_order}] as text)"
    return f"{targets if 'meant_target' in where else ''}select * from ({about}) as s {order}"  # noqa: S608

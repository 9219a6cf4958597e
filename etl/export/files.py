"""A mart as one csv or parquet file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb
from sqlalchemy import Connection

from etl.ground.whole_file import whole_file

_TYPES = {"smallint": "SMALLINT", "integer": "INTEGER", "bigint": "BIGINT", "numeric": "DOUBLE",
          "boolean": "BOOLEAN", "date": "DATE"}  # fmt: skip
_TO_PARQUET = """
    copy (select * from read_csv(?, columns = ?, header = true, quote = '"', escape = '"',
        delim = ',', allow_quoted_nulls = false, parallel = false))
    to '{path}' (format parquet, compression zstd)
"""


def write_csv(connection: Connection, mart: Mapping[str, Any], folder: Path) -> Path:
    """count_commune.csv of mart.count_commune, in the order of its key; an empty text is quoted,
    what is missing, and a day that
    has not been set (in force still), is not."""
    columns = ", ".join(map(_chosen, mart["columns"]))
    rows = f"select {columns} from {mart['name']} order by {', '.join(mart['primary_key'])}"  # noqa: S608
    path = folder / f"{mart['name'].removeprefix('mart.')}.csv"
    cursor = connection.connection.cursor()
    with whole_file(path) as part, part.open("wb") as file:
        cursor.copy_expert(f"copy ({rows}) to stdout with (format csv, header)", file)
    return path


def _chosen(column: Mapping[str, Any]) -> str:
    name = str(column["name"])
    # "without end" is no day that other programs read
    return f"nullif({name}, 'infinity') as {name}" if column["type"] == "date" else name


def write_parquet(mart: Mapping[str, Any], lines: Path, folder: Path) -> Path:
    """The parquet file of the csv file of a mart."""
    path = folder / f"{lines.stem}.parquet"
    types = {column["name"]: _TYPES.get(column["type"], "VARCHAR") for column in mart["columns"]}
    with whole_file(path) as part, duckdb.connect(config={"threads": 1}) as house:
        quoted = str(part).replace("'", "''")
        house.execute(_TO_PARQUET.format(path=quoted), [str(lines), types])
    return path

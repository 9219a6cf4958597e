"""The checks of sql/checks: the second line of each is "-- severity: fail" or "-- severity: warn",
the third of one that a filing can break says in Vietnamese what is wrong."""

from __future__ import annotations

import re

from sqlalchemy import Connection

from etl.ground import database
from etl.ground.config import SQL_DIR
from etl.ground.errors import UnsoundWarehouse


def bad_rows(connection: Connection) -> dict[str, int]:
    """Rows found by each sql/checks/*.sql that finds any."""
    names = sorted(path.stem for path in (SQL_DIR / "checks").glob("*.sql"))
    found = {name: len(database.ask(connection, f"checks/{name}").all()) for name in names}
    return {name: rows for name, rows in found.items() if rows}


def prove(connection: Connection) -> None:
    """Raises UnsoundWarehouse where a check of severity fail finds rows."""
    bad = {
        name: rows
        for name, rows in bad_rows(connection).items()
        if "-- severity: fail" in database.statement(f"checks/{name}")
    }
    if bad:
        raise UnsoundWarehouse(bad, *_first(connection, next(iter(bad))))


def _first(connection: Connection, check: str) -> tuple[str, str]:
    """What the first row of a check is about, in words: in Vietnamese and in English."""
    first = database.ask(connection, f"checks/{check}").mappings().first()
    row: dict[str, object] = {} if first is None else {**first}
    about = {"level": None, "unit_key": None, "indicator_key": None, **row}
    vi, en = database.ask(connection, "warehouse/named", **about).one()
    when = "-".join(str(row[part]) for part in ("year", "period") if part in row)
    said = re.search(r"^-- vi: (.*)", database.statement(f"checks/{check}"), re.MULTILINE)
    place = [each for each in (when, check) if each]
    return ", ".join([vi, *place, *([said[1]] if said else [])]), ", ".join([en, *place])

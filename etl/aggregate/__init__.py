"""Room: from facts to aggregates, at commune, district and province level.

Door: `aggregate`. The models of sql/marts (`models`) run in the order of their names; only units
whose facts changed, and their parents, are computed again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.aggregate.models import Model, models
from etl.ground import database
from etl.ground.config import SQL_DIR, Settings
from etl.ground.errors import UnsoundWarehouse

if TYPE_CHECKING:
    from sqlalchemy import Connection


def aggregate(settings: Settings) -> dict[str, int]:
    """Refresh the dw.agg_* tables for stg.touched, as filed and on the maps of ref.map_date, and
    prove what was touched.

    Returns rows changed by table. Raises UnsoundWarehouse, and changes nothing, if a check of
    severity fail in sql/checks finds rows.
    """
    with database.night(settings) as connection:
        if not connection.exec_driver_sql("select exists (select from stg.touched)").scalar():
            return {}
        connection.exec_driver_sql("analyze stg.touched")
        changed: dict[str, int] = {}
        for model in models():
            rows = run(connection, model)
            if model.is_kept:
                changed[model.makes[0]] = changed.get(model.makes[0], 0) + rows
        if settings.as_of is None:  # what was published on a past day is shown as it was
            _prove(connection)
        connection.exec_driver_sql("delete from stg.touched")
    return changed


def run(connection: Connection, model: Model) -> int:
    """Run one model and tell the planner of what it made; returns rows changed in its first
    table."""
    rows = database.run(connection, f"marts/{model.name}")
    database.analyze(connection, model.makes[0], rows)
    return rows


def bad_rows(connection: Connection) -> dict[str, int]:
    """Rows found by each sql/checks/*.sql that finds any."""
    names = sorted(path.stem for path in (SQL_DIR / "checks").glob("*.sql"))
    found = {
        name: len(database.script(connection, database.statement(f"checks/{name}")).all())
        for name in names
    }
    return {name: rows for name, rows in found.items() if rows}


def _prove(connection: Connection) -> None:
    """The second line of a check is "-- severity: fail" or "-- severity: warn"."""
    bad = {
        name: rows
        for name, rows in bad_rows(connection).items()
        if "-- severity: fail" in database.statement(f"checks/{name}")
    }
    if bad:
        raise UnsoundWarehouse(bad)

"""Room: from facts to aggregates, at commune, district and province level.

Door: `aggregate`. Only units whose facts changed, and their parents, are computed again.
"""

from __future__ import annotations

from sqlalchemy import Connection

from etl.ground import database
from etl.ground.config import SQL_DIR, Settings
from etl.ground.errors import UnsoundWarehouse

AS_FILED: dict[str, object] = {"as_filed": True}
ON_MAPS: dict[str, object] = {"as_filed": False}
STEPS: tuple[tuple[str, str, dict[str, object]], ...] = (  # sql/marts/refresh, table it changes
    ("stale_unit", "stale_unit", {}),
    ("filed_figure", "filed_figure", {}),
    ("own_figure", "filed_figure", {}),
    ("derived_figure", "filed_figure", {}),
    ("forget_indicator", "dw.agg_indicator", {}),
    ("agg_indicator_filed", "dw.agg_indicator", {}),
    ("late_figure", "late_figure", {}),
    ("counted_elsewhere", "counted_elsewhere", {}),
    ("agg_indicator_unit", "dw.agg_indicator", AS_FILED),
    ("own_day", "own_day", {}),
    ("own_over_sum", "dw.agg_indicator", {"level": "district"}),
    ("province_of_districts", "dw.agg_indicator", {}),
    ("own_over_sum", "dw.agg_indicator", {"level": "province"}),
    ("agg_indicator_unit", "dw.agg_indicator", ON_MAPS),
    ("stale_place", "stale_place", {}),
    ("place_figure", "place_figure", {}),
    ("forget_target", "dw.agg_target", {}),
    ("stated_target", "stated_target", {}),
    ("agg_target", "dw.agg_target", {}),
    ("figure_of_communes", "place_figure", {}),
    ("agg_target_commune", "dw.agg_target_commune", {}),
    ("target_reported", "target_reported", {}),
    ("target_figure", "target_figure", {}),
    ("target_progress", "target_progress", {}),
    ("target_verdict", "target_verdict", {}),
    ("agg_attainment", "dw.agg_attainment", {}),
    ("forget_fund", "dw.agg_fund", {}),
    ("agg_fund_commune", "dw.agg_fund", {}),
    ("agg_fund_parent", "dw.agg_fund", {}),
)


def aggregate(settings: Settings) -> dict[str, int]:
    """Refresh dw.agg_indicator, dw.agg_fund and the judged targets (dw.agg_target,
    dw.agg_attainment) for stg.touched, as filed and on the maps of ref.map_date, and prove what
    was touched.

    Returns rows changed by table. Raises UnsoundWarehouse, and changes nothing, if a check of
    severity fail in sql/checks finds rows.
    """
    with database.night(settings) as connection:
        if not connection.exec_driver_sql("select exists (select from stg.touched)").scalar():
            return {}
        connection.exec_driver_sql("analyze stg.touched")
        database.run(connection, "marts/refresh/widen")
        connection.exec_driver_sql("analyze stg.touched")
        changed: dict[str, int] = {}
        for step, table, params in STEPS:
            rows = database.run(connection, f"marts/refresh/{step}", **params)
            database.analyze(connection, table, rows)
            if table.startswith("dw."):  # the others go with the transaction
                changed[table] = changed.get(table, 0) + rows
        if settings.as_of is None:  # what was published on a past day is shown as it was
            _prove(connection)
        connection.exec_driver_sql("delete from stg.touched")
    return changed


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

"""Room: from facts to aggregates, at commune, district and province level.

Door: `aggregate`. Only units whose facts changed, and their parents, are computed again.
"""

from __future__ import annotations

from etl.ground import database
from etl.ground.config import Settings
from etl.ground.errors import UnsoundWarehouse

STEPS = (
    "forget_indicator",
    "agg_indicator_commune",
    "agg_indicator_parent",
    "forget_fund",
    "agg_fund_commune",
    "agg_fund_parent",
)


def aggregate(settings: Settings) -> dict[str, int]:
    """Refresh dw.agg_indicator and dw.agg_fund for stg.touched; returns rows changed by step."""
    with database.night(settings) as connection:
        if not connection.exec_driver_sql("select exists (select from stg.touched)").scalar():
            return {}
        changed = {step: database.run(connection, f"marts/refresh/{step}") for step in STEPS}
        connection.exec_driver_sql("delete from stg.touched")
    return changed


def check_warehouse(settings: Settings) -> dict[str, int]:
    """Run every sql/checks/*.sql; returns bad rows by check of severity warn.

    The second line of a check is "-- severity: fail" or "-- severity: warn".
    Raises UnsoundWarehouse if a check of severity fail finds rows.
    """
    names = sorted(path.stem for path in (database.SQL_DIR / "checks").glob("*.sql"))
    with database.engine(settings).connect() as connection:
        found = {
            name: len(database.script(connection, database.statement(f"checks/{name}")).all())
            for name in names
        }
    bad = {name: rows for name, rows in found.items() if rows}
    fails = {n: r for n, r in bad.items() if "-- severity: fail" in database.statement(f"checks/{n}")}
    if fails:
        raise UnsoundWarehouse(fails)
    return bad

"""Room: from facts to aggregates, at commune, district and province level.

Doors: `aggregate`; `prove` (the checks, of the whole warehouse). The models of sql/marts
(`models`) run in the order of their names; only units whose facts changed, and their parents, are
computed again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from etl.aggregate.contrary import contrary, is_theirs
from etl.aggregate.models import Model, models
from etl.aggregate.sound import bad_rows, prove
from etl.ground import database
from etl.ground.config import Settings

if TYPE_CHECKING:
    from sqlalchemy import Connection

    SetAside = Callable[[Connection, Sequence[int], Mapping[int, tuple[str, str]]], None]

__all__ = ["aggregate", "bad_rows", "prove", "run"]


def aggregate(settings: Settings, set_aside: SetAside | None = None) -> dict[str, int]:
    """Refresh the dw.agg_* tables for stg.touched, as filed and on the maps of ref.map_date, and
    prove what was touched.

    `set_aside(connection, filings, why)` rejects filings that were accepted since the last
    aggregates: those by which a check of severity fail in sql/checks finds rows, or a sum cannot be
    held. Returns rows changed by table. Raises UnsoundWarehouse, and changes nothing, where none
    of these filings is why.
    """
    with database.night(settings) as connection:
        if not connection.exec_driver_sql("select exists (select from stg.touched)").scalar():
            return {}
        connection.exec_driver_sql("analyze stg.touched")
        try:
            with connection.begin_nested():
                changed = _compute(connection, settings)
        except Exception as error:
            if set_aside is None or settings.as_of is not None or not is_theirs(error):
                raise
            apart, why = contrary(
                connection, error, lambda: _compute(connection, settings), set_aside
            )
            set_aside(connection, apart, why)
            changed = _compute(connection, settings)
        connection.exec_driver_sql("delete from stg.touched")
        connection.exec_driver_sql("delete from stg.loaded")
    return changed


def _compute(connection: Connection, settings: Settings) -> dict[str, int]:
    changed: dict[str, int] = {}
    grown: dict[str, int] = {}
    for model in models():
        rows = run(connection, model, grown)
        if model.is_kept:
            changed[model.makes[0]] = changed.get(model.makes[0], 0) + rows
    for table in changed.keys() & grown.keys():
        database.analyze(connection, table, grown[table])
    if settings.as_of is None:  # what was published on a past day is shown as it was
        prove(connection)
    return changed


def run(connection: Connection, model: Model, grown: dict[str, int]) -> int:
    """Run one model, after the planner was told of what it reads; returns rows changed in its first
    table.

    `grown`: rows changed by table since the planner was told, one more of a new table, empty or
    not; several models may fill a table that is read only then.
    """
    for table in model.behind & grown.keys():
        if rows := grown[table]:
            database.analyze(connection, table, rows)
            grown[table] = 0
    rows = database.run(connection, f"marts/{model.name}")
    if not model.title.startswith("forget_"):  # about as much comes again
        grown[model.makes[0]] = grown.get(model.makes[0], 1) + rows
    return rows

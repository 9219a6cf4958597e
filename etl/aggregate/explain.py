"""How a figure came about: what each model makes of one unit and indicator, step by step.

Door: `explain`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from etl.aggregate import run
from etl.aggregate.models import Model, models
from etl.ground import database
from etl.ground.config import Settings
from etl.ground.errors import KhoxaError

_UNIT = {  # the first of these columns that a table has says which rows are about the unit
    "unit_key": "(level, unit_key) in (select level, unit_key from explained_unit"
    " union all select 'commune', commune_key from explained_commune)",
    "map_unit_no": "map_unit_no in (select map_unit_no from ref.map_unit"
    " inner join explained_unit using (level, unit_key))",
    "commune_key": "commune_key in (select commune_key from explained_commune)",
}
_TARGETS = (
    "from stated_target where indicator_key in (select indicator_key from explained_indicator)"
    " and (level, unit_key) in (select level, unit_key from explained_unit)"
)
_TARGET_NO = f"target_no in (select target_no {_TARGETS})"
_INDICATOR = {  # and about the indicator
    "indicator_key": "indicator_key in (select indicator_key from explained_indicator)",
    "target_no": _TARGET_NO,
    "target_id": f"target_id in (select target_id {_TARGETS})",
    "report_no": f"report_no in (select report_no from target_reported where {_TARGET_NO})",  # noqa: S608
}


class NothingToExplain(KhoxaError):
    """A unit or an indicator that the warehouse does not know."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what}: không có trong danh mục / is in no list")


@dataclass(frozen=True, slots=True)
class Step:
    """The rows about the unit that a model adds to the table that it fills."""

    model: Model
    columns: list[str]
    rows: list[tuple[object, ...]]


def explain(settings: Settings, unit: str, indicator: str, year: int | None) -> Iterator[Step]:
    """Run the models for one unit (a code) and indicator, of one year or of all; nothing stays.

    Raises NothingToExplain for a code that is in no list, NightIsRunning while a night writes.
    """
    with database.passing(settings, date.today()) as then, database.night(then) as connection:
        asked = {"unit": unit, "indicator": indicator, "year": year}
        database.run(connection, "explain/scope", **asked)
        for table in ("unit", "indicator"):
            if not connection.exec_driver_sql(f"select from explained_{table}").all():
                raise NothingToExplain(str(asked[table]))
        known: set[tuple[object, ...]] = set()
        for model in models():
            if model.name.startswith("fund/"):
                continue
            run(connection, model)
            if not model.title.startswith("forget_"):
                columns, rows = _rows(connection, model.makes[0])
                yield Step(model, columns, [r for r in rows if (model.makes[0], *r) not in known])
                known.update((model.makes[0], *row) for row in rows)


def _rows(connection: Connection, table: str) -> tuple[list[str], list[tuple[object, ...]]]:
    columns = list(connection.exec_driver_sql(f"select * from {table} limit 0").keys())  # noqa: S608
    conditions = (
        next((sql for name, sql in part.items() if name in columns), None)
        for part in (_UNIT, _INDICATOR)
    )
    where = " and ".join(filter(None, conditions))
    rows = database.script(connection, f"select * from {table} where {where} order by 1, 2")  # noqa: S608
    return columns, [tuple(row) for row in rows]

"""A night puts those seeds that changed: the units, which are most of the work, or the others;
`khoxa db migrate` all but units that did not change."""

from __future__ import annotations

from collections.abc import Callable

from etl.ground import database
from etl.ground.config import Settings
from etl.load import synchronise
from etl.setup.migrate import migrate
from tests.night import Night

EVENTS = "select count(*) from ref.unit_event"
AGENCIES = "select count(*) from ref.agency"


def emptied(settings: Settings, changed: str) -> None:
    """What of both kinds is put again shows; one of them was last given otherwise."""
    with database.night(settings) as connection:
        connection.exec_driver_sql("delete from ref.agency")
        connection.exec_driver_sql("delete from ref.unit_link")
        connection.exec_driver_sql("delete from ref.unit_event")
        connection.exec_driver_sql(
            f"update ops.declared set digest = 'other' where kind = 'seeds' and code = '{changed}'"
        )


def test_only_what_changed_is_put(fresh_warehouse: Settings) -> None:
    night = Night(fresh_warehouse)
    [(events,)], [(agencies,)] = night.rows(EVENTS), night.rows(AGENCIES)
    whole = night.dump()
    assert events and agencies

    def put(by: Callable[[Settings], None], changed: str) -> list[int]:
        emptied(fresh_warehouse, changed)
        by(fresh_warehouse)
        return [night.rows(query)[0][0] for query in (EVENTS, AGENCIES)]

    assert put(synchronise, "") == [0, agencies]
    with database.night(fresh_warehouse) as connection:  # as one before khoxa told them apart
        connection.exec_driver_sql("delete from ops.declared where code = 'units'")
    assert put(synchronise, "neither") == [events, 0]
    assert put(migrate, "units") == [events, agencies]
    assert night.dump() == whole
    assert put(synchronise, "neither") == [0, 0]
    assert put(migrate, "neither") == [0, agencies]

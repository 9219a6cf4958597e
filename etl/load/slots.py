"""The slots that the staged figures were read by (stg.slot)."""

from __future__ import annotations

from sqlalchemy import Connection

from etl.catalogue.slots import Slot, slots
from etl.ground.errors import FormsChanged

_RENAMED = {"table": "table_name", "column": "column_name"}
SLOT_COLUMNS = [_RENAMED.get(name, name) for name in Slot._fields]


def stored_slots(connection: Connection) -> list[tuple[object, ...]]:
    """The rows of stg.slot in the order of their numbers, as catalogue.slots.slots() has them."""
    query = f"select {', '.join(SLOT_COLUMNS)} from stg.slot order by slot_id"  # noqa: S608
    return [tuple(row) for row in connection.exec_driver_sql(query)]


def same_forms(connection: Connection) -> None:
    """Raises FormsChanged where the forms are others than those the staged figures were read by:
    a figure's slot would mean something else."""
    if stored_slots(connection) != [tuple(slot) for slot in slots()]:
        raise FormsChanged

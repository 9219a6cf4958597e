"""Which of the filings accepted since the last aggregates keep these from being sound."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence

from sqlalchemy import Connection

from etl.ground import database
from etl.ground.apart import culprits, is_of_data
from etl.ground.errors import UnsoundWarehouse

log = logging.getLogger(__name__)
Why = dict[int, tuple[str, str]]


def contrary(
    connection: Connection,
    error: Exception,
    compute: Callable[[], object],
    set_aside: Callable[[Connection, Sequence[int], Mapping[int, tuple[str, str]]], None],
) -> tuple[list[int], Why]:
    """The filings without which the aggregates hold, of two that clash the later one, and what each
    contradicts. Every one is told the log. Nothing is changed yet.

    Raises `error` where no filing is why, or each of several is: then the fault is the house's.
    """
    loaded = list(database.ask(connection, "warehouse/newly_loaded").scalars())
    causes: dict[int, Exception] = {}

    def holds(kept: Sequence[int]) -> bool:
        trial = connection.begin_nested()
        try:
            set_aside(connection, [number for number in loaded if number not in set(kept)], {})
            compute()
        except Exception as found:
            if not (isinstance(found, UnsoundWarehouse) or is_of_data(found)):
                raise
            if kept:
                causes[kept[-1]] = found
            return False
        finally:
            trial.rollback()
        return True

    if not loaded or not holds([]):
        raise error
    apart = culprits(loaded, holds)
    if len(apart) == len(loaded) > 1:
        raise error
    for number in apart:
        log.error("filing %016x is set aside: %s", number, causes.get(number, error))
    said = ((number, causes.get(number, error)) for number in apart)
    return apart, {number: why.about for number, why in said if isinstance(why, UnsoundWarehouse)}

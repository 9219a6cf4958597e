"""Which of the filings accepted since the last aggregates keep these from being sound."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence

from sqlalchemy import Connection

from etl.ground import database
from etl.ground.apart import culprits, failure, is_of_data, undone
from etl.ground.errors import UnsoundWarehouse

log = logging.getLogger(__name__)
Why = dict[int, tuple[str, str]]


def is_theirs(error: Exception) -> bool:
    """Whether filings are why aggregates fail."""
    return isinstance(error, UnsoundWarehouse) or is_of_data(error)


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

    def attempt(kept: Sequence[int]) -> None:
        with undone(connection):
            set_aside(connection, [number for number in loaded if number not in set(kept)], {})
            compute()

    if not loaded or failure(attempt, [], is_theirs):
        raise error
    apart = culprits(loaded, attempt, is_theirs)
    if len(apart) == len(loaded) > 1:
        raise error
    for number, cause in apart.items():
        log.error("filing %016x is set aside: %s", number, cause)
    said = {n: why.about for n, why in apart.items() if isinstance(why, UnsoundWarehouse)}
    return list(apart), said

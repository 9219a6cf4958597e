"""The warehouse as it was known at the end of a day, Vietnamese time.

Door: `as_of`. In one transaction that is always rolled back, what was received or decided later
is undone, and the night's own steps compute again what rested on it. docs/operations.md says what
cannot be undone.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from sqlalchemy import Connection

from etl.catalogue.corrections import Correction
from etl.ground import database
from etl.ground.clock import now
from etl.ground.config import Settings
from etl.ground.errors import KhoxaError


class NoSuchDay(KhoxaError):
    """A day that nothing was known on, or that has not come."""


@contextmanager
def as_of(settings: Settings, day: date | None) -> Iterator[Settings]:
    """Settings whose doors see the warehouse as known at the end of `day`; None is now.

    The cost is that of what came after the day. A night waits while it lasts; who only reads
    does not. The checks of sql/checks are not asked: they keep an unsound night from being
    written, and nothing is written here.
    Raises NoSuchDay, and NightIsRunning where a night does not end within two minutes.
    """
    if day is None:
        yield settings
        return
    from etl.night import chain  # it takes a second to import

    with database.passing(settings, day) as then, database.night(then) as connection:
        _must_be_known(connection, day)
        _forget_later(connection, day)
        _undo_corrections(then, connection, day)
        chain.aggregate(then)
        yield then


def _must_be_known(connection: Connection, day: date) -> None:
    first, last = database.ask(connection, "as_of/first").one()
    if first is None:
        raise NoSuchDay("kho chưa nhận hồ sơ nào / the warehouse holds no filing")
    if day > max(now().date(), last):  # a trial's nights may be of days that are to come
        raise NoSuchDay(f"ngày {day:%d/%m/%Y} chưa tới / {day} has not come yet")
    if day < first:
        raise NoSuchDay(
            f"đến hết ngày {day:%d/%m/%Y} kho chưa nhận hồ sơ nào; hồ sơ đầu tiên nhận ngày"
            f" {first:%d/%m/%Y} / no filing had come by the end of {day}; the first came on {first}"
        )


def _forget_later(connection: Connection, day: date) -> None:
    """Filings received after the day are gone; what they superseded counts again."""
    if batch := list(database.ask(connection, "as_of/later", day=day).scalars()):
        for name in (
            *("warehouse/touched", "as_of/out_of_force", "warehouse/version", "warehouse/forget"),
            "as_of/forget_filing",
        ):
            database.run(connection, name, batch=batch)


def _undo_corrections(then: Settings, connection: Connection, day: date) -> None:
    """Filings that corrections decided after the day are about are read and judged without them."""
    from etl.night import chain

    rows = list(database.ask(connection, "as_of/corrections", day=day).mappings())
    if any(row["is_later"] for row in rows):
        database.run(connection, "as_of/waits")
        known = [Correction.known(**row) for row in rows if not row["is_later"]]
        if chain.read_and_normalise(then, corrections=known)["read"]:
            chain.check(then)
            chain.load(then)
    if rows:
        database.run(connection, "as_of/correction_waits")
        database.run(connection, "warehouse/correction_state")

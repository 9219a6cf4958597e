"""Locks that a change of the warehouse waits for: shortly, since every reader who asks meanwhile
waits behind it, and then anew, from the start.

Door: `patiently`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from time import sleep

from sqlalchemy import Connection, Engine

from etl.ground import database
from etl.ground.errors import KhoxaError

log = logging.getLogger(__name__)
_TRIES, _PAUSE_S = 12, 30  # longer than PostgreSQL leaves a reader's idle transaction open
_HELD = ("55P03", "40P01")  # not to be had in time; two wait for each other


class LocksHeld(KhoxaError):
    """Sessions that hold what is to be changed, longer than khoxa waits."""

    sentence = (
        "chưa thay đổi gì, kho đang được dùng: {0}. Chạy lại khi các phiên này đã xong, hoặc quản"
        " trị viên ngắt chúng (select pg_terminate_backend(pid)) / nothing was changed, the"
        " warehouse is in use: {0}. Run it again when these sessions are done, or have an"
        " administrator end them (select pg_terminate_backend(pid))"
    )


def patiently(engine: Engine, work: Callable[[Connection], None]) -> None:
    """Do work in a transaction; where others hold what it needs, undo it all and try again later.

    Raises LocksHeld, which says who, where that was of no use.
    """
    for left in reversed(range(_TRIES)):
        try:
            with engine.begin() as connection:
                database.ask(connection, "setup/lock_timeout")
                return work(connection)
        except Exception as error:
            if getattr(getattr(error, "orig", error), "pgcode", None) not in _HELD:
                raise
            held = _holders(engine)
            if not left:
                raise LocksHeld(held) from error
        log.warning(
            "kho đang được dùng (%s), %d giây nữa thử lại / the warehouse is in use (%s), to be"
            " tried again in %d s", held, _PAUSE_S, held, _PAUSE_S,
        )  # fmt: skip
        sleep(_PAUSE_S)


def _holders(engine: Engine) -> str:
    with engine.connect() as connection:
        held = database.ask(connection, "setup/lock_holders").scalars().all()
    return "; ".join(held) or "–"

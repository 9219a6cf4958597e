"""Who of many made a step fail: set apart, so that the rest goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

T = TypeVar("T")
_OF_DATA = ("21", "22", "23", "54")  # classes of SQLSTATE: what rows hold, not the server or SQL


def is_of_data(error: Exception) -> bool:
    """Whether an error lies in what rows hold: a number too large, a key too long or held twice. A
    server that is gone, a full disk or a fault in SQL concern every row."""
    said = error.orig if isinstance(error, DBAPIError) else error  # COPY is asked past SQLAlchemy
    code = getattr(said, "pgcode", "")
    if code != "":
        return str(code)[:2] in _OF_DATA
    return isinstance(error, (ArithmeticError, ValueError))


def failure(
    attempt: Callable[[Sequence[T]], object], items: Sequence[T],
    is_theirs: Callable[[Exception], bool],
) -> Exception | None:  # fmt: skip
    """The error that an attempt at some items makes; None where it makes none. Raises one that is
    not theirs."""
    try:
        attempt(items)
    except Exception as error:
        if is_theirs(error):
            return error
        raise
    return None


def culprits(
    items: Sequence[T], attempt: Callable[[Sequence[T]], object],
    is_theirs: Callable[[Exception], bool] = is_of_data,
) -> dict[T, Exception]:  # fmt: skip
    """The items without which an attempt at the others makes no error that is theirs, each with its
    own; of two that only clash with each other, the later. It is not made at all of them: that is
    known to fail.

    About 2 log n attempts for each culprit.
    """
    sound: list[T] = []
    found: dict[T, Exception] = {}
    waiting = _halves(items)
    while waiting:
        part = waiting.pop()
        if (error := failure(attempt, [*sound, *part], is_theirs)) is None:
            sound.extend(part)
        elif len(part) == 1:
            found[part[0]] = error
        else:
            waiting.extend(_halves(part))
    return found


@contextmanager
def undone(connection: Connection) -> Iterator[None]:
    """Whatever is done to the database meanwhile is undone."""
    trial = connection.begin_nested()
    try:
        yield
    finally:
        trial.rollback()


def _halves(items: Sequence[T]) -> list[Sequence[T]]:
    """The second half, and the first; of one item only that."""
    middle = len(items) // 2
    return [half for half in (items[middle:], items[:middle]) if half]

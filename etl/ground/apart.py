"""Who of many made a step fail: set apart, so that the rest goes on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

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


def culprits(items: Sequence[T], holds: Callable[[Sequence[T]], bool]) -> list[T]:
    """The items without which the others hold together; of two that only clash with each other,
    the later. `holds` is not asked about all of them: these are known to fail.

    About 2 log n questions for each culprit.
    """
    sound: list[T] = []
    found: list[T] = []
    waiting = _halves(items)
    while waiting:
        part = waiting.pop()
        if holds([*sound, *part]):
            sound.extend(part)
        elif len(part) == 1:
            found.extend(part)
        else:
            waiting.extend(_halves(part))
    return found


def _halves(items: Sequence[T]) -> list[Sequence[T]]:
    """The second half, and the first; of one item only that."""
    middle = len(items) // 2
    return [half for half in (items[middle:], items[:middle]) if half]

"""A night in a process of its own, which may be killed at one of its writes."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from typing import Any

from etl.ground import database
from tests.night import Night


def night_apart(night: Night, dies_at: str = "") -> BaseProcess:
    """Start a night in a fork; it kills itself before it runs the .sql file, or copies into the
    table, of that name."""
    process = get_context("fork").Process(target=_go, args=(night, dies_at))
    process.start()
    return process


def kill_at(night: Night, write: str) -> None:
    """A night that is dead before `write`, as after kill -9 or a power cut."""
    process = night_apart(night, write)
    process.join()
    assert process.exitcode == -signal.SIGKILL, f"the night never came to {write}"


def _go(night: Night, dies_at: str) -> None:
    for name in ("run", "copy_in"):
        setattr(database, name, _dying(getattr(database, name), dies_at))
    night.go(docs=not dies_at)


def _dying(write: Callable[..., int], dies_at: str) -> Callable[..., int]:
    def dying(connection: Any, name: str, *args: Any, **params: Any) -> int:
        if name == dies_at:
            os.kill(os.getpid(), signal.SIGKILL)
        return write(connection, name, *args, **params)

    return dying

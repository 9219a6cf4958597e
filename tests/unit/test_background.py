"""A program in the background whose starter stops waiting for it."""

from __future__ import annotations

import os
import signal
from multiprocessing import get_context
from pathlib import Path

import pytest

from etl.setup.background import Background


def _ctrl_c() -> bool:
    raise KeyboardInterrupt


def _start(home: Path) -> None:
    Background(home, "slow").start(["sleep", "600"], os.environ)


def test_who_stops_waiting_for_what_was_started_stops_it(tmp_path: Path) -> None:
    slow = Background(tmp_path, "slow")
    _start(tmp_path)
    with pytest.raises(KeyboardInterrupt):
        slow.healthy(60, _ctrl_c)
    assert slow.running() is None


def test_what_somebody_else_started_goes_on(tmp_path: Path) -> None:
    slow = Background(tmp_path, "slow")
    other = get_context("fork").Process(target=_start, args=(tmp_path,))
    other.start()
    other.join()
    try:
        with pytest.raises(KeyboardInterrupt):
            slow.healthy(60, _ctrl_c)
        pid = slow.running()
        assert pid is not None
    finally:
        if pid := slow.running():
            os.killpg(pid, signal.SIGKILL)

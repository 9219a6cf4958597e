"""Run a function over many items so that one poisoned item costs only itself.

Every chunk runs in a forked child with a limit on time and memory; a chunk whose child dies is
run again item by item. `fork`, also on Python 3.12+ (which warns about it where the parent has
threads): spawning would import pandas anew for every child (half a second against a few
milliseconds), and what the warning is about cannot happen here: a child only runs `function`,
which must touch no lock, connection or thread of its parent, and leaves by `os._exit`.
`multiprocessing` pools (also pebble's) refuse to start inside a daemonic worker, which is what
Celery gives an Airflow task; `os.fork` does not.
"""

from __future__ import annotations

import faulthandler
import gc
import os
import pickle
import resource
import signal
import tempfile
import time
import traceback
import warnings
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from math import ceil
from multiprocessing.connection import wait
from pathlib import Path
from typing import IO, Any, Generic, Literal, NamedTuple, TypeVar

T = TypeVar("T")
R = TypeVar("R")
FEW_ITEMS = 16
_AHEAD = 4  # chunks a worker may be ahead of the one that is due


class Failure(NamedTuple):
    """Why an item has no result: it took too long, took too much memory, killed its process
    (`detail`: the signal or exit code), or `function` raised (`detail`: the traceback)."""

    reason: Literal["time", "memory", "died", "error"]
    detail: str


@dataclass(slots=True)
class _Job(Generic[T]):
    """Some neighbouring items of one chunk: all of them, or one that is tried again alone."""

    turn: int
    first: int
    items: Sequence[T]


@dataclass(slots=True)
class _Child(Generic[T]):
    """A running process. `ended` becomes readable when it is gone, however it went."""

    job: _Job[T]
    pid: int
    ended: int
    answer: IO[bytes]
    deadline: float


@dataclass(slots=True)
class _Run(Generic[T, R]):
    """The state of one guarded_map: what waits, what runs, and what is done by chunk."""

    function: Callable[[T], R]
    on_failure: Callable[[T, Failure], R]
    timeout_s: float
    memory_mb: int
    waiting: deque[_Job[T]]
    results: list[list[Any]]
    missing: list[int]
    running: dict[int, _Child[T]] = field(default_factory=dict)

    def start_some(self, workers: int, last_turn: int) -> None:
        """Start children until `workers` run, for chunks up to `last_turn`."""
        while self.waiting and len(self.running) < workers and self.waiting[0].turn <= last_turn:
            self._start()

    def _start(self) -> None:
        """Fork a child for the job that waits longest."""
        job = self.waiting.popleft()
        answer = tempfile.TemporaryFile()  # noqa: SIM115 -- closed when its child is finished
        ended, alive = os.pipe()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            pid = os.fork()
        if pid == 0:
            _work(self.function, job.items, answer, self.timeout_s, self.memory_mb)
        os.close(alive)
        deadline = time.monotonic() + self.timeout_s
        self.running[ended] = _Child(job, pid, ended, answer, deadline)

    def finish_some(self) -> None:
        """Wait until a child ends or its time is up, and take what it leaves."""
        rest = min(child.deadline for child in self.running.values()) - time.monotonic()
        ended = {fd for fd in wait(list(self.running), max(rest, 0)) if isinstance(fd, int)}
        now = time.monotonic()
        for child in list(self.running.values()):
            if child.ended in ended:
                self._take(child.job, self._outcome(child))
            elif child.deadline <= now:
                self.stop(child)
                self._take(child.job, Failure("time", f"{self.timeout_s:g} s"))

    def _take(self, job: _Job[T], outcome: list[R] | Failure) -> None:
        if isinstance(outcome, Failure) and len(job.items) > 1:
            # a hang costs its time limit at every try, so it is cornered at once
            size = 1 if outcome.reason == "time" else (len(job.items) + 1) // 2
            parts = [
                _Job(job.turn, job.first + start, job.items[start : start + size])
                for start in range(0, len(job.items), size)
            ]
            self.waiting.extendleft(reversed(parts))
            return
        if isinstance(outcome, Failure):
            outcome = [self.on_failure(job.items[0], outcome)]
        self.results[job.turn][job.first : job.first + len(outcome)] = outcome
        self.missing[job.turn] -= len(outcome)

    def _outcome(self, child: _Child[T]) -> list[R] | Failure:
        """What a child that has ended left behind."""
        status = self._bury(child)
        with child.answer as answer:
            answer.seek(0)
            try:
                outcome: list[R] | Failure = pickle.load(answer)  # noqa: S301 -- our own child's
            except (EOFError, pickle.UnpicklingError):
                code = os.waitstatus_to_exitcode(status)
                if -code == signal.SIGXCPU:
                    return Failure("time", f"{self.timeout_s:g} s")
                return Failure("died", f"exit {code}" if code >= 0 else f"signal {-code}")
        return outcome

    def stop(self, child: _Child[T]) -> None:
        """Kill a child and forget it."""
        with suppress(ProcessLookupError):
            os.kill(child.pid, signal.SIGKILL)
        self._bury(child)
        child.answer.close()

    def _bury(self, child: _Child[T]) -> int:
        del self.running[child.ended]
        os.close(child.ended)
        with suppress(ChildProcessError):
            return os.waitpid(child.pid, 0)[1]
        return 0


def guarded_map(
    function: Callable[[T], R],
    items: Sequence[T],
    *,
    chunk: int,
    workers: int,
    timeout_s: float,
    memory_mb: int,
    on_failure: Callable[[T, Failure], R],
) -> Iterator[list[R]]:
    """Yield `[function(item), ...]` for every `chunk` items in turn, computed in child processes.

    A chunk gets `timeout_s` seconds and `memory_mb` MB of address space on top of what this
    process has (Linux; elsewhere memory is not limited). If its process dies, takes too much
    memory, or `function` raises, its halves run again, down to single items; if it takes too
    long, its items run again one by one; always under the same limits. An item that fails alone
    gets `on_failure(item, failure)`, called here, which may also raise.
    Only results need to be picklable. Closing the generator kills the children.
    """
    workers = 1 if len(items) <= FEW_ITEMS else workers
    chunks = [items[first : first + chunk] for first in range(0, len(items), chunk)]
    run = _Run(
        function, on_failure, timeout_s, memory_mb,
        waiting=deque(_Job(turn, 0, part) for turn, part in enumerate(chunks)),
        results=[[None] * len(part) for part in chunks],
        missing=[len(part) for part in chunks],
    )  # fmt: skip
    try:
        for turn in range(len(chunks)):
            run.start_some(workers, turn + _AHEAD * workers)
            while run.missing[turn]:
                run.finish_some()
                run.start_some(workers, turn + _AHEAD * workers)  # they work while this is taken
            yield run.results[turn]
            run.results[turn] = []
    finally:
        for child in list(run.running.values()):
            run.stop(child)


def _work(
    function: Callable[[T], R],
    items: Sequence[T],
    answer: IO[bytes],
    timeout_s: float,
    memory_mb: int,
) -> None:
    """The child: leave results or a Failure in `answer` and never return."""
    try:
        try:
            _limit(timeout_s, memory_mb)
            left: object = [function(item) for item in items]
            pickle.dump(left, answer, pickle.HIGHEST_PROTOCOL)
        except MemoryError:
            _leave(answer, Failure("memory", f"{memory_mb} MB"))
        except BaseException:
            _leave(answer, Failure("error", traceback.format_exc()))
        answer.flush()
    finally:
        os._exit(0)


def _leave(answer: IO[bytes], failure: Failure) -> None:
    answer.seek(0)
    answer.truncate()
    pickle.dump(failure, answer)


def _limit(timeout_s: float, memory_mb: int) -> None:
    """Limits and signals of a child; `gc.freeze` keeps it from destroying its parent's objects
    (a connection among them would be closed on the server)."""
    gc.freeze()
    faulthandler.disable()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_CPU, ceil(timeout_s) + 1)  # ends also a child whose parent was killed
    with suppress(FileNotFoundError):
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        _lower(resource.RLIMIT_AS, pages * resource.getpagesize() + memory_mb * 2**20)


def _lower(limit: int, value: int) -> None:
    soft, hard = resource.getrlimit(limit)
    known = [old for old in (soft, hard) if old != resource.RLIM_INFINITY]
    resource.setrlimit(limit, (min([value, *known]), hard))

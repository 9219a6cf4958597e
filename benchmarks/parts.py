"""Where the pipeline's time goes: a step's seconds by part, with timers around a few functions.

A function that has gone or moved is left out, so a change of the pipeline only costs a line here.
"""

from __future__ import annotations

import importlib
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial, wraps
from typing import Any

TIMED = (  # (module, attribute or Class.method, name of the part)
    ("etl.load.staging", "files_of", "list of files"),
    ("etl.night.reading", "warm_up", "units, forms, layouts read before workers start"),
    ("etl.load", "staged", "staged figures back into frames"),
    ("etl.load", "judge", "findings and states written"),
    ("etl.load.staging", "add_findings", "findings written"),
    ("etl.load.judging", "add_findings", "findings written"),
    ("etl.load.loading", "_prove", "proof that no figure is lost"),
    ("etl.aggregate", "_prove", "sql/checks"),
    ("etl.publish", "jobs", "list of findings"),
)
TIMED_CHECK = (
    ("etl.check", "split", "frames"),
    ("etl.check.joint", "frame_of", "frames"),
    ("etl.check.joint", "_joined", "frames"),
    ("etl.check.suites", "_computed", "frames"),
    ("etl.check.suites", "Session._run", "GX: validations"),
    ("etl.check.report", "Reporter._finding", "findings worded"),
    ("etl.check.docs", "write_docs", "GX: Data Docs"),
)
STREAMS = (  # time spent in its next()
    ("etl.night.chain", "guarded_map", "waiting for workers"),
    ("etl.night.reading", "guarded_map", "waiting for workers"),
)
STATEMENT = ("etl.ground.database", "run")  # the statement's name is the part
COPY = ("etl.ground.database", "copy_in")  # the table's name is the part
ANALYZE = ("etl.ground.database", "analyze")  # likewise


@dataclass
class Parts:
    """Seconds by (step, part). A part inside another counts only once, for the inner one."""

    step: str = ""
    seconds: defaultdict[tuple[str, str], float] = field(default_factory=lambda: defaultdict(float))
    _inner: list[float] = field(default_factory=list)

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """Time what happens inside, less the parts inside that."""
        self._inner.append(0.0)
        started = time.perf_counter()
        try:
            yield
        finally:
            spent = time.perf_counter() - started
            self.seconds[self.step, name] += spent - self._inner.pop()
            if self._inner:
                self._inner[-1] += spent

    def watch_before_check(self) -> None:
        """Put the timers in place that import no Great Expectations."""
        self._watch(TIMED)
        for module, attribute, name in STREAMS:
            self._replace(module, attribute, partial(self._stream, name))
        self._replace(*STATEMENT, self._statement)
        self._replace(*COPY, partial(self._on_table, "COPY"))
        self._replace(*ANALYZE, partial(self._on_table, "analyze"))

    def watch_check(self) -> None:
        """Put the rest in place."""
        self._watch(TIMED_CHECK)

    def _watch(self, timed: tuple[tuple[str, str, str], ...]) -> None:
        for module, attribute, name in timed:
            self._replace(module, attribute, partial(self._timed, name))

    def of(self, step: str) -> dict[str, float]:
        """The parts of one step, longest first."""
        found = {part: s for (of_step, part), s in self.seconds.items() if of_step == step}
        return dict(sorted(found.items(), key=lambda item: -item[1]))

    @staticmethod
    def _replace(module: str, attribute: str, wrap: Callable[[Any], Any]) -> None:
        try:
            owner: Any = importlib.import_module(module)
            *path, name = attribute.split(".")
            for inner in path:
                owner = getattr(owner, inner)
            setattr(owner, name, wrap(getattr(owner, name)))
        except (ImportError, AttributeError):
            return

    def _timed(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def timed(*args: Any, **kwargs: Any) -> Any:
            with self.part(name):
                return function(*args, **kwargs)

        return timed

    def _statement(self, function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def timed(connection: Any, name: str, **params: Any) -> Any:
            with self.part(f"sql/{name}"):
                return function(connection, name, **params)

        return timed

    def _on_table(self, verb: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def timed(connection: Any, table: str, *args: Any, **kwargs: Any) -> Any:
            with self.part(f"{verb} {table}"):
                return function(connection, table, *args, **kwargs)

        return timed

    def _stream(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def timed(*args: Any, **kwargs: Any) -> Iterator[Any]:
            stream = iter(function(*args, **kwargs))
            while True:
                with self.part(name):
                    item = next(stream, stream)
                if item is stream:
                    return
                yield item

        return timed

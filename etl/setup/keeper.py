"""Airflow's parts on a machine without a server, each started again when it ends.

`airflow standalone` starts them once: when PostgreSQL is restarted, scheduler, DAG processor and
triggerer end with the first connection they lose, and nobody starts them again. On a server,
Docker does (docker-compose.yml: `restart`). And the scheduler would start tasks before there is an
API server for them to report to, and fail them. What a killed part leaves behind, as a scheduler
its workers, keeps its connections open, and with them the locks of its last transaction, for which
the next one would wait for ever: it is ended, too. `python -m etl.setup.keeper COMMAND PORT` keeps
the parts of the airflow command until it is told to end.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

import psutil

from etl.setup.background import answers

# the log files lie here: nobody needs the servers for them, which listen to every network
PARTS = (
    ["api-server"], ["scheduler", "--skip-serve-logs"], ["dag-processor"],
    ["triggerer", "--skip-serve-logs"],
)  # fmt: skip
_SHORTEST_S, _LONGEST_S = 2.0, 60.0
_STEADY_S = 120.0  # after so long a start is taken to have succeeded


@dataclass
class Kept:
    """One program, started again whenever it ends; the sooner it does, the longer the pause."""

    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    began: float = 0.0
    due: float = 0.0
    pause: float = field(default=_SHORTEST_S)

    def look(self, now: float) -> None:
        """Start it where it does not run and its pause is over."""
        if self.process is not None:
            if self.process.poll() is None:
                return
            end_left_behind()
            if now - self.began > _STEADY_S:
                self.pause = _SHORTEST_S
            when, code = time.strftime("%F %T"), self.process.returncode
            said = f"ended with {code}, starts again in {self.pause:.0f} s"
            print(f"{when} {self.command[1]}: {said}", flush=True)
            self.process, self.due = None, now + self.pause
            self.pause = min(2 * self.pause, _LONGEST_S)
        if now >= self.due:
            self.process, self.began = subprocess.Popen(self.command), now

    def end(self, patience_s: float = 20.0) -> None:
        """Ask it to end, and end it where it does not."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(patience_s)
        except subprocess.TimeoutExpired:
            self.process.kill()


def keep(commands: list[list[str]], is_served: Callable[[], bool]) -> None:
    """Keep programs running until this one is asked to end (SIGTERM, SIGINT). What the first serves
    the others need: they are started while it does."""
    asked: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda sent, _frame: asked.append(sent))
    kept = [Kept(command) for command in commands]
    try:
        while not asked:
            for each in kept:
                if each is kept[0] or each.process is not None or is_served():
                    each.look(time.monotonic())
            time.sleep(0.5)
    finally:
        for each in reversed(kept):
            each.end()


def end_left_behind() -> None:
    """End the processes of our group that none of ours has started or waits for. Does nothing in a
    process that leads no group: there are others in it."""
    if os.getpgrp() != os.getpid():
        return
    group = []
    for each in psutil.process_iter():
        with suppress(ProcessLookupError, PermissionError):
            if os.getpgid(each.pid) == os.getpid():
                group.append(each)
    # after the group: who was started since then is none of it
    ours = {psutil.Process(), *psutil.Process().children(recursive=True)}
    for each in group:
        if each not in ours:
            with suppress(psutil.Error):
                each.kill()


def main() -> None:
    """The metadata's tables, then the parts of Airflow."""
    airflow, port = sys.argv[1], int(sys.argv[2])
    subprocess.run([airflow, "db", "migrate"], check=True)
    keep([[airflow, *part] for part in PARTS], lambda: answers(port))


if __name__ == "__main__":
    main()

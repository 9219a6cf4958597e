"""Processor seconds, which say more than a clock where something else is running."""

from __future__ import annotations

import resource
import time
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import psutil


class Cpu(NamedTuple):
    """Processor seconds so far: of this process and its ended children, and of PostgreSQL."""

    ours: float
    postgres: float

    def since(self, before: Cpu) -> Cpu:
        """What was used between two moments."""
        return Cpu(self.ours - before.ours, self.postgres - before.postgres)


def now(pgdata: Path) -> Cpu:
    """Seconds up to now, with the server of this data folder (0 if none runs)."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    ours = time.process_time() + children.ru_utime + children.ru_stime
    pid_file = pgdata / "postmaster.pid"
    if not pid_file.exists():
        return Cpu(ours, 0.0)
    postmaster = psutil.Process(int(pid_file.read_text(encoding="ascii").split()[0]))
    return Cpu(ours, _tree(postmaster))


def _tree(root: psutil.Process) -> float:
    """Seconds of a process, its running children and those that it has buried; read again
    where a child was buried meanwhile."""
    while True:
        before = root.cpu_times()
        running = 0.0
        for child in root.children():
            with suppress(psutil.NoSuchProcess):
                times = child.cpu_times()
                running += times.user + times.system
        if (after := root.cpu_times())[2:4] == before[2:4]:
            return running + sum(after[:4])


def of(pid: int) -> float:
    """Seconds of one process of a single thread, to the nanosecond (Linux)."""
    return int(Path(f"/proc/{pid}/schedstat").read_text(encoding="ascii").split()[0]) / 1e9

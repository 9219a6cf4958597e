"""Run a command and watch the memory of its whole process tree."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from benchmarks import cpu
from etl.ground.config import ROOT

EVERY_S = 0.2
MEMORY_KIND = "PSS" if sys.platform == "linux" else "USS"
_TAIL = 4000


class Failed(Exception):
    """A measured command that did not end well; the message is the end of its output."""


@dataclass(frozen=True, slots=True)
class Run:
    """One measured command: wall and processor seconds, and (time, MB) as it went on."""

    seconds: float
    cpu: cpu.Cpu
    memory: list[tuple[float, float]]

    def peak_mb(self, start: float = 0.0, seconds: float = float("inf")) -> float | None:
        """The highest memory seen between two moments; None where none was seen."""
        end = start + seconds
        return max((mb for at, mb in self.memory if start <= at <= end), default=None)


def run_case(case: str, spec: Mapping[str, Any]) -> tuple[Run, dict[str, Any]]:
    """Run one of benchmarks.cases in a process of its own; returns what it left, too.

    Raises Failed.
    """
    with tempfile.TemporaryDirectory(prefix="khoxa-bench-") as folder:
        given, left = Path(folder) / "spec.json", Path(folder) / "result.json"
        given.write_text(json.dumps(spec, ensure_ascii=False), encoding="utf-8")
        command = [sys.executable, "-m", "benchmarks.cases", case, str(given), str(left)]
        run = run_command(command, {}, Path(spec["pgdata"]))
        return run, json.loads(left.read_text(encoding="utf-8"))


def run_command(command: Sequence[str], env: Mapping[str, str], pgdata: Path) -> Run:
    """Run a command to its end. Raises Failed."""
    with tempfile.TemporaryFile() as output:
        before, started = cpu.now(pgdata), time.perf_counter()
        watching = time.process_time()
        process = subprocess.Popen(
            command, cwd=ROOT, env=_environment(env), stdout=output, stderr=subprocess.STDOUT
        )
        memory: list[tuple[float, float]] = []
        watcher = threading.Thread(target=_watch, args=(process.pid, memory), daemon=True)
        watcher.start()
        try:
            code = process.wait()
        except BaseException:  # interrupted: nothing measured goes on alone
            process.kill()
            raise
        seconds = time.perf_counter() - started
        watcher.join()
        if code:
            output.seek(max(output.seek(0, os.SEEK_END) - _TAIL, 0))
            raise Failed(f"{' '.join(command)}\n{output.read().decode(errors='replace')}")
        watching = time.process_time() - watching  # of a large tree it takes some seconds
    used = cpu.now(pgdata).since(before)
    return Run(seconds, used._replace(ours=used.ours - watching), memory)


def _environment(more: Mapping[str, str]) -> dict[str, str]:
    """Ours, with no other warehouse than the embedded one."""
    ours = {k: v for k, v in os.environ.items() if not (k.startswith("KHOXA_") and "URL" in k)}
    return {**ours, "PYTHONPATH": str(ROOT), **more}


def _watch(pid: int, memory: list[tuple[float, float]]) -> None:
    """Note the tree's memory until its root is gone."""
    with suppress(psutil.NoSuchProcess):
        root = psutil.Process(pid)
        while root.is_running() and root.status() != psutil.STATUS_ZOMBIE:
            mb = sum(map(_mb, [root, *root.children(recursive=True)]))
            memory.append((time.time(), mb))
            time.sleep(EVERY_S)


def _mb(process: psutil.Process) -> float:
    """What a process holds: shared pages count by share (PSS), or not at all (USS)."""
    try:
        if process.name().startswith("postgres"):
            return 0.0
        info = process.memory_full_info()
    except psutil.Error:
        return 0.0
    return float(getattr(info, "pss", info.uss)) / 2**20

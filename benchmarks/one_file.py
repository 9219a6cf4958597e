"""`khoxa check` of one workbook, from a cold start: `python -m benchmarks.one_file [ROOT…]`.

Prints seconds of wall and processor, the least of several runs, and their ratio to importing the
rule engine whole, measured in turns with them. Only that ratio says anything about khoxa; another
ROOT is another checkout to compare with.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from pathlib import Path

from etl.ground.config import ROOT

RUNS = 5
_WORKBOOK = "samples/inbox/ba_to_ket_qua_chi_tieu_6_thang_2025.xlsx"
_WHOLE = [sys.executable, "-c", "import great_expectations"]


def main() -> int:
    """Measure, and print one line a root."""
    roots = [Path(name).resolve() for name in sys.argv[1:]] or [ROOT]
    least: dict[str, tuple[float, float]] = {}
    for _ in range(RUNS):
        _keep(least, "", _seconds(_WHOLE, ROOT))
        for root in roots:
            code = "from etl.cli import main; main()"
            command = [sys.executable, "-c", code, "check", str(ROOT / _WORKBOOK)]
            _keep(least, str(root), _seconds(command, root))
    for name, (wall, work) in least.items():
        against = wall / least[""][0], work / least[""][1]
        about = name or "import great_expectations"
        print(f"{about}: {wall:.2f} s, {work:.2f} s CPU; ratio {against[0]:.2f}, {against[1]:.2f}")
    return 0


def _keep(least: dict[str, tuple[float, float]], name: str, took: tuple[float, float]) -> None:
    known = least.get(name, took)
    least[name] = min(known[0], took[0]), min(known[1], took[1])


def _seconds(command: list[str], root: Path) -> tuple[float, float]:
    """Wall and processor seconds of a command that runs in a checkout."""
    env = {**os.environ, "PYTHONPATH": str(root), "GX_ANALYTICS_ENABLED": "false"}
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, cwd=root, env=env, check=True, stdout=subprocess.DEVNULL)
    wall, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    work = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, work


if __name__ == "__main__":
    sys.exit(main())

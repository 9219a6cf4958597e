"""Measure khoxa: `python -m benchmarks [--sizes 100,1000,10035] [--no-dag] [--full] [--keep]
[--bi-years 10]`.

Exit code 1 if results are wrong or a run fails; never because of a time.
"""

from __future__ import annotations

import argparse
import signal
import sys

from benchmarks import bi_at_scale, judged, machine, many_forms, many_forms_night, on_map
from benchmarks.measure import EVERY_S, MEMORY_KIND, Failed
from benchmarks.results import Result, growth_table, size_table, steps_table
from benchmarks.sizes import Options, measure
from etl.ground.config import Settings

SIZES = "100,1000,10035"
FAULTS = (
    "Workbooks: half-year reports, figures invented (số liệu minh hoạ); 1 in 100 breaks a rule and"
    " is returned, 1 in 100 is warned of. All files are in the page cache."
)


def main() -> int:
    """Measure every size, print its tables as they come, then what needs several sizes."""
    given = _arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that servers are stopped
    options = Options(Settings.from_env().home / "bench", not given.no_dag, given.full, given.keep)
    print("\n".join(machine.describe()))
    print(f"load averages at the start: {machine.load()}")
    print(
        f"Memory: highest {MEMORY_KIND} of the process and all its children, read every"
        f" {EVERY_S} s; PostgreSQL is not counted."
    )
    print(FAULTS, flush=True)
    results: list[Result] = []
    wrong: list[str] = []
    for size in given.sizes:
        try:
            result = measure(size, options)
        except Failed as error:
            wrong.append(f"{size}: {error}")
            print(f"... FAILED: {wrong[-1]}", file=sys.stderr, flush=True)
            continue
        results.append(result)
        wrong += [f"{size}: {fault}" for fault in result.wrong]
        print(size_table(result))
        print(steps_table(result), flush=True)
    print(growth_table(results))
    print(on_map.measure(options.home, options.keep), flush=True)
    print(judged.measure(options.home, options.keep), flush=True)
    print(bi_at_scale.measure(options.home, options.keep, given.bi_years), flush=True)
    print(many_forms.measure(), flush=True)
    print(many_forms_night.measure(options.home, options.keep), flush=True)
    print("results: as expected" if not wrong else "\n".join(["WRONG RESULTS:", *wrong]))
    return 1 if wrong else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--sizes", type=_sizes, default=_sizes(SIZES), help=f"default: {SIZES}")
    parser.add_argument("--no-dag", action="store_true", help="leave Airflow out")
    parser.add_argument("--full", action="store_true", help="usual script on all files, any size")
    parser.add_argument("--keep", action="store_true", help="keep the warehouses under bench/")
    parser.add_argument("--bi-years", type=int, default=10, help="of the marts; 0: leave them out")
    return parser.parse_args()


def _sizes(text: str) -> list[int]:
    return sorted({int(part) for part in text.split(",")})


if __name__ == "__main__":
    sys.exit(main())

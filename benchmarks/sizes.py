"""Measure one size: draw, floor, pipeline, usual script, DAG, and check what they left."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from benchmarks import verify, warehouse
from benchmarks.cpu import Cpu
from benchmarks.inbox import Drawn, complete_districts, copy_of, draw
from benchmarks.measure import Run, run_case, run_command
from benchmarks.results import Line, Result, Spec
from etl.ground.config import Settings

SAMPLE, IN_FULL = 500, 1000


@dataclass(frozen=True, slots=True)
class Options:
    """What to measure: with the DAG or not, the usual script on all files or on a sample."""

    home: Path
    dag: bool = True
    full: bool = False
    keep: bool = False


def measure(size: int, options: Options) -> Result:
    """Everything at one size. Raises measure.Failed if something measured does not run."""
    drawn, fresh = draw(options.home, size)
    _say(f"{size} workbooks {'drawn' if fresh else 'found'}")
    result = Result(len(drawn.facts), verify.total(drawn))
    run_dir = options.home / f"run-{size}"
    inbox = run_dir / "inbox"
    shutil.rmtree(inbox, ignore_errors=True)
    copy_of(drawn, inbox)
    with warehouse.fresh(run_dir / "night", inbox, options.keep) as settings:
        url = warehouse.plain_database(settings)
        plain = {"url": url, "pgdata": str(settings.pgdata)}
        _floor(result, drawn, plain)
        _reading(result, drawn, plain)
        changed = _pipeline(result, drawn, settings)
        given = _usual(result, drawn, plain, options.full)
        districts = complete_districts(drawn, given)
        result.wrong += verify.same_sums(settings, url, drawn, changed, districts)
    if options.dag:
        shutil.rmtree(inbox)
        copy_of(drawn, inbox)
        with warehouse.fresh(run_dir / "dag", inbox, options.keep) as settings:
            _dag(result, settings)
    if not options.keep:
        shutil.rmtree(run_dir)
    return result


def _say(text: str) -> None:
    print(f"... {text}", file=sys.stderr, flush=True)


def _floor(result: Result, drawn: Drawn, plain: Spec) -> None:
    """The floor; every file is read once before, so that all cases find it in memory."""
    paths = drawn.paths
    for path in paths:
        path.read_bytes()
    dsn = warehouse.dsn(plain["url"])
    spec = {"files": list(map(str, paths)), "facts": result.facts, "dsn": dsn, **plain}
    run, left = run_case("floor", spec)
    if left["rows"] != result.facts or not left["cells"]:
        result.wrong.append(f"floor: {left['rows']} rows copied, {result.facts} expected")
    _add(result, "floor", left, run)
    _say(f"floor {result.seconds('floor'):.2f} s")


def _reading(result: Result, drawn: Drawn, plain: Spec) -> None:
    """What reading costs beside python-calamine alone, file by file in one process."""
    spec = {"files": list(map(str, drawn.paths)), **plain}
    run, left = run_case("reading", spec)
    parts = left["parts"]
    ratio = parts["read"] / parts["python-calamine alone"]
    _add(result, "reading", left, run, f"read room / python-calamine: {ratio:.2f}")
    _say(f"reading {ratio:.2f} x python-calamine")


def _usual(result: Result, drawn: Drawn, plain: Spec, full: bool) -> list[str]:
    """The usual script, on a sample of a large inbox; returns the names of its files."""
    names = list(drawn.facts)
    if len(names) > IN_FULL and not full:
        names = names[:SAMPLE]
    spec = {"files": [str(drawn.folder / name) for name in names], **plain}
    run, left = run_case("usual", spec)
    scale = len(drawn.facts) / len(names)
    left["parts"] = {part: scale * seconds for part, seconds in left["parts"].items()}
    left["cpu"] = [scale * seconds for seconds in left["cpu"]]
    note = "" if scale == 1 else f"extrapolated from {len(names)} files; peak is of those"
    _add(result, "usual script", left, run, note, whole=scale == 1)
    _say(f"usual script {run.seconds:.1f} s for {len(names)} files")
    return names


def _pipeline(result: Result, drawn: Drawn, settings: Settings) -> tuple[str, str]:
    """A full night and one changed file; returns the district of that file."""
    first = next(iter(drawn.facts))
    spec = {
        "home": str(settings.home),
        "pgdata": str(settings.pgdata),
        "inbox": settings.inbox,
        "changed": str(drawn.changed),
        "replaces": first,
    }
    run, left = run_case("pipeline", spec)
    result.imports |= {f"pipeline's {name}": s for name, s in left["imports"].items()}
    result.nights = left["nights"]
    for step in (step for night in result.nights for step in night):
        step["peak_mb"] = run.peak_mb(step["at"], step["seconds"])
    full, changed = (sum(step["seconds"] for step in night) for night in result.nights)
    used = [Cpu(*map(sum, zip(*(s["cpu"] for s in night), strict=True))) for night in result.nights]
    whole = run.seconds - changed
    peak = run.peak_mb(0, result.nights[1][0]["at"])
    result.lines["pipeline"] = Line("pipeline, full night", full, used[0], whole, peak)
    result.lines["one changed file"] = Line("pipeline, one changed file", changed, used[1])
    result.wrong += verify.facts(settings, result.facts)
    _say(f"pipeline {full:.1f} s, one changed file {changed:.1f} s")
    return drawn.districts[first]


def _add(
    result: Result, name: str, left: Spec, run: Run, note: str = "", whole: bool = True
) -> None:
    """A line with its parts below it."""
    seconds = sum(left["parts"].values())
    process = run.seconds if whole else None
    result.lines[name] = Line(name, seconds, Cpu(*left["cpu"]), process, run.peak_mb(), note)
    for part, spent in left["parts"].items():
        result.lines[f"  {name}: {part}"] = Line(f"  {part}", spent)
    result.imports[name] = left["imports"]


def _dag(result: Result, settings: Settings) -> None:
    khoxa = Path(sys.executable).with_name("khoxa")
    env = {"KHOXA_HOME": str(settings.home), "KHOXA_INBOX": settings.inbox}
    run_command([str(khoxa), "airflow", "db", "migrate"], env, settings.pgdata)
    command = [str(khoxa), "airflow", "dags", "test", "nightly_refresh"]
    run = run_command(command, env, settings.pgdata)
    result.lines["DAG"] = Line(
        "DAG, airflow dags test", run.seconds, run.cpu, run.seconds, run.peak_mb(), "with imports"
    )
    result.wrong += [f"DAG: {fault}" for fault in verify.facts(settings, result.facts)]
    _say(f"DAG {run.seconds:.1f} s")

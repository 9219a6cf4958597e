"""What one size's measurements are, and how they are printed."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from benchmarks.cpu import Cpu

Spec = dict[str, Any]


@dataclass(slots=True)
class Line:
    """One row of a table: seconds of work, of the whole process, and peak memory."""

    name: str
    seconds: float
    cpu: Cpu | None = None
    whole: float | None = None
    peak_mb: float | None = None
    note: str = ""


@dataclass(slots=True)
class Result:
    """Everything measured at one size; `steps` per night: name, seconds, peak MB, parts."""

    size: int
    facts: int
    lines: dict[str, Line] = field(default_factory=dict)
    imports: dict[str, float] = field(default_factory=dict)
    nights: list[list[Spec]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def seconds(self, name: str) -> float | None:
        """Seconds of a line; None if it was not measured."""
        return self.lines[name].seconds if name in self.lines else None


def size_table(result: Result) -> str:
    """The table of one size."""
    floor, pipeline = result.seconds("floor"), result.seconds("pipeline")
    out = [
        f"\n== {result.size} workbooks, {result.facts} fact rows ==",
        f"{'':28}{'work s':>9}{'CPU s':>9}{'PG CPU s':>9}{'process s':>11}{'peak MB':>9}"
        f"{'x floor':>9}{'x pipeline':>11}",
    ]
    for line in result.lines.values():
        out.append(
            f"{line.name:28}{line.seconds:9.2f}{_cpu(line.cpu)}{_cell(line.whole, 11, 2)}"
            f"{_cell(line.peak_mb, 9)}{_ratio(line.seconds, floor, 9)}"
            f"{_ratio(line.seconds, pipeline, 11)}  {line.note}"
        )
    usual = result.seconds("usual script")
    if usual and pipeline:
        used = [sum(result.lines[name].cpu or ()) for name in ("usual script", "pipeline")]
        out.append(f"usual script / pipeline: {usual / pipeline:.2f}, CPU {used[0] / used[1]:.2f}")
    changed = result.seconds("one changed file")
    if changed and pipeline:
        out.append(f"one changed file / full night: {changed / pipeline:.3f}")
    imports = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in result.imports.items())
    out.append(f"imports, once a process, in 'process' only: {imports}")
    return "\n".join(out)


def steps_table(result: Result, parts_shown: float = 0.02) -> str:
    """Where the pipeline's time goes, and the parts that take a share worth showing."""
    full, *changed = result.nights
    total = sum(step["seconds"] for step in full)
    out = [f"\nWhere the time of {result.size} workbooks goes (full night, then one changed file)"]
    out.append(
        f"{'':46}{'s':>8}{'share':>7}{'1 file s':>10}{'CPU s':>9}{'PG CPU s':>9}{'peak MB':>9}"
    )
    for number, step in enumerate(full):
        again = changed[0][number] if changed else {"seconds": None, "parts": {}}
        line = _step_line(step["name"], step["seconds"], total, again["seconds"])
        out.append(f"{line}{_cpu(Cpu(*step['cpu']))}{_cell(step['peak_mb'], 9)}")
        inside = step["parts"]
        for part, seconds in inside.items():
            if seconds >= parts_shown * step["seconds"]:
                out.append(_step_line(f"    {part}", seconds, total, again["parts"].get(part)))
        if inside:
            rest = step["seconds"] - sum(inside.values())
            out.append(_step_line("    (rest)", rest, total, None))
    return "\n".join(out)


def _step_line(name: str, seconds: float, total: float, again: float | None) -> str:
    return f"{name:46}{seconds:8.2f} {seconds / total:6.0%}{_cell(again, 10, 2)}"


def growth_table(results: list[Result]) -> str:
    """time(larger) / time(smaller) for neighbouring sizes; above the files' ratio, it grows
    faster than they do.
    """
    out = []
    for small, large in pairwise(results):
        out.append(f"\ntime({large.size}) / time({small.size})")
        out.append(f"{f'  files x {large.size / small.size:.2f}':28}{'work':>9}{'CPU':>9}")
        for name, line in large.lines.items():
            before = small.lines.get(name)
            if before and line.cpu and before.cpu:
                cpu = _ratio(sum(line.cpu), sum(before.cpu), 9)
                ratio = _ratio(line.seconds, before.seconds, 9)
                out.append(f"  {line.name:26}{ratio}{cpu}  {line.note}")
    return "\n".join(out)


def _cpu(used: Cpu | None) -> str:
    return "".join(_cell(seconds, 9, 2) for seconds in used or (None, None))


def _cell(value: float | None, width: int, decimals: int = 0) -> str:
    return f"{'-':>{width}}" if value is None else f"{value:{width}.{decimals}f}"


def _ratio(seconds: float, base: float | None, width: int) -> str:
    return f"{seconds / base:{width}.2f}" if base else f"{'-':>{width}}"

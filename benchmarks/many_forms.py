"""What checking costs with many forms of a province's own, beside the same figures in few."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import pandas as pd

from etl.catalogue.slots import TOTAL_KINDS, slots
from etl.check import check
from etl.ground.config import FORMS_DIR, ROOT
from etl.ground.records import Batch, Figure, Recognised

FEW, MANY, FIGURES, ROUNDS = 10, 40, 24_000, 5


def measure() -> str:
    """One line: processor seconds of the check room, the least of five, and their ratio."""
    few, many = (_seconds(number) for number in (FEW, MANY))
    return (
        f"\n{FIGURES} figures checked, in {FEW} forms of the province's own: {few:.2f} CPU s\n"
        f"  in {MANY}: {many:.2f} CPU s, ratio {many / few:.1f}"
    )


def _seconds(number: int) -> float:
    """In a process of its own, for forms are read once a process."""
    with tempfile.TemporaryDirectory(prefix="khoxa-bench-") as folder:
        _draw(Path(folder) / "forms", number)
        env = {**os.environ, "PYTHONPATH": str(ROOT), "KHOXA_LOCAL": folder}
        command = [sys.executable, "-m", "benchmarks.many_forms"]
        done = subprocess.run(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, check=True)
        return float(json.loads(done.stdout))


def _draw(folder: Path, number: int) -> None:
    """The allocation plan under other names and titles; rules of its own it has none."""
    text = (FORMS_DIR / "fund_plan.yaml").read_text(encoding="utf-8")
    folder.mkdir()
    for n in range(number):
        own = text.replace("form: fund_plan", f"form: own_{n}")
        own = own.replace("vốn thực hiện", f"vốn riêng số {n} để thực hiện")
        (folder / f"own_{n}.yaml").write_text(own, encoding="utf-8")


def _batch() -> Batch:
    """Filings of all these forms in turn, each line of 1 and 1, together 2."""
    own: dict[str, list[tuple[int, int, str]]] = {}
    for slot in slots():
        if slot.form.startswith("own_") and slot.kind not in TOTAL_KINDS:
            of_form = own.setdefault(slot.form, [])
            of_form.append((slot.slot_id, 2 if slot.column == "total" else 1, str(slot.item)))
    filings: list[Recognised] = []
    figures: list[tuple[object, ...]] = []
    while len(figures) < FIGURES:
        number = len(filings) + 1
        name = list(own)[number % len(own)]
        filings.append(Recognised(
            number, name, "2022", "district", "066", 2025, "Y", date(2025, 1, 1), 2025
        ))  # fmt: skip
        rows = {item: row for row, item in enumerate(dict.fromkeys(i for _s, _v, i in own[name]))}
        figures += [
            (number, slot, rows[item], "S", "C10", None, "value", float(value), None, str(value))
            for slot, value, item in own[name]
        ]
    return Batch(pd.DataFrame(filings), pd.DataFrame(figures, columns=list(Figure._fields)))


def _least() -> float:
    batch, seconds = _batch(), []
    for _ in range(ROUNDS + 1):  # the first imports and reads
        started = time.process_time()
        found = check(batch)
        seconds.append(time.process_time() - started)
        assert found == [], found[:3]
    return min(seconds[1:])


if __name__ == "__main__":
    print(json.dumps(_least()))

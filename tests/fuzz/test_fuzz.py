"""Thousands of damaged workbooks: no crash, no hang, nothing accepted that is wrong.

Half of all mutations are these, half are people's (test_people.py).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pandas as pd
import pytest

from etl.catalogue.definitions import load_rules
from etl.check import check
from etl.ground.config import ROOT
from etl.ground.pool import Failure, guarded_map
from etl.ground.records import Batch, Figure, Normalised, ReceivedFile, Recognised, Severity
from etl.normalise import normalise, warm_up
from etl.read import read
from tests.fuzz import COUNT, SEED, mutate
from tests.fuzz.grid import Grid, load, save
from tests.fuzz.oracle import Table, tables, wrong

LIMIT_S = 2.0
INBOX = ROOT / "samples" / "inbox"
FILES = (
    "na_ri_muc_tieu_giam_ngheo_2025.xlsx", "na_ri_ke_hoach_von_2025.xlsx",
    "na_ri_chi_tieu_ke_hoach_2025.xlsx", "bao_cao_6_thang_2025_kim_hy.xlsx",
    "na_ri_ra_soat_chinh_thuc_2024.xlsx", "thieu_hut_2024_kim_hy.xlsx",
)  # fmt: skip
BYTES: tuple[Callable[[bytes, Random], bytes], ...] = (mutate.flip_bytes, mutate.change_xml)
GRIDS: tuple[Callable[[list[Grid], Random], None], ...] = (
    mutate.change_cells, mutate.change_cells, mutate.change_rows, mutate.change_headers,
)  # fmt: skip


@dataclass(frozen=True)
class Original:
    """An unchanged workbook, and what khoxa reads in it."""

    data: bytes
    grids: list[Grid]
    tables: dict[str, Table]
    filing: Normalised


@dataclass(frozen=True)
class Mutant:
    """One mutation, and the grids that say what it should mean (None: see the file)."""

    number: int
    original: str
    how: str
    data: bytes
    grids: list[Grid] | None


def original(name: str) -> Original:
    data = (INBOX / name).read_bytes()
    (filing,) = normalise(read(ReceivedFile(0, name, str(INBOX / name))))
    grids = load(data)
    return Original(data, grids, tables(grids, filing), filing)


def mutant(number: int, originals: dict[str, Original]) -> Mutant:
    random = Random(f"{SEED}/{number}")
    name = random.choice(list(originals))
    base = originals[name]
    change = random.choice((*BYTES, *GRIDS))
    if change in BYTES:
        return Mutant(number, name, change.__name__, change(base.data, random), None)
    grids = [grid.copy() for grid in base.grids]
    change(grids, random)
    return Mutant(number, name, change.__name__, save(grids), grids)


def seen(mutant: Mutant, base: Original) -> list[Grid] | None:
    """The grids of a mutated file: openpyxl's view, each cell that is as it was at its origin."""
    try:
        grids = load(mutant.data)
    except Exception:
        return None
    before = {grid.name: grid for grid in base.grids}
    for grid in grids:
        rows = before[grid.name].rows if grid.name in before else []
        for r, row in enumerate(grid.rows):
            for c, cell in enumerate(row):
                same = r < len(rows) and c < len(rows[r]) and rows[r][c].value == cell.value
                row[c] = cell if same else cell._replace(origin=None)
    return grids


def digest(job: tuple[Mutant, str]) -> tuple[list[Normalised], float]:
    mutant, folder = job
    path = Path(folder) / f"{mutant.number}.xlsx"
    path.write_bytes(mutant.data)
    started = time.process_time()
    filings = normalise(read(ReceivedFile(mutant.number, path.name, str(path))))
    return filings, time.process_time() - started


def judged(filings: list[Normalised]) -> set[int]:
    """Numbers of the filings that the night would reject."""
    rules = load_rules()
    rows = [figure for filing in filings for figure in filing.figures if filing.recognised]
    figures = pd.DataFrame(rows, columns=list(Figure._fields))
    figures["value"] = pd.to_numeric(figures["value"])
    recognised = [filing.recognised for filing in filings if filing.recognised]
    batch = Batch(pd.DataFrame(recognised, columns=list(Recognised._fields)), figures)
    found = [*check(batch), *(finding for filing in filings for finding in filing.findings)]
    failed = {f.filing_id for f in found if rules[f.rule].severity is Severity.FAIL}
    return failed | {filing.filing_id for filing in filings if not filing.recognised}


def unheard(job: tuple[Mutant, str], failure: Failure) -> tuple[list[Normalised], float]:
    pytest.fail(f"mutation {job[0].number} ({job[0].how} of {job[0].original}): {failure}")


def test_nothing_wrong_is_accepted(tmp_path: Path) -> None:
    warm_up()
    originals = {name: original(name) for name in FILES}
    mutants = {number: mutant(number, originals) for number in range(1, COUNT // 2 + 1)}
    jobs = [(each, str(tmp_path)) for each in mutants.values()]
    done = guarded_map(
        digest, jobs, chunk=100, workers=2, timeout_s=60, memory_mb=400, on_failure=unheard
    )
    results = [result for group in done for result in group]
    slow = [n for n, (_f, spent) in zip(mutants, results, strict=True) if spent > LIMIT_S]
    assert slow == []
    filings = [filing for group, _spent in results for filing in group]
    rejected = judged(filings)
    accepted = [f for f in filings if f.filing_id not in rejected]
    faults = [fault for f in accepted for fault in faults_of(f, mutants, originals)]
    assert faults == [], "\n".join(faults[:20])
    assert len(accepted) > len(mutants) / 20, "mutations that nothing survives prove little"


def faults_of(
    filing: Normalised, mutants: dict[int, Mutant], originals: dict[str, Original]
) -> list[str]:
    """What is wrong with an accepted filing; empty if it says what its workbook says."""
    mutant = mutants[filing.filing_id]
    base = originals[mutant.original]
    about = f"mutation {mutant.number} ({mutant.how} of {mutant.original})"
    assert filing.recognised and base.filing.recognised
    if filing.recognised[1:] != base.filing.recognised[1:]:
        return [f"{about}: taken for {filing.recognised}"]
    grids = mutant.grids or seen(mutant, base)
    if grids is None:
        same = {f[1:] for f in filing.figures} == {f[1:] for f in base.filing.figures}
        return [] if same else [f"{about}: accepted, though only khoxa can open it"]
    return [f"{about}: {fault}" for fault in wrong(grids, base.tables, filing)]

"""`khoxa check`: the rooms read, normalise, check and publish on files, without a warehouse."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from etl.catalogue.corrections import by_filing, load_corrections
from etl.catalogue.definitions import say_faults
from etl.catalogue.rules import RenderedFinding, load_rules, render
from etl.ground.config import Settings
from etl.ground.pool import Failure, guarded_map
from etl.ground.records import Batch, Figure, Finding, Normalised, ReceivedFile, Recognised
from etl.night.chain import Corrections, give_back, understand, unread
from etl.publish import return_path
from etl.receive import filing_id


@dataclass(frozen=True, slots=True)
class Checked:
    """What would happen to one file."""

    name: str
    recognised: list[Recognised]
    findings: list[RenderedFinding]
    figures: int
    marked: Path | None

    @property
    def exit_code(self) -> int:
        """0 accepted, 1 rejected, 2 cannot be read at all."""
        if any(f.severity == "fail" for f in self.findings):
            return 1 if self.recognised else 2
        return 0

    def as_dict(self) -> dict[str, Any]:
        """For `--json`."""
        return {
            "file": self.name,
            "verdict": ("accepted", "rejected", "unreadable")[self.exit_code],
            "filings": [recognised._asdict() for recognised in self.recognised],
            "figures": self.figures,
            "findings": [f._asdict() for f in self.findings],
            "marked": str(self.marked) if self.marked else None,
        }


def check_files(paths: list[Path], out: Path | None) -> list[Checked]:
    """Read, correct and check files with the nightly run's rules; mark them into `out`.

    What needs earlier filings is not compared: that takes a warehouse.
    """
    say_faults()
    corrections = by_filing(load_corrections(*Settings.from_env().correction_files))
    files = [
        ReceivedFile(filing_id(hashlib.sha256(p.read_bytes()).hexdigest()), p.name, str(p))
        for p in paths
    ]
    groups = guarded_map(
        partial(_read, corrections=corrections),
        files,
        chunk=8,
        workers=2,
        timeout_s=60,
        memory_mb=400,
        on_failure=_stalled,
    )
    done = [each for group in groups for each in group]
    found = _judge([filing for filings in done for filing in filings])
    return [
        _checked(received, each, found, out) for received, each in zip(files, done, strict=True)
    ]


def _read(received: ReceivedFile, corrections: Corrections) -> list[Normalised]:
    return understand(received, corrections)[0]


def _stalled(received: ReceivedFile, failure: Failure) -> list[Normalised]:
    return [Normalised(received.filing_id, findings=[unread(received, failure)])]


def _judge(done: list[Normalised]) -> list[Finding]:
    """The check room's findings on all files at once."""
    recognised = [each.recognised for each in done if each.recognised]
    if not recognised:
        return []
    from etl.check import check as check_room

    filings = pd.DataFrame(recognised, columns=list(Recognised._fields))
    rows = [figure for each in done if each.recognised for figure in each.figures]
    figures = pd.DataFrame(rows, columns=list(Figure._fields))
    figures["value"] = pd.to_numeric(figures["value"])
    return check_room(Batch(filings.drop_duplicates("filing_id"), figures.drop_duplicates()))


def _checked(
    received: ReceivedFile, filings: list[Normalised], found: list[Finding], out: Path | None
) -> Checked:
    rules = load_rules()
    ids = {filing.filing_id for filing in filings}
    own = [finding for filing in filings for finding in filing.findings]
    findings = [render(f, rules[f.rule]) for f in (*own, *(f for f in found if f.filing_id in ids))]
    marked = None
    if out and findings:
        marked = return_path(out, received.filing_id, received.name)
        give_back(received, findings, marked)
    recognised = [filing.recognised for filing in filings if filing.recognised]
    figures = sum(len(filing.figures) for filing in filings)
    return Checked(received.name, recognised, findings, figures, marked)

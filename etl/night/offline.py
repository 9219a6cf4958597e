"""`khoxa check`: the rooms read, normalise, check and publish on files, without a warehouse."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from etl.catalogue.alike import once
from etl.catalogue.corrections import by_filing, load_corrections
from etl.catalogue.definitions import load_rules, say_faults
from etl.catalogue.rules import RenderedFinding, render
from etl.ground.config import Settings
from etl.ground.pool import Failure, guarded_map
from etl.ground.records import Finding, Normalised, ReceivedFile, Recognised
from etl.night.beside import Judge, judged
from etl.night.one_file import Corrections, give_back, understand, unread
from etl.publish import return_path
from etl.publish.receipt import receipt
from etl.receive import filing_id
from etl.units.index import load_units

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Checked:
    """What would happen to one file."""

    name: str
    recognised: list[Recognised]
    findings: list[RenderedFinding]
    figures: int
    receipts: list[str]
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


def check_files(
    paths: list[Path],
    out: Path | None,
    progress: Progress = lambda done, total: None,
    judge: Judge = judged,
) -> list[Checked]:
    """Read, correct and check files with the nightly run's rules; mark them into `out`.

    `progress` hears how many files of how many have been read; `judge` is the check room, here or
    in a process beside this one. What needs earlier filings is not compared: that takes a
    warehouse.
    """
    done, files = _understood(paths, progress)
    joint = judge([filing for each in done for filing in each.filings])
    return [
        _checked(received, each, joint, out) for received, each in zip(files, done, strict=True)
    ]


def _understood(paths: list[Path], progress: Progress) -> tuple[list[_Read], list[ReceivedFile]]:
    """What each file says, and what it counts as received as; `progress` hears of each chunk."""
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
    done: list[_Read] = []
    for group in groups:
        done += group
        progress(len(done), len(files))
    return done, files


class _Read(NamedTuple):
    """One file's filings, and the receipt of each that is recognised."""

    filings: list[Normalised]
    receipts: list[str]


def _read(received: ReceivedFile, corrections: Corrections) -> _Read:
    filings = understand(received, corrections)[0]
    return _Read(filings, [receipt(each, load_units()) for each in filings if each.recognised])


def _stalled(received: ReceivedFile, failure: Failure) -> _Read:
    return _Read([Normalised(received.filing_id, findings=[unread(received, failure)])], [])


def _checked(
    received: ReceivedFile, done: _Read, joint: list[Finding], out: Path | None
) -> Checked:
    rules, filings = load_rules(), done.filings
    ids = {filing.filing_id for filing in filings}
    own = [finding for filing in filings for finding in filing.findings]
    own += [finding for finding in joint if finding.filing_id in ids]
    findings = once(render(finding, rules[finding.rule]) for finding in own)
    marked = None
    if out and findings:
        marked = return_path(out, received.filing_id, received.name)
        give_back(received, findings, marked)
    recognised = [filing.recognised for filing in filings if filing.recognised]
    figures = sum(len(filing.figures) for filing in filings)
    return Checked(received.name, recognised, findings, figures, done.receipts, marked)

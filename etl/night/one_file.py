"""What the night does with one file by itself: understand it, and give it back. `khoxa check` does
the same without a warehouse, and without importing what asks one.
"""

from __future__ import annotations

import logging
from pathlib import Path

from etl import publish as publish_room
from etl.catalogue.corrections import Correction, Key, correct
from etl.catalogue.rules import RenderedFinding
from etl.ground.pool import Failure
from etl.ground.records import Corrected, Finding, Normalised, ReceivedFile
from etl.normalise import normalise
from etl.read import read

log = logging.getLogger(__name__)
Corrections = dict[Key, list[Correction]]


def understand(
    received: ReceivedFile, corrections: Corrections
) -> tuple[list[Normalised], list[Corrected]]:
    """Read, normalise and correct one file: its filings, and what came of each correction."""
    done = normalise(read(received))
    return done, [corrected for filing in done for corrected in correct(filing, corrections)]


def unread(received: ReceivedFile, failure: Failure) -> Finding:
    """The finding on a file that gave no result; a fault of ours goes to the log, whole."""
    if failure.reason == "error":
        log.error("filing %016x (%s): %s", received.filing_id, received.name, failure.detail)
        return Finding(received.filing_id, "file-not-processed")
    log.warning("filing %016x (%s): %s", received.filing_id, received.name, failure)
    return Finding(received.filing_id, "file-stalled")


def give_back(received: ReceivedFile, findings: list[RenderedFinding], path: Path) -> None:
    """Write one return workbook; a list of persons is not copied into it."""
    publish_room.mark(received, findings, path, read, own=not is_personal(findings))


def is_personal(findings: list[RenderedFinding]) -> bool:
    """Whether the file was refused as a list of persons."""
    return any(finding.rule == "personal-data" for finding in findings)

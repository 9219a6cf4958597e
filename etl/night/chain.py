"""The rooms in order. The DAG, the CLI and `etl.night.as_of` call these steps; nothing else chains
rooms.

Each step takes what waits for it in the filing register, so a night that was cut off anywhere
goes on from there.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from etl import aggregate as aggregate_room
from etl import load as load_room
from etl import publish as publish_room
from etl import receive as receive_room
from etl.catalogue.corrections import (
    Correction,
    FailedCorrections,
    Key,
    by_filing,
    correct,
    load_corrections,
)
from etl.catalogue.definitions import say_faults
from etl.catalogue.rules import RenderedFinding, load_rules
from etl.ground import audit
from etl.ground.config import Settings
from etl.ground.database import copy_line
from etl.ground.pool import Failure, guarded_map
from etl.ground.records import (
    Block,
    Corrected,
    DamagedCopy,
    Finding,
    FurtherFiling,
    Normalised,
    ReceivedFile,
)
from etl.normalise import normalise, warm_up
from etl.read import read

log = logging.getLogger(__name__)
CHUNK = 256
WORKERS = os.cpu_count() or 1
TIMEOUT_S = 60
MEMORY_MB = 400
Progress = Callable[[int, int], None]
Corrections = dict[Key, list[Correction]]


def receive(settings: Settings, inbox: receive_room.InboxPath, now: datetime) -> dict[str, int]:
    """Inbox -> filing register."""
    return {"received": len(receive_room.receive(settings, inbox, now))}


def read_and_normalise(
    settings: Settings,
    progress: Progress | None = None,
    corrections: list[Correction] | None = None,
) -> dict[str, int]:
    """Received files -> figures in staging, after the seeds, where these have changed. Reading runs
    in guarded worker processes.

    `corrections` None are those of the file.
    """
    if settings.as_of is None:
        load_room.synchronise(settings)
    if corrections is None:
        corrections = load_corrections(*settings.correction_files)
    read_one = partial(digest, corrections=by_filing(corrections))

    say_faults()

    def blocks(files: list[ReceivedFile]) -> Iterator[Block]:
        warm_up()
        load_rules()
        # one that is opened again gets a new return workbook
        for received in files if settings.as_of is None else ():
            publish_room.return_path(
                settings.returns_dir, received.filing_id, received.name
            ).unlink(missing_ok=True)
        done = 0
        for group in guarded_map(
            read_one, files, chunk=CHUNK, workers=WORKERS, timeout_s=TIMEOUT_S,
            memory_mb=MEMORY_MB, on_failure=stalled,
        ):  # fmt: skip
            yield from group
            done += len(group)
            if progress:
                progress(done, len(files))

    sound = partial(receive_room.mended, settings)
    return {"read": load_room.stage(settings, blocks, corrections, sound)}


def check(settings: Settings) -> dict[str, int]:
    """Staged figures -> findings."""
    batch = load_room.staged(settings)
    findings: list[Finding] = []
    if len(batch.filings):
        from etl.check import check as check_room  # Great Expectations takes 5 s to import

        findings = check_room(batch, settings.docs_dir if settings.as_of is None else None)
    return {"findings": load_room.judge(settings, batch, findings)}


def load(settings: Settings) -> dict[str, int]:
    """Checked filings -> the star; forms and indicators that are gone and still rested on are told
    the log."""
    done = load_room.load(settings)
    for gone in load_room.gone_now(settings) if settings.as_of is None else ():
        log.error("%s", gone)
    return done


def aggregate(settings: Settings) -> dict[str, int]:
    """Facts -> aggregates behind the marts; the SQL checks must hold."""
    return aggregate_room.aggregate(settings)


def publish(settings: Settings) -> dict[str, int]:
    """Findings -> return workbooks, each in a guarded worker."""
    waiting = publish_room.jobs(settings)
    groups = guarded_map(
        _return, waiting, chunk=8, workers=WORKERS, timeout_s=TIMEOUT_S,
        memory_mb=2 * MEMORY_MB, on_failure=_return_plain,
    )  # fmt: skip
    return {"returned": sum(len(group) for group in groups)}


def _return(job: publish_room.Job) -> None:
    if is_personal(job.findings):
        Path(job.received.path).unlink(missing_ok=True)  # khoxa keeps no list of persons
    received = job.received
    is_whole = receive_room.is_sound(Path(received.path), received.sha256)
    (give_back if is_whole else _give_back_plain)(received, job.findings, job.path)


def give_back(received: ReceivedFile, findings: list[RenderedFinding], path: Path) -> None:
    """Write one return workbook; a list of persons is not copied into it."""
    publish_room.mark(received, findings, path, read, own=not is_personal(findings))


def is_personal(findings: list[RenderedFinding]) -> bool:
    """Whether the file was refused as a list of persons."""
    return any(finding.rule == "personal-data" for finding in findings)


def _return_plain(job: publish_room.Job, _failure: Failure) -> None:
    """A file whose marking failed or was stopped."""
    _give_back_plain(job.received, job.findings, job.path)


def _give_back_plain(received: ReceivedFile, findings: list[RenderedFinding], path: Path) -> None:
    """The findings in an empty book."""
    publish_room.mark(received, findings, path, read, own=False)


def settle(settings: Settings) -> None:
    """After all is done: raises DamagedCopies while filings wait for their copy, FailedCorrections
    while a correction does not fit its filing."""
    if damaged := load_room.damaged(settings):
        raise load_room.DamagedCopies(damaged)
    if failed := load_room.failed_corrections(settings):
        raise FailedCorrections(failed)


def record(settings: Settings, steps: dict[str, dict[str, int]], started: datetime) -> None:
    """Remember what the latest run did, for `khoxa status`."""
    settings.home.mkdir(parents=True, exist_ok=True)
    content: dict[str, Any] = {"started": started.isoformat(timespec="seconds"), "steps": steps}
    settings.last_run.write_text(json.dumps(content, indent=1), encoding="utf-8")
    counts = {name: n for step in steps.values() for name, n in (step or {}).items()}
    said = ", ".join(f"{name} {n}" for name, n in counts.items() if "." not in name)
    audit.noted(settings, "ran", f"{started.isoformat(timespec='minutes')}: {said}")


def understand(
    received: ReceivedFile, corrections: Corrections
) -> tuple[list[Normalised], list[Corrected]]:
    """Read, normalise and correct one file: its filings, and what came of each correction."""
    done = normalise(read(received))
    return done, [corrected for filing in done for corrected in correct(filing, corrections)]


def digest(received: ReceivedFile, corrections: Corrections) -> Block:
    """What the night makes of one file; runs inside a worker."""
    try:
        done, corrected = understand(received, corrections)
    except (DamagedCopy, FileNotFoundError):
        return Block("", 0, [], [], [], [], [], (received.sha256,))
    return Block(
        "\n".join(copy_line(figure) for filing in done for figure in filing.figures),
        sum(len(filing.figures) for filing in done),
        [filing.recognised for filing in done if filing.recognised],
        [finding for filing in done for finding in filing.findings],
        [received.filing_id],
        [FurtherFiling(filing.filing_id, received.filing_id, filing.part) for filing in done[1:]],
        corrected,
    )


def stalled(received: ReceivedFile, failure: Failure) -> Block:
    """What stands for a file whose worker died, hung, or met a fault of ours."""
    return Block("", 0, [], [unread(received, failure)], [received.filing_id], [], [])


def unread(received: ReceivedFile, failure: Failure) -> Finding:
    """The finding on a file that gave no result; a fault of ours goes to the log, whole."""
    if failure.reason == "error":
        log.error("filing %016x (%s): %s", received.filing_id, received.name, failure.detail)
        return Finding(received.filing_id, "file-not-processed")
    log.warning("filing %016x (%s): %s", received.filing_id, received.name, failure)
    return Finding(received.filing_id, "file-stalled")

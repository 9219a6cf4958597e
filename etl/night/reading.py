"""The files that wait -> figures in staging, by this process and its guarded workers.

`read_and_normalise` does all of it: let files wait again (`wait_again`), read those that wait
(`read_files`), stage what they give (`stage_read`). etl.night.shared_out does the second step on
several machines.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from math import ceil

from etl import load as load_room
from etl import publish as publish_room
from etl import receive as receive_room
from etl.catalogue.corrections import Correction, by_filing, load_corrections
from etl.catalogue.definitions import load_rules, say_faults
from etl.catalogue.rules import render
from etl.ground.config import Settings
from etl.ground.database import copy_lines
from etl.ground.pool import Failure, guarded_map
from etl.ground.records import Block, DamagedCopy, FurtherFiling, ReceivedFile
from etl.night.one_file import Corrections, understand, unread
from etl.normalise import warm_up

WORKERS = os.cpu_count() or 1
TIMEOUT_S = 60
MEMORY_MB = 400
Progress = Callable[[int, int], None]
TOGETHER, FEW = 512, 256  # files that a worker process reads at most; not worth a second one


def read_and_normalise(
    settings: Settings,
    progress: Progress | None = None,
    corrections: list[Correction] | None = None,
) -> dict[str, int]:
    """All files that wait, in this process and its guarded workers. `corrections` None are those of
    the file."""
    known = load_corrections(*settings.correction_files) if corrections is None else corrections
    wait_again(settings, known)
    return stage_read(settings, partial(read_files, by_filing(known), progress))


def wait_again(settings: Settings, corrections: list[Correction]) -> None:
    """Put the seeds in, where these have changed; let files wait again that are to be."""
    if settings.as_of is None:
        load_room.synchronise(settings)
    say_faults()
    sound = partial(receive_room.mended, settings)
    read = partial(read_files, by_filing(corrections), None)
    load_room.open_again(settings, corrections, sound, read)


def read_files(
    corrections: Corrections, progress: Progress | None, files: list[ReceivedFile]
) -> Iterator[Block]:
    """What files give, read in guarded worker processes."""
    warm_up()
    load_rules()
    done = 0
    for group in guarded_map(
        partial(digest, corrections=corrections), files, chunk=even(len(files)), workers=WORKERS,
        timeout_s=TIMEOUT_S, memory_mb=MEMORY_MB, on_failure=stalled,
    ):  # fmt: skip
        yield from group
        done += len(group)
        if progress:
            progress(done, len(files))


def even(files: int) -> int:
    """So many for a worker process that all end together: none reads the last ones alone."""
    if files <= FEW:
        return TOGETHER
    return ceil(files / WORKERS / ceil(files / WORKERS / TOGETHER))


def stage_read(
    settings: Settings,
    read: Callable[[list[ReceivedFile]], Iterable[Block]],
    within: tuple[int, int] = load_room.EVERY,
    lost: Sequence[tuple[int, int]] = (load_room.EVERY,),
) -> dict[str, int]:
    """Stage what `read` gives of the files `within` that wait. `lost`: the ranges of which what
    waits afterwards was left."""

    def read_anew(files: list[ReceivedFile]) -> Iterator[Block]:
        names = {each.filing_id: each.name for each in files if settings.as_of is None}
        for block in read(files):
            # one that is opened again gets a new return workbook
            for number in names.keys() & block.filings:
                path = publish_room.return_path(settings.returns_dir, number, names[number])
                path.unlink(missing_ok=True)
            yield block

    done, still = load_room.stage(settings, read_anew, within)
    left = sum(any(first <= number <= last for first, last in lost) for number in still)
    return {"read": done, **({"left": left} if left else {})}


def digest(received: ReceivedFile, corrections: Corrections) -> Block:
    """What the night makes of one file; runs inside a worker."""
    try:
        done, corrected = understand(received, corrections)
    except (DamagedCopy, FileNotFoundError):
        return Block("", 0, [], [], [], [], [], (received.sha256,))
    for finding in (each for filing in done for each in filing.findings):
        render(finding, load_rules()[finding.rule])  # what cannot be said fails here, alone
    return Block(
        copy_lines([figure for filing in done for figure in filing.figures]),
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

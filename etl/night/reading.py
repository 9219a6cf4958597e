"""The files that wait -> figures in staging: in one process (`read_and_normalise`), or shared out.

Shared out, three steps do the same: `open_again` cuts the register into chunks; `read_chunk` keeps
what one of them gives, on any machine that shares the raw files; `stage` takes all of them in. A
chunk is named by its first and last filing and by what it is read by, so that what other forms, or
another khoxa, made of it is never taken. What a chunk that was lost should have given waits.
"""

from __future__ import annotations

import hashlib
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
from etl.ground import config
from etl.ground.config import Settings
from etl.ground.database import copy_lines
from etl.ground.errors import FormsChanged
from etl.ground.pool import Failure, guarded_map
from etl.ground.records import Block, DamagedCopy, FurtherFiling, ReceivedFile
from etl.night.one_file import Corrections, understand, unread
from etl.normalise import warm_up

WORKERS = os.cpu_count() or 1
TIMEOUT_S = 60
MEMORY_MB = 400
Progress = Callable[[int, int], None]
TOGETHER, FEW = 512, 256  # files that a worker process reads at most; not worth a second one
_MOST_CHUNKS = 1000  # Airflow maps a task to 1 024 at most
_READ_BY = (".py", ".yaml", ".csv")


def read_and_normalise(
    settings: Settings,
    progress: Progress | None = None,
    corrections: list[Correction] | None = None,
) -> dict[str, int]:
    """All files that wait, in this process and its guarded workers. `corrections` None are those of
    the file."""
    known = load_corrections(*settings.correction_files) if corrections is None else corrections
    _open_again(settings, known)
    return _staged(settings, partial(_read, by_filing(known), progress))


def open_again(settings: Settings) -> list[str]:
    """The chunks of the files that wait, after the seeds, where these have changed, and after what
    is to be read again waits again."""
    corrections = load_corrections(*settings.correction_files)
    _open_again(settings, corrections)
    # where nothing waits, a chunk of nothing: of none Airflow would skip all that follows
    numbers = [each.filing_id for each in load_room.waiting(settings)] or [0]
    size = max(settings.chunk_filings, ceil(len(numbers) / _MOST_CHUNKS))
    read_by = _read_by(settings, corrections)
    chunks = (numbers[first : first + size] for first in range(0, len(numbers), size))
    return [f"{chunk[0]:016x}-{chunk[-1]:016x}.{read_by}" for chunk in chunks]


def read_chunk(settings: Settings, chunk: str) -> None:
    """Read a chunk and keep what it gives, which is nothing in staging yet. Raises FormsChanged
    where it would be read by others."""
    corrections = load_corrections(*settings.correction_files)
    _must_be_read_by([chunk], _read_by(settings, corrections))
    files = load_room.waiting(settings, _range([chunk]))
    if files:  # a first night may have none, and no folder
        settings.raw_dir.stat()  # on a machine that does not share it, they would seem to be lost
    load_room.keep(settings, chunk, _read(by_filing(corrections), None, files))


def stage(settings: Settings, chunks: list[str]) -> dict[str, int]:
    """All that the chunks gave, into staging, once; what was read by others is not taken. What came
    since a chunk was read waits, and was not left."""
    _must_be_read_by(chunks, _read_by(settings, load_corrections(*settings.correction_files)))
    lost: list[tuple[int, int]] = []

    def read(_: list[ReceivedFile]) -> Iterator[Block]:
        lost.extend(_range([chunk]) for chunk in load_room.lost(settings, chunks))
        return load_room.kept(settings, chunks)

    return _staged(settings, read, _range(chunks), lost)


def _open_again(settings: Settings, corrections: list[Correction]) -> None:
    if settings.as_of is None:
        load_room.synchronise(settings)
    say_faults()
    sound = partial(receive_room.mended, settings)
    read = partial(_read, by_filing(corrections), None)
    load_room.open_again(settings, corrections, sound, read)


def _read(
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


def _staged(
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


def _must_be_read_by(chunks: list[str], read_by: str) -> None:
    """Raises FormsChanged where chunks were cut to be read by other code, forms or corrections."""
    if {chunk.partition(".")[2] for chunk in chunks} != {read_by}:
        raise FormsChanged


def _range(chunks: list[str]) -> tuple[int, int]:
    """From the first filing of chunks to the last."""
    return int(chunks[0][:16], 16), int(chunks[-1][17:33], 16)


def _read_by(settings: Settings, corrections: list[Correction]) -> str:
    """A digest of all that figures rest on beside the filed workbooks: code, forms, rules, seeds,
    the province's own files, corrections."""
    folders = (
        *(config.ROOT / "etl", config.FORMS_DIR, config.EXPECTATIONS_DIR, config.SEEDS_DIR),
        *(config.LOCAL_DIR, settings.units_dir),
    )
    found = hashlib.sha256(repr(corrections).encode())
    for folder in filter(None, folders):
        for path in sorted(each for each in folder.rglob("*") if each.suffix in _READ_BY):
            found.update(f"{path.relative_to(folder)}\0".encode() + path.read_bytes() + b"\0")
    return found.hexdigest()[:16]


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

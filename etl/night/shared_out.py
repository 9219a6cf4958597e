"""The files that wait, shared out: cut into chunks, each read by a task on any machine that shares
the raw files, and staged once all are read. What a chunk that was lost should have given waits.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from math import ceil
from typing import NamedTuple

from etl import load as load_room
from etl.catalogue.corrections import Correction, by_filing, load_corrections
from etl.ground import config
from etl.ground.config import Settings
from etl.ground.errors import FormsChanged
from etl.ground.records import Block, ReceivedFile
from etl.night.reading import read_files, stage_read, wait_again

_MOST = 1000  # Airflow maps a task to 1 024 at most
_READ_BY = (".py", ".yaml", ".csv")


class _Chunk(NamedTuple):
    """The filings from one number to another, and a digest of what they are read by: what other
    forms, or another khoxa, made of them is never taken. Tasks hand on its name."""

    first: int
    last: int
    read_by: str

    @classmethod
    def named(cls, name: str) -> _Chunk:
        """The chunk of a name. Raises ValueError for what is none."""
        numbers, _, read_by = name.partition(".")
        first, last = (int(number, 16) for number in numbers.split("-"))
        return cls(first, last, read_by)

    def __str__(self) -> str:
        return f"{self.first:016x}-{self.last:016x}.{self.read_by}"


def open_again(settings: Settings) -> list[str]:
    """The chunks of the files that wait, after the seeds, where these have changed, and after what
    is to be read again waits again."""
    corrections = load_corrections(*settings.correction_files)
    wait_again(settings, corrections)
    # where nothing waits, a chunk of nothing: of none Airflow would skip all that follows
    numbers = [each.filing_id for each in load_room.waiting(settings)] or [0]
    size = max(settings.chunk_filings, ceil(len(numbers) / _MOST))
    read_by = _read_by(settings, corrections)
    cut = (numbers[first : first + size] for first in range(0, len(numbers), size))
    return [str(_Chunk(chunk[0], chunk[-1], read_by)) for chunk in cut]


def read_chunk(settings: Settings, name: str) -> None:
    """Read a chunk and keep what it gives, which is nothing in staging yet. Raises FormsChanged
    where it would be read by others."""
    corrections = load_corrections(*settings.correction_files)
    (chunk,) = _chunks(settings, [name], corrections)
    files = load_room.waiting(settings, (chunk.first, chunk.last))
    if files:  # a first night may have none, and no folder
        settings.raw_dir.stat()  # on a machine that does not share it, they would seem to be lost
    load_room.keep(settings, name, read_files(by_filing(corrections), None, files))


def stage(settings: Settings, names: list[str]) -> dict[str, int]:
    """All that the chunks gave, into staging, once; what was read by others is not taken. What came
    since a chunk was read waits, and was not left."""
    chunks = _chunks(settings, names, load_corrections(*settings.correction_files))
    lost: list[tuple[int, int]] = []

    def kept(_: list[ReceivedFile]) -> Iterator[Block]:
        gone = map(_Chunk.named, load_room.lost(settings, names))
        lost.extend((chunk.first, chunk.last) for chunk in gone)
        return load_room.kept(settings, names)

    return stage_read(settings, kept, (chunks[0].first, chunks[-1].last), lost)


def _chunks(settings: Settings, names: list[str], corrections: list[Correction]) -> list[_Chunk]:
    """The chunks of these names. Raises FormsChanged where they were cut to be read by other code,
    forms or corrections."""
    chunks = [_Chunk.named(name) for name in names]
    if {chunk.read_by for chunk in chunks} != {_read_by(settings, corrections)}:
        raise FormsChanged
    return chunks


def _read_by(settings: Settings, corrections: list[Correction]) -> str:
    """A digest of all that figures rest on beside the filed workbooks: code, forms, rules, seeds,
    the province's own files, corrections."""
    folders = (
        *(config.ROOT / "etl", config.FORMS_DIR, config.EXPECTATIONS_DIR, config.SEEDS_DIR),
        *(config.LOCAL_DIR, settings.units_dir),
    )
    digest = hashlib.sha256(repr(corrections).encode())
    for folder in filter(None, folders):
        for path in sorted(each for each in folder.rglob("*") if each.suffix in _READ_BY):
            digest.update(f"{path.relative_to(folder)}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]

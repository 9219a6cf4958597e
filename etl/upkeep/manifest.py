"""A backup: a folder that stands alone, with a manifest of all that is in it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from etl.ground.errors import KhoxaError

FILE = "manifest.json"


class BrokenBackup(KhoxaError):
    """A folder that is no backup, or whose files are not those that were saved."""

    def __init__(self, folder: Path, problems: list[str]) -> None:
        listed = "; ".join(problems[:20]) + ("; …" if problems[20:] else "")
        super().__init__(
            f"{folder}: bản sao lưu không dùng được, chưa thay đổi gì / this backup cannot be used,"
            f" nothing was changed: {listed}"
        )


class Saved(NamedTuple):
    """One file: the SHA-256 of its content, and its size in bytes."""

    sha256: str
    size: int


@dataclass(frozen=True)
class Manifest:
    """What a backup holds.

    Attributes:
        made_at: when, with its offset (ISO).
        khoxa: version of the program.
        revision: revision of the warehouse (sql/migrations).
        full: whether every file was read anew, not taken over from the backup before.
        databases: dumps by name of the database.
        rows: rows of each table of the warehouse.
        files: files by their path in the backup.
        faults: sentences about files that the warehouse knows and that were damaged or gone.
    """

    made_at: str
    khoxa: str
    revision: str
    full: bool
    databases: dict[str, Saved] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    files: dict[str, Saved] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    @property
    def time(self) -> datetime:
        """When it was made."""
        return datetime.fromisoformat(self.made_at)

    def write(self, folder: Path) -> None:
        """Write it as JSON."""
        text = json.dumps(asdict(self), ensure_ascii=False, indent=1)
        (folder / FILE).write_text(text, encoding="utf-8")


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a backup. Raises BrokenBackup where the folder has none that can be read."""
    try:
        data = json.loads((folder / FILE).read_text(encoding="utf-8"))
        for kind in ("databases", "files"):
            data[kind] = {name: Saved(*saved) for name, saved in data[kind].items()}
        manifest = Manifest(**data)
        manifest.time  # noqa: B018 -- raises ValueError for what is no time
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise BrokenBackup(folder, [f"{FILE}: {error}"]) from error
    return manifest


def backups(to: Path) -> list[tuple[Path, Manifest]]:
    """The whole backups in a folder, the oldest first."""
    whole = [(path, read_manifest(path)) for path in to.glob("khoxa_*") if (path / FILE).is_file()]
    return sorted(whole, key=lambda each: (each[1].time, each[0].name))


def must_be_whole(folder: Path, manifest: Manifest) -> None:
    """Every file of a backup against its digest. Raises BrokenBackup, which names those that
    differ or are gone."""
    if problems := list(_problems(folder, manifest)):
        raise BrokenBackup(folder, problems)


def _problems(folder: Path, manifest: Manifest) -> Iterator[str]:
    dumps = {dump_name(name): saved for name, saved in manifest.databases.items()}
    for name, saved in {**dumps, **manifest.files}.items():
        path = folder / name
        if ".." in Path(name).parts or not path.is_file():
            yield f"{name}: không có / is not there"
        elif digest_of(path) != saved.sha256:
            yield f"{name}: nội dung đã đổi / its content has changed"


def dump_name(database: str) -> str:
    """Name of the file of a database's dump."""
    return f"{database}.dump"


def digest_of(path: Path) -> str:
    """SHA-256 of a file's content."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

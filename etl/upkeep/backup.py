"""One backup: the databases and all files but what can be made again, whole or not at all.

No night runs meanwhile, so that the files are those that the dump knows. A file that has not
changed since the backup before (size and time of change) is the same file there, by a hard link:
each backup is a folder that stands alone, and costs what is new. A full one reads all anew.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from importlib.metadata import version
from pathlib import Path

from sqlalchemy import Connection

from etl.ground import audit, database, pg_tools
from etl.ground.config import Settings
from etl.ground.errors import KhoxaError
from etl.ground.revision import revision_of
from etl.ground.whole_file import alone
from etl.ground.yaml_file import sentence
from etl.upkeep.contents import databases, files
from etl.upkeep.manifest import FILE, Manifest, Saved, backups, digest_of, dump_name

FULL_AFTER = timedelta(days=7)
_RAW = "home/raw/"


class FaultyBackup(KhoxaError):
    """The backup is written, but files that the warehouse knows are damaged or gone."""

    def __init__(self, folder: Path, faults: list[str]) -> None:
        about = {"folder": folder, "faults": "\n".join(faults[:20])}
        super().__init__(sentence(__file__, "faulty_backup", **about))


def backup(
    settings: Settings, to: Path, now: datetime, *, full: bool = False, keep: int | None = None
) -> tuple[Path, Manifest]:
    """Write a backup into the folder `to`; the newest `keep` of those there stay (None: all).

    It is full where asked, and where the last full one is a week old or there is none. Raises
    FaultyBackup, after all is written, where raw files are damaged or gone; KhoxaError and OSError
    leave nothing behind.
    """
    with alone(to / ".lock"):
        known = backups(to)
        # one of a clock that was ahead says nothing
        fulls = [each.time for _path, each in known if each.full and each.time <= now]
        full = full or not fulls or now - fulls[-1] >= FULL_AFTER
        part = to / ".part"
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(mode=0o700)
        try:
            manifest = _write(settings, part, _Earlier.of(known, full), now)
            manifest.write(part)
            os.sync()
            folder = part.rename(_free(to, now))
        finally:
            shutil.rmtree(part, ignore_errors=True)
        for old, _manifest in known[: len(known) + 1 - keep] if keep else ():
            (old / FILE).unlink()  # half removed, it is no backup any more
            shutil.rmtree(old)
    if manifest.faults:
        raise FaultyBackup(folder, manifest.faults)
    return folder, manifest


class _Earlier:
    """The backup before: its files may stand for those that have not changed."""

    def __init__(self, folder: Path | None, manifest: Manifest | None, full: bool) -> None:
        self.folder, self.full = folder, full
        self.files = manifest.files if manifest else {}

    @classmethod
    def of(cls, known: list[tuple[Path, Manifest]], full: bool) -> _Earlier:
        """The newest of those known, if any."""
        return cls(*known[-1], full) if known else cls(None, None, full)

    def link(self, name: str, target: Path) -> Saved | None:
        """Let `target` be the earlier file of a name; None where there is none."""
        if self.folder is None or name not in self.files:
            return None
        try:
            os.link(self.folder / name, target)
        except OSError:  # a store without hard links
            with suppress(FileNotFoundError):
                shutil.copy2(self.folder / name, target)
        return self.files[name] if target.exists() else None

    def same(self, name: str, path: Path, target: Path) -> Saved | None:
        """The same where the file has not changed since, and it need not be read anew."""
        if self.full or self.folder is None or name not in self.files:
            return None
        with suppress(FileNotFoundError):
            old, new = (self.folder / name).stat(), path.stat()
            if (old.st_size, old.st_mtime_ns) == (new.st_size, new.st_mtime_ns):
                return self.link(name, target)
        return None


def _free(to: Path, now: datetime) -> Path:
    name = f"khoxa_{now:%Y-%m-%dT%H%M%S}"
    paths = [to / name, *(to / f"{name}_{number}" for number in range(2, 100))]
    return next(path for path in paths if not path.exists())


def _write(settings: Settings, part: Path, earlier: _Earlier, now: datetime) -> Manifest:
    with database.night(settings, of_any=True) as connection:
        manifest = Manifest(
            *(now.isoformat(timespec="seconds"), version("khoxa")),
            *(revision_of(connection), earlier.full),
        )
        for name, url in databases(settings).items():
            target = part / dump_name(name)
            pg_tools.dump(url, target)
            manifest.databases[name] = Saved(digest_of(target), target.stat().st_size)
        manifest.rows.update(rows_of(connection))
        for name, path in files(settings, part.parent):
            with suppress(FileNotFoundError):  # it went meanwhile; those that must be are asked for
                manifest.files[name] = _take(name, path, part / name, earlier)
        audit.note(connection, "backed_up", str(part.parent))
        return replace(manifest, faults=list(_faults(connection, manifest)))


def rows_of(connection: Connection) -> dict[str, int]:
    """How many rows each table of the warehouse has."""
    tables = database.ask(connection, "upkeep/tables").scalars().all()
    return {
        name: int(connection.exec_driver_sql(f"select count(*) from {name}").scalar_one())  # noqa: S608
        for name in tables
    }


def _take(name: str, path: Path, target: Path, earlier: _Earlier) -> Saved:
    """One file into the backup. A damaged raw file is what the backup before has of it."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if saved := earlier.same(name, path, target):
        return saved
    shutil.copyfile(path, target)
    shutil.copystat(path, target)
    saved = Saved(digest_of(target), target.stat().st_size)
    before = earlier.files.get(name)
    if name.startswith(_RAW) and saved.sha256 != path.name and before and before != saved:
        target.unlink()
        return earlier.link(name, target) or saved
    return saved


def _faults(connection: Connection, manifest: Manifest) -> Iterator[str]:
    """Files that the register knows and the backup has not, or not as they were filed."""
    for row in database.ask(connection, "upkeep/kept_files"):
        digest = row.content_sha256
        saved = manifest.files.get(f"{_RAW}{digest[:2]}/{digest}")
        if saved is None or saved.sha256 != digest:
            yield sentence(
                __file__, "backup_damaged" if saved else "backup_lacks",
                name=row.original_name, filing=row.filing_id, path=f"{digest[:2]}/{digest}",
            )  # fmt: skip

"""What may go after so many days (KHOXA_KEEP_DAYS): what only told somebody something then.

Never what was filed, what was computed of it, a backup, or the audit.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from etl.ground import audit, database
from etl.ground.config import Settings
from etl.ground.errors import KhoxaError
from etl.publish import return_path
from etl.setup.airflow_home import METADATA, executable
from etl.upkeep.contents import REPLACED, databases

_OLD_IN = ("summaries", "mails", "quarantine", REPLACED)


class NotCleaned(KhoxaError):
    """Airflow did not remove its own history."""


def retain(settings: Settings, now: datetime, logs: Path) -> dict[str, int]:
    """Remove what is older than `keep_days` of the settings; returns how many files of what.

    Return workbooks of versions that a later one followed, summaries, mails, quarantine, what a
    restore put aside, and logs of Airflow's tasks (in the folder `logs`); then Airflow's own
    history, where its database is known (KHOXA_AIRFLOW_URL or the embedded server).
    Nothing where `keep_days` is None. Raises NotCleaned with Airflow's own words.
    """
    if settings.keep_days is None:
        return {}
    before = now - timedelta(days=settings.keep_days)
    removed = {"returns": _remove(_returns(settings), before)}
    for name in _OLD_IN:
        removed[name] = _remove(_files(settings.home / name), before)
    removed["airflow/logs"] = _remove(_files(logs), before)
    _forget_runs(settings, before)
    audit.noted(settings, "removed", f"{before:%Y-%m-%d}: {removed}")
    return removed


def _returns(settings: Settings) -> Iterator[Path]:
    with database.engine(settings).connect() as connection:
        rows = database.ask(connection, "warehouse/followed").all()
    for row in rows:
        yield return_path(settings.returns_dir, row.filing_id, row.original_name)


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]


def _remove(paths: Iterator[Path] | list[Path], before: datetime) -> int:
    """Remove the files that were last changed before a time, and folders that are empty then."""
    count = 0
    for path in paths:
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < before.timestamp():
                path.unlink()
                count += 1
                with suppress(OSError):  # others lie there
                    os.removedirs(path.parent)
    return count


def _forget_runs(settings: Settings, before: datetime) -> None:
    """`airflow db clean`, with the database's own address: tasks are not given Airflow's."""
    url = databases(settings).get(METADATA)
    if url is None:
        return
    words = ("db", "clean", "--clean-before-timestamp", before.isoformat(), "--skip-archive",
             "--error-on-cleanup-failure", "--yes")  # fmt: skip
    environment = {**os.environ, "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": url}
    done = subprocess.run([executable(), *words], env=environment, capture_output=True, text=True)
    if done.returncode:
        raise NotCleaned(f"airflow db clean: {(done.stderr or done.stdout)[-1000:]}")

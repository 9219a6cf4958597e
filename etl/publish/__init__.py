"""Room: what goes back to people: return workbooks of filings with findings, and blank forms.

Doors: `jobs` (the return workbooks that wait to be written) and `mark` (writes one);
`blank.blank_form` (for `khoxa form`).
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from etl.catalogue.alike import once
from etl.catalogue.rules import RenderedFinding
from etl.ground import database
from etl.ground.config import Settings
from etl.ground.records import ReceivedFile, Workbook
from etl.ground.whole_file import whole_file
from etl.publish.marked import marked_workbook

_OURS = re.compile(r"__[0-9a-f]{16}\.(xlsx|docx)$")  # the end of a name of return_path


class Job(NamedTuple):
    """One return workbook to write."""

    received: ReceivedFile
    findings: list[RenderedFinding]
    path: Path


def jobs(settings: Settings) -> list[Job]:
    """Filings with findings whose return workbook is not on disk yet; where old ones go after some
    days (KHOXA_KEEP_DAYS), not those that a later version followed.

    Those on disk that are no longer wanted are taken away: the filer has mended the filing and a
    later version was accepted, or nothing is found in it any more.
    """
    with database.engine(settings).connect() as connection:
        rows = database.ask(connection, "warehouse/findings_to_return").all()
        gone = set()
        if settings.keep_days:
            followed = database.ask(connection, "warehouse/followed")
            gone = {row.filing_id for row in followed}
    due, wanted = [], set()
    for (number, name, digest), group in groupby(rows, key=lambda row: row[:3]):
        path = return_path(settings.returns_dir, number, name)
        wanted.add(path.name)
        if number not in gone and not path.exists():
            received = ReceivedFile(number, name, str(settings.raw_path(digest)), digest)
            findings = once(RenderedFinding._make(row[3:]) for row in group)
            due.append(Job(received, findings, path))
    for path in settings.returns_dir.glob("*__*"):
        if path.name not in wanted and _OURS.search(path.name):
            path.unlink(missing_ok=True)
    return due


def return_path(folder: Path, filing_id: int, name: str) -> Path:
    """Name of a return workbook: the filer's own name and the filing's number; a Word file is
    given back as one."""
    stem = "".join(c if c.isprintable() and c not in '/\\:*?"<>|' else "_" for c in Path(name).stem)
    while len(stem.encode()) > 180:
        stem = stem[:-1]
    kind = ".docx" if name.lower().endswith(".docx") else ".xlsx"
    return folder / f"{stem.lstrip('.=+-@ ') or 'tep'}__{filing_id:016x}{kind}"


def mark(
    received: ReceivedFile,
    findings: Iterable[RenderedFinding],
    path: Path,
    read: Callable[[ReceivedFile], Workbook],
    own: bool = True,
) -> None:
    """Write the filer's workbook with every finding marked, whole or not at all, also where the
    power fails: one that is there is not written again.

    `read` is the read room's door: what cannot be edited in place (xls, ods, csv) is copied by
    value from it, and it tells where the tables of a Word file are. With `own` False nothing of the
    file is opened.
    """
    with whole_file(path, private=True) as part:
        if path.suffix == ".docx":
            from etl.publish.word import marked_document  # few files are Word's

            content = marked_document(received, list(findings), read, own)
        else:
            content = marked_workbook(received, list(findings), read, own)
        with part.open("wb", buffering=0) as file:
            file.write(content)
            os.fsync(file.fileno())

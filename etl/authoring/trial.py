"""Whether a form reads: what it makes of the workbook that it was written for, and of its own blank
with the same figures in it.

A form is read by a process of its own (etl.authoring.child), in which it is one of the forms.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from etl.authoring.stubs import merge_stubs
from etl.ground.config import LOCAL_DIR, ROOT
from etl.ground.errors import KhoxaError

_TIMEOUT_S = 300


class Pair(NamedTuple):
    """One figure: its cell in the workbook ("" where it was drawn for the trial) and what stands
    there, its row and column, its cell in the blank and what was read from it ("" for nothing).
    `is_same`: whether both are the same figure; `is_computed`: the blank computes it."""

    cell: str
    row: str
    column: str
    filed: str
    blank_cell: str
    read: str
    is_same: bool
    is_computed: bool


@dataclass
class Trial:
    """What came of trying a form. `faults`: why it is no form; `unread`: cells with figures of the
    workbook that the form does not read, with what stands in them; `said`: what its filer would be
    told, in both languages, and `said_blank` the same of the blank."""

    faults: list[str] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)
    unread: list[tuple[str, str]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    said_blank: list[str] = field(default_factory=list)
    is_filled: bool = False

    @property
    def reads(self) -> bool:
        """Whether every figure came back and nothing was refused."""
        wrong = [pair for pair in self.pairs if not pair.is_same]
        refused = [text for text in (*self.said, *self.said_blank) if text.startswith("fail")]
        return bool(self.pairs) and not (self.faults or wrong or self.unread or refused)


class Asked(NamedTuple):
    """A form's file, the workbook it is tried on, a file of new indicators, and the unit and year
    for the blank where the workbook names none."""

    form: Path
    book: Path
    indicators: Path | None = None
    unit: str = ""
    year: int = 0


def try_forms(asked: Iterable[Asked]) -> list[Trial]:
    """Try forms, each beside those of the house and of KHOXA_LOCAL. Raises KhoxaError: the trial
    itself broke off."""
    asked = list(asked)
    with tempfile.TemporaryDirectory() as name:
        local = _local(Path(name), asked)
        words = json.dumps([[str(local / "forms" / a.form.name), str(a.book.resolve()),
                             a.unit, a.year] for a in asked])  # fmt: skip
        done = subprocess.run(
            [sys.executable, "-m", "etl.authoring.child", words],
            cwd=ROOT, env={**os.environ, "KHOXA_LOCAL": str(local)}, timeout=_TIMEOUT_S,
            capture_output=True, text=True, encoding="utf-8", check=False,
        )  # fmt: skip
    if done.returncode:
        why = done.stderr.strip().rpartition("\n")[2]
        raise KhoxaError(f"không thử được biểu / the form cannot be tried: {why}")
    return [
        Trial(**each | {"pairs": [Pair(*pair) for pair in each["pairs"]],
                        "unread": [tuple(cell) for cell in each["unread"]]})
        for each in json.loads(done.stdout)
    ]  # fmt: skip


def _local(folder: Path, asked: list[Asked]) -> Path:
    """The province's own folder as it would be with these forms in it."""
    local = folder / "local"
    if LOCAL_DIR and LOCAL_DIR.is_dir():
        shutil.copytree(LOCAL_DIR, local)
    (local / "forms").mkdir(parents=True, exist_ok=True)
    for each in asked:
        shutil.copyfile(each.form, local / "forms" / each.form.name)
        if each.indicators and each.indicators.exists():
            merge_stubs(local / "indicator.csv", each.indicators.read_text(encoding="utf-8"))
    return local

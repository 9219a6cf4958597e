"""The book of one night: what each step did, said and took, as JSON beside the page made of it.

`KHOXA_HOME/summaries/2025-06-20.json`; a second night that began on that day is `2025-06-20_2`.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from etl.ground.clock import local
from etl.ground.config import Settings, kept_nights
from etl.ground.whole_file import whole_file

Line = tuple[str, str]  # Vietnamese, English


@dataclass
class Book:
    """One night.

    Attributes:
        started: when it began, ISO; a step that is run again belongs to the same night.
        steps: by name: `seconds`, `counts` (as the step returns them), `lines`.
        filings: numbers of those that were decided.
        verdicts: what the night made of targets (facts.verdicts).
        failures: by step that failed and was not mended since: its cause and what to do.
        facts: what the page shows beside this; none before the night is closed.
        reading_since: when reading was shared out, ISO; "" where one step does all of it.
        tried_at: a time to come at which somebody had its files entered, ISO; "" for any other.
    """

    started: str
    steps: dict[str, dict[str, Any]] = field(default_factory=dict)
    filings: list[int] = field(default_factory=list)
    verdicts: dict[str, Any] = field(default_factory=dict)
    failures: dict[str, dict[str, Any]] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)
    reading_since: str = ""
    tried_at: str = ""

    @property
    def day(self) -> datetime:
        """When it began, Vietnamese time."""
        return local(self.started)

    def write(self, settings: Settings) -> Path:
        """Write it; returns where."""
        path = _place(settings, self.started)
        with whole_file(path, private=True) as part:
            part.write_text(
                json.dumps(asdict(self), ensure_ascii=False, indent=1, default=str),
                encoding="utf-8",
            )
        return path


def book_of(settings: Settings, started: datetime) -> Book:
    """The book of the night that began then; an empty one if it has just begun."""
    key = started.isoformat(timespec="seconds")
    path = _place(settings, key)
    return read(path) if path.exists() else Book(key)


def read(path: Path) -> Book:
    """A book that was written."""
    return Book(**json.loads(path.read_text(encoding="utf-8")))


def books(settings: Settings) -> list[Path]:
    """The books that are kept, newest first."""
    return sorted(settings.summaries_dir.glob("[0-9]*.json"), key=_order, reverse=True)


def earlier(settings: Settings, book: Book) -> list[Book]:
    """The nights before a night, newest first."""
    return [each for each in map(read, books(settings)) if each.day < book.day]


def prune(settings: Settings) -> None:
    """Forget the books and pages of nights that are older than those kept."""
    for path in books(settings)[kept_nights() :]:
        path.unlink()
        path.with_suffix(".html").unlink(missing_ok=True)


def _place(settings: Settings, started: str) -> Path:
    day = f"{local(started):%Y-%m-%d}"
    number = 1
    while True:
        stem = day if number == 1 else f"{day}_{number}"
        path = settings.summaries_dir / f"{stem}.json"
        if not path.exists() or read(path).started == started:
            return path
        number += 1


def _order(path: Path) -> tuple[str, int]:
    day, _, number = path.stem.partition("_")
    return day, int(number or 1)

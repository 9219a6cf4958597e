"""Which files of an inbox are new, told by what was seen there before.

A content is one filing however often it is seen. It may be filed again once it is no longer what
counts (another version superseded it) and a file of it has come anew. A file that only keeps
lying in the inbox beside its newer version never comes anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple


class Seen(NamedTuple):
    """One file of an inbox: its name, SHA-256, the office's time for it and its time of change,
    where there are such. `is_sent`: somebody sent it now; it does not just lie there."""

    name: str
    digest: str
    logged: datetime | None
    modified: datetime | None
    is_sent: bool = False


class Arrival(NamedTuple):
    """A file seen anew (a row of raw.arrival); `seen_no` counts per inbox and name from 1."""

    inbox: str
    name: str
    seen_no: int
    digest: str
    received_at: datetime
    modified: datetime | None


class Filed(NamedTuple):
    """A content that was filed: how often, and the contents of the filings that supersede what it
    filed last; none while that counts, waits or was rejected."""

    times: int
    superseded_by: frozenset[str]


class Entry(NamedTuple):
    """A content to enter in the register: for the how manieth time, and as which file of it."""

    number: int
    name: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Register:
    """What is known before a look into an inbox. `last`: per inbox and name, how a file was last
    seen anew. `filed`: per content."""

    last: Mapping[tuple[str, str], Arrival]
    filed: Mapping[str, Filed]
    _known: frozenset[tuple[str, str]] = field(init=False)

    def __post_init__(self) -> None:
        pairs = frozenset((row.name, row.digest) for row in self.last.values())
        object.__setattr__(self, "_known", pairs)

    def look(
        self, inbox: str, files: Iterable[Seen], now: datetime, until: datetime | None = None
    ) -> tuple[list[Arrival], dict[str, Entry]]:
        """The files that are seen anew, and the contents to enter, in the order of the files.

        A content that was never filed is entered. One that was superseded is entered again where a
        file of it comes anew: under a name that had another content or none; with a later time in
        the office's log; or changed on disk later than it was, unless its newer version's file was
        changed too, as when a whole folder is copied.
        """
        files = list(files)
        changed = {f.digest for f in files if self._is_changed(inbox, f)}
        anew: list[Arrival] = []
        entries: dict[str, Entry] = {}
        for file in files:
            last = self.last.get((inbox, file.name))
            at = _received(file, last, now, until or now)
            comes = self._comes(inbox, file, changed)
            if file.digest not in entries and (number := self._number(file, comes)):
                entries[file.digest] = Entry(number, file.name, at)
            if last is None or comes or self._is_changed(inbox, file):
                number = last.seen_no + 1 if last else 1
                anew.append(Arrival(inbox, file.name, number, file.digest, at, file.modified))
        return anew, entries

    def may_enter(self, digest: str) -> bool:
        """Whether this content could be entered at all."""
        known = self.filed.get(digest)
        return known is None or bool(known.superseded_by)

    def _number(self, file: Seen, comes: bool) -> int:
        """For the how manieth time to enter a content; 0 not to enter it."""
        known = self.filed.get(file.digest)
        if known is None:
            return 1
        # before the register of arrivals was kept, nobody knows what lay in the inbox
        is_sure = file.is_sent or bool(self.last)
        return known.times + 1 if comes and known.superseded_by and is_sure else 0

    def _comes(self, inbox: str, file: Seen, changed: set[str]) -> bool:
        last = self.last.get((inbox, file.name))
        if file.is_sent:
            return True
        if last is None:  # a moved inbox is no new filing
            return (file.name, file.digest) not in self._known
        if last.digest != file.digest or _is_later(file.logged, last.received_at):
            return True
        known = self.filed.get(file.digest)
        together = known is not None and not known.superseded_by.isdisjoint(changed)
        return self._is_changed(inbox, file) and not together

    def _is_changed(self, inbox: str, file: Seen) -> bool:
        last = self.last.get((inbox, file.name))
        return (
            last is not None
            and last.digest == file.digest
            and _is_later(file.modified, last.modified)
        )


def _is_later(one: datetime | None, other: datetime | None) -> bool:
    return one is not None and other is not None and one > other


def _received(file: Seen, last: Arrival | None, now: datetime, until: datetime) -> datetime:
    """When a file was received: what the log says, unless it says so of the one before it; else
    `now`, or the later time of its change, `until` at the latest."""
    if file.logged and (last is None or file.logged > last.received_at):
        return file.logged
    return max(now, min(file.modified or now, until))

"""How units came from one another: dated events, their links, and what a name meant when.

A link leads from the version that an event ended to the version that it began. `whole`: all of
the old unit went there; `part`: some of it. Nothing here guesses: several answers stay several.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Literal, NamedTuple

from etl.ground.text import key
from etl.units.version import LEVELS, Unit, split_type

Kind = Literal["merge", "split", "rename", "retype", "transfer"]
Extent = Literal["whole", "part"]
Versions = Mapping[tuple[str, str], list[Unit]]


class Event(NamedTuple):
    """What began one new unit (a row of unit_event.csv)."""

    event_id: str
    on: date
    kind: str
    legal_basis: str
    note: str


class LinkRow(NamedTuple):
    """One old unit and one new unit of an event (a row of unit_link.csv); weight "": none."""

    event_id: str
    old_level: str
    old_code: str
    new_level: str
    new_code: str
    link: str
    weight: str


ReadLinks = Callable[[], tuple[list[Event], list[LinkRow]]]


class Link(NamedTuple):
    """One step in the history of a unit: the other version, how much of the old one, and why.

    `weight`: share of the old unit's counts, where somebody filed it.
    """

    unit: Unit
    link: str
    weight: Decimal | None
    event: Event


Links = dict[Unit, list[Link]]


class Related(NamedTuple):
    """A unit of some day that has ground in common with another; `whole`: all of the older one."""

    unit: Unit
    whole: bool


def by_code(units: Iterable[Unit]) -> dict[tuple[str, str], list[Unit]]:
    """Versions by level and code, oldest first."""
    found: dict[tuple[str, str], list[Unit]] = {}
    for unit in units:
        found.setdefault((unit.level, unit.code), []).append(unit)
    for versions in found.values():
        if len(versions) > 1:
            versions.sort(key=lambda unit: unit.valid_from)
    return found


class History:
    """All versions and the links between them."""

    def __init__(self, units: list[Unit], read_links: ReadLinks) -> None:
        self.units = units
        self.versions: Versions = by_code(units)
        self._read_links = read_links

    @cached_property
    def _links(self) -> tuple[Links, Links]:
        """By unit what it went into, and what it came from; put together when it is first asked
        for: few filings need it, and it takes as long as twenty of them."""
        events, rows = self._read_links()
        known = {event.event_id: event for event in events}
        after: Links = {}
        before: Links = {}
        for row in rows:
            event = known[row.event_id]
            old = self._edge(row.old_level, row.old_code, ended=event.on)
            new = self._edge(row.new_level, row.new_code, began=event.on)
            if old is None or new is None:
                continue
            weight = Decimal(row.weight) if row.weight else None
            after.setdefault(old, []).append(Link(new, row.link, weight, event))
            before.setdefault(new, []).append(Link(old, row.link, weight, event))
        return after, before

    def _edge(
        self, level: str, code: str, ended: date | None = None, began: date | None = None
    ) -> Unit | None:
        """The version of a code that an event ended, or began."""
        for unit in self.versions.get((level, code), ()):
            if ended in (None, unit.valid_to) and began in (None, unit.valid_from):
                return unit
        return None

    def successors(self, unit: Unit) -> list[Link]:
        """What this version went into; [] while it is in force, and for districts."""
        return self._links[0].get(unit, [])

    def predecessors(self, unit: Unit) -> list[Link]:
        """What this version came from; [] for what the data begins with."""
        return self._links[1].get(unit, [])

    def on(self, level: str, code: str, day: date) -> Unit | None:
        """The version of a code in force on the day."""
        versions = self.versions.get((level, code), ())
        return next((unit for unit in versions if unit.is_on(day)), None)

    def same_on(self, unit: Unit, on: date) -> Unit | None:
        """The version in force on the day that is the same territory, or None.

        Followed through whole links between one old and one new unit: a new name, type, code or
        parent, never a merge or a split.
        """
        while not unit.is_on(on):
            later = on >= unit.valid_to
            ahead, back = self._links if later else self._links[::-1]
            links = ahead.get(unit, [])
            if len(links) != 1 or links[0].link != "whole" or len(back[links[0].unit]) != 1:
                return None
            unit = links[0].unit
        return unit

    def related_on(self, unit: Unit, on: date) -> list[Related]:
        """The versions in force on the day that share ground with this one, by code.

        `whole` where every step on the way is: the older of the two lies in the newer entirely.
        """
        links = self._links[0 if on >= unit.valid_to else 1]
        found: dict[Unit, bool] = {}
        waiting = [Related(unit, True)]
        while waiting:
            here, whole = waiting.pop()
            if here.is_on(on):
                found[here] = found.get(here, False) or whole
            else:
                steps = links.get(here, [])
                waiting += [Related(step.unit, whole and step.link == "whole") for step in steps]
        return [Related(*each) for each in sorted(found.items(), key=lambda each: each[0].code)]

    def lineage(self, unit: Unit) -> Iterator[Unit]:
        """This version, all that it came from and all that it became, each once."""
        yield unit
        seen = {unit}
        for links in self._links[::-1]:
            waiting = [unit]
            while waiting:
                for step in links.get(waiting.pop(), []):
                    if step.unit not in seen:
                        seen.add(step.unit)
                        waiting.append(step.unit)
                        yield step.unit

    def parents(self, unit: Unit) -> list[Unit]:
        """All versions of the district and the province that this version lay in, nearest first."""
        codes = zip(("district", "province"), unit.parents, strict=True)
        above = [pair for pair in codes if LEVELS.index(pair[0]) < LEVELS.index(unit.level)]
        return [
            parent
            for level, code in above
            for parent in self.versions.get((level, code or ""), ())
            if parent.valid_from < unit.valid_to and unit.valid_from < parent.valid_to
        ]

    @cached_property
    def _names(self) -> dict[tuple[str, str], list[Unit]]:
        """Versions by level and name."""
        found: dict[tuple[str, str], list[Unit]] = {}
        for unit in self.units:
            found.setdefault((unit.level, key(unit.name)), []).append(unit)
        return found

    def named(self, level: str, text: str) -> list[Unit]:
        """All versions of a level that a text names, at any date, anywhere; oldest first."""
        unit_type, name = split_type(text)
        found = self._names.get((level, name), [])
        if unit_type is not None:
            found = [unit for unit in found if unit.unit_type == unit_type]
        return sorted(found, key=lambda unit: (unit.valid_from, unit.code))

    def ever(self, level: str, text: str, *parents: str) -> list[Unit]:
        """Every version that a name means at any date, inside all the parents that are named.

        A parent's name is first that of its own time. Only if no version has them all, it may
        also be one of what the unit came from or became ("Xã Kim Hỷ, Tỉnh Thái Nguyên").
        """
        found = self.named(level, text)
        own = [unit for unit in found if self._lies_in([unit], parents)]
        return own or [unit for unit in found if self._lies_in(self.lineage(unit), parents)]

    def _lies_in(self, units: Iterable[Unit], names: Iterable[str]) -> bool:
        above = {
            (kind, key(parent.name))
            for unit in units
            for parent in self.parents(unit)
            for kind in (parent.unit_type, None)
        }
        return all(split_type(name) in above for name in names)

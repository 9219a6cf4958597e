"""What must hold of the whole history, whoever wrote its rows. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from itertools import pairwise

from etl.units.event_file import Problem, problem
from etl.units.history import Event, LinkRow, Versions, by_code
from etl.units.version import Unit


def faults(units: list[Unit], events: list[Event], links: list[LinkRow]) -> list[Problem]:
    """Every departure from: one version a day for a living code, no ended version without
    successors, no begun one without predecessors, no link without its two versions, no old unit
    that goes nowhere in part, no parent that is not there. No chain of links can come back to
    itself where these hold, for every version ends after it begins.

    Districts have no successors: their tier ended.
    """
    versions = by_code(units)
    days = {event.event_id: event.on for event in events}
    found = [*_versions(versions), *_parents(versions), *_links(versions, days, links)]
    return [*found, *_ends(units, days, links), *_parts(days, links)]


def _versions(versions: Versions) -> Iterator[Problem]:
    for (_level, code), own in versions.items():
        for unit in own:
            if unit.valid_to <= unit.valid_from:
                yield problem("history", "ends_early", code, unit.valid_from)
        for before, after in pairwise(own):
            if before.valid_to > after.valid_from:
                yield problem("history", "overlap", code, after.valid_from)


def _parents(versions: Versions) -> Iterator[Problem]:
    """The parents' code is alive from the first day of a version to its last."""
    for own in versions.values():
        for unit in own:
            codes = dict(zip(("district", "province"), unit.parents, strict=True))
            for level, code in codes.items():
                if code and level != unit.level and not _covers(versions, level, code, unit):
                    on = unit.valid_from
                    yield problem("history", "no_parent", unit.code, on, parent=code)


def _covers(versions: Versions, level: str, code: str, unit: Unit) -> bool:
    day = unit.valid_from
    for parent in versions.get((level, code), ()):
        if parent.valid_from <= day < parent.valid_to:
            day = parent.valid_to
    return day >= unit.valid_to


def _links(versions: Versions, days: dict[str, date], links: list[LinkRow]) -> Iterator[Problem]:
    """A link joins a version that ended on its day to one that began on it."""
    for row in links:
        on = days.get(row.event_id)
        if on is None:
            yield problem("history", "no_event", row.old_code, date.min)
            continue
        ended = {unit.valid_to for unit in versions.get((row.old_level, row.old_code), ())}
        begun = {unit.valid_from for unit in versions.get((row.new_level, row.new_code), ())}
        if on not in ended:
            yield problem("history", "old_goes_on", row.old_code, on)
        if on not in begun:
            yield problem("history", "new_was_there", row.new_code, on)


def _ends(units: list[Unit], days: dict[str, date], links: list[LinkRow]) -> Iterator[Problem]:
    """What ends goes somewhere; what begins after the data's first day comes from somewhere."""
    olds = {(row.old_level, row.old_code, days.get(row.event_id)) for row in links}
    news = {(row.new_level, row.new_code, days.get(row.event_id)) for row in links}
    first = min((unit.valid_from for unit in units), default=date.min)
    for unit in (unit for unit in units if unit.level != "district"):
        end, start = unit.valid_to, unit.valid_from
        if end != date.max and (unit.level, unit.code, end) not in olds:
            yield problem("history", "goes_nowhere", unit.code, end)
        if start != first and (unit.level, unit.code, start) not in news:
            yield problem("history", "comes_from_nowhere", unit.code, start)


def _parts(days: dict[str, date], links: Iterable[LinkRow]) -> Iterator[Problem]:
    """An old unit goes whole into one, or in parts into several, by weights of all or of none."""
    steps: dict[tuple[str, str, date], list[LinkRow]] = {}
    for row in links:
        if row.event_id in days:
            steps.setdefault((row.old_level, row.old_code, days[row.event_id]), []).append(row)
    for (_level, code, on), rows in steps.items():
        if [row.link for row in rows] not in (["whole"], ["part"] * max(2, len(rows))):
            yield problem("history", "parts", code, on)
        weights = [Decimal(row.weight) for row in rows if row.weight]
        if weights and (len(weights) != len(rows) or sum(weights) != 1):
            yield problem("history", "weights", code, on)

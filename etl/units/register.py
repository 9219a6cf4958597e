"""The register of units: versions, events and links, grown by one event after another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property

from etl.units.alphabet import sort_key
from etl.units.checks import Living, problems
from etl.units.event_file import BrokenUnitEvents, EventFile, NewUnit, Pair, Problem, pair_of
from etl.units.history import Event, History, Kind, LinkRow, ReadLinks, by_code
from etl.units.version import LEVELS, Unit


class Register:
    """The unit tables in memory. `apply` puts events on top of what is there."""

    def __init__(self, units: list[Unit], read_links: ReadLinks) -> None:
        self._given = units
        self._read_links = read_links
        self._versions: dict[Pair, list[Unit]] | None = None

    @cached_property
    def _linked(self) -> tuple[list[Event], list[LinkRow]]:
        """Events and links; read only when they are asked for, or grow."""
        return self._read_links()

    @property
    def events(self) -> list[Event]:
        """All events."""
        return self._linked[0]

    @property
    def links(self) -> list[LinkRow]:
        """All links."""
        return self._linked[1]

    def history(self) -> History:
        """The same, linked up."""
        return History(self.units(), lambda: self._linked)

    def units(self) -> list[Unit]:
        """All versions: as they were given, or by level and code where events were applied."""
        if self._versions is None:
            return self._given
        order = sorted(self._versions, key=lambda pair: (LEVELS.index(pair[0]), pair[1]))
        return [unit for pair in order for unit in self._versions[pair]]

    def apply(self, files: Iterable[EventFile]) -> None:
        """Apply events in the order of their days; on one day provinces come last, because
        theirs carry along every commune inside that has no new version yet.

        Raises BrokenUnitEvents: every problem of every file that cannot be applied.
        """
        broken: dict[str, Sequence[Problem]] = {}

        def order(event: EventFile) -> tuple[date, bool]:
            return event.on, any(level == "province" for level, _code in event.olds)

        for each in sorted(files, key=order):
            if found := self.problems(each):
                broken[each.source.name] = found
            else:
                self._apply(each)
        if broken:
            raise BrokenUnitEvents(broken)

    def problems(self, event: EventFile) -> list[Problem]:
        """Why the event cannot be applied on top of what is there; [] where it can."""
        return problems(event, Living(self._known(), event.on))

    def _known(self) -> dict[Pair, list[Unit]]:
        if self._versions is None:
            self._versions = by_code(self._given)
        return self._versions

    def _apply(self, event: EventFile) -> None:
        known = self._known()
        before = {pair: known[pair][-1] for pair in event.olds}
        for pair in before:
            self._end(pair, event.on)
        for new in event.new:
            unit = _begun(new, event)
            steps = [step for step in event.steps if step[1] == pair_of(new.code)]
            olds = [(before[old], link, weight) for old, _new, link, weight in steps]
            self._begin(unit, olds, event)
        self._carry(event, before)

    def _end(self, pair: Pair, on: date) -> None:
        versions = self._known()[pair]
        versions[-1] = replace(versions[-1], valid_to=on)

    def _begin(self, unit: Unit, olds: Sequence[tuple[Unit, str, str]], event: EventFile) -> None:
        self._known().setdefault((unit.level, unit.code), []).append(unit)
        event_id = f"{event.on}/{unit.province_code}/{unit.code}"
        kind = kind_of(unit, [(old, link) for old, link, _weight in olds])
        head = event.event
        self.events.append(Event(event_id, event.on, kind, head.basis, head.note))
        self.links.extend(
            LinkRow(event_id, old.level, old.code, unit.level, unit.code, link, weight)
            for old, link, weight in olds
        )

    def _carry(self, event: EventFile, before: dict[Pair, Unit]) -> None:
        """Everything inside a province or district that went over whole begins anew in it."""
        into = {old: new for old, new, link, _w in event.steps if link == "whole"}
        above = [pair for pair in before if pair[0] != "commune" and pair in into]
        moved = {pair: into[pair] for pair in above if into[pair][0] == pair[0]}
        if not moved:
            return
        for level in ("district", "commune"):
            for versions in [v for p, v in self._known().items() if p[0] == level]:
                unit = versions[-1]
                is_inside = not moved.keys().isdisjoint(_above(unit))
                if is_inside and unit.valid_from < event.on and unit.is_on(event.on):
                    self._end((level, unit.code), event.on)
                    self._begin(self._moved(unit, event, moved), [(unit, "whole", "")], event)

    def _moved(self, unit: Unit, event: EventFile, moved: dict[Pair, Pair]) -> Unit:
        district, province = _above(unit)
        province = moved.get(province, province)
        if district in moved:
            district = moved[district]
            province = ("province", self._known()[district][-1].province_code)
        return replace(
            unit, valid_from=event.on, district_code=district[1] or None,
            province_code=province[1], legal_basis=event.event.basis,
        )  # fmt: skip


def _above(unit: Unit) -> tuple[Pair, Pair]:
    return ("district", unit.district_code or ""), ("province", unit.province_code)


def _begun(new: NewUnit, event: EventFile) -> Unit:
    level, code = pair_of(new.code)
    return Unit(
        *(level, code, new.name, new.type, event.on, date.max),
        new.district or None,
        code if level == "province" else new.province,
        *(sort_key(new.name), event.event.basis),
    )


def kind_of(new: Unit, olds: Sequence[tuple[Unit, str]]) -> Kind:
    """What an event is, from the new unit's side: it is derived, never stated."""
    if any(link == "part" for _old, link in olds):
        return "split"
    if len(olds) > 1:
        return "merge"
    ((old, _link),) = olds
    if old.name != new.name:
        return "rename"
    return "retype" if old.unit_type != new.unit_type else "transfer"

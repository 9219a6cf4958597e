"""Dated versions of units, and the events and links between them."""

from collections.abc import Iterable
from dataclasses import dataclass

from tools.unit_seeds.source import Link, Row


@dataclass(frozen=True)
class Clause:
    """A new unit (or a new version of one) and the units that it came from."""

    level: str
    unit: Row
    links: list[Link]
    legal_basis: str
    note: str = ""


class History:
    """The versions of all units by level, `events` and `links`; dates only go forward."""

    def __init__(self, units: dict[str, list[Row]], valid_from: str) -> None:
        self.versions: dict[str, list[Row]] = {level: [] for level in units}
        self.events: list[Row] = []
        self.links: list[Row] = []
        self._living: dict[tuple[str, str], Row] = {}
        for level, rows in units.items():
            for row in rows:
                self._start(level, row, valid_from, "")

    def living(self, level: str, code: str) -> Row:
        """The version in force; ValueError where there is none."""
        try:
            return self._living[level, code]
        except KeyError:
            raise ValueError(f"no {level} {code} is in force") from None

    def state(self, level: str) -> dict[str, Row]:
        """The versions in force by code."""
        return {code: row for (at, code), row in self._living.items() if at == level}

    def apply(self, event_on: str, clauses: Iterable[Clause]) -> None:
        """Let the clauses take effect on one day: old versions end, then new ones start.

        A commune whose province has a new version that day gets one too, so that a version has
        the same parents for all of its life.
        """
        named = list(clauses)
        every = [*named, *self._followers(named)]
        old = {(level, code) for clause in every for level, code, _ in clause.links}
        ended = {key: self.living(*key) for key in sorted(old)}
        for key, version in ended.items():
            version["valid_to"] = event_on
            del self._living[key]
        for clause in every:
            self._start(clause.level, clause.unit, event_on, clause.legal_basis)
            self._record(event_on, clause, [ended[link[:2]] for link in clause.links])

    def end(self, level: str, event_on: str, legal_basis: str) -> None:
        """End what is left of a level that has no successor; what ended it is its legal basis."""
        for version in self.versions[level]:
            version["legal_basis"] = version["legal_basis"] or legal_basis
        for code, version in self.state(level).items():
            version["valid_to"] = event_on
            del self._living[level, code]

    def _followers(self, clauses: list[Clause]) -> list[Clause]:
        """Clauses for the communes that live on unchanged in a province with a new version."""
        moved = {(level, code) for clause in clauses for level, code, _ in clause.links}
        changed = {clause.unit["code"]: clause for clause in clauses if clause.level == "province"}
        return [
            Clause(
                "commune", row, [("commune", code, "whole")], province.legal_basis, province.note
            )
            for code, row in self.state("commune").items()
            if ("commune", code) not in moved
            and (province := changed.get(row["province_code"])) is not None
        ]

    def _start(self, level: str, unit: Row, valid_from: str, legal_basis: str) -> None:
        dates = {"valid_from": valid_from, "valid_to": "", "legal_basis": legal_basis}
        version = unit | dates
        if (level, unit["code"]) in self._living:
            raise ValueError(f"{level} {unit['code']} is already in force on {valid_from}")
        self._living[level, unit["code"]] = version
        self.versions[level].append(version)

    def _record(self, event_on: str, clause: Clause, ended: list[Row]) -> None:
        unit = clause.unit
        province = unit["code"] if clause.level == "province" else unit["province_code"]
        event_id = f"{event_on}/{province}/{unit['code']}"
        kind = kind_of(unit, ended, [link for _, _, link in clause.links])
        event = {"event_id": event_id, "event_on": event_on, "kind": kind}
        self.events.append(event | {"legal_basis": clause.legal_basis, "note": clause.note})
        for old_level, old_code, link in clause.links:
            old = {"event_id": event_id, "old_level": old_level, "old_code": old_code}
            new = {"new_level": clause.level, "new_code": unit["code"]}
            self.links.append(old | new | {"link": link, "weight": ""})


def kind_of(unit: Row, ended: list[Row], links: list[str]) -> str:
    """What a change is from the new unit's side.

    Names are compared by sort key: "Thuỷ" and "Thủy" are one name.
    """
    if "part" in links:
        return "split"
    if len(ended) > 1:
        return "merge"
    (old,) = ended
    if old["sort_key"] != unit["sort_key"]:
        return "rename"
    return "retype" if old["unit_type"] != unit["unit_type"] else "transfer"

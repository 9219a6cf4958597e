"""A file of one unit event, as a province writes it (YAML), and what its fields mean.

event: {on: 2026-05-01, basis: "Nghị quyết ...", note: ""}
from: ["02185", "02191"]                # in force the day before
to: [{code: "02185", name: Côn Minh, type: xã, province: "19"}]
links: [{from: "02185", to: "02185", link: part, weight: "0.4"}, ...]  # for several `to`
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Literal, NamedTuple

import yaml
from pydantic import ConfigDict, Field, ValidationError, field_validator

from etl.ground.errors import KhoxaError
from etl.ground.spec import Spec
from etl.ground.yaml_file import words_beside
from etl.units.history import Extent
from etl.units.version import split_type

LEVEL_OF_LENGTH = {2: "province", 3: "district", 5: "commune"}
Pair = tuple[str, str]  # level and code


class Problem(NamedTuple):
    """What is wrong with an event or with the history: a sentence in both languages."""

    vi: str
    en: str
    code: str
    on: date

    def __str__(self) -> str:
        return f"{self.vi} / {self.en}"


def problem(of: str, key: str, code: str, on: date, **about: object) -> Problem:
    """A problem in the words of words.yaml, `of` an event or of the history."""
    said, at = words_beside(__file__)[of][key], f"{on:%d/%m/%Y}, {code or '–'}: "
    return Problem(at + said["vi"].format(**about), at + said["en"].format(**about), code, on)


Found = Mapping[str, Sequence[Problem | str]]  # by the name of the file


class BrokenUnitEvents(KhoxaError):
    """Files of unit events that cannot be applied; names every one of them and why."""

    def __init__(self, found: Found) -> None:
        lines = (f"{name}: {problem}" for name, problems in found.items() for problem in problems)
        super().__init__("\n".join(("sự kiện đơn vị hành chính / unit events:", *lines)))
        self.found = found


class _Spec(Spec):
    model_config = ConfigDict(str_strip_whitespace=True)


class Head(_Spec):
    """When it takes effect, and by what document."""

    on: date
    basis: str = ""
    note: str = ""

    @field_validator("on", mode="before")
    @classmethod
    def _iso(cls, text: str) -> date:
        return date.fromisoformat(text)


class NewUnit(_Spec):
    """A unit that begins on the day."""

    code: str
    name: str
    type: str
    province: str = ""
    district: str = ""

    @field_validator("type")
    @classmethod
    def _in_full(cls, text: str) -> str:
        return split_type(f"{text} x")[0] or text.lower()


class LinkSpec(_Spec):
    """Which old unit went into which new one, and how much of it."""

    old: str = Field(alias="from")
    new: str = Field(alias="to")
    link: Extent = "whole"
    weight: str = ""


class EventFile(_Spec):
    """One file. `source` is its path."""

    source: Path
    event: Head
    old: tuple[str, ...] = Field(alias="from")
    new: tuple[NewUnit, ...] = Field(alias="to")
    links: tuple[LinkSpec, ...] = ()

    @property
    def on(self) -> date:
        """The first day of the new units."""
        return self.event.on

    @property
    def olds(self) -> list[Pair]:
        """Levels and codes of the old units."""
        return [pair_of(code) for code in self.old]

    @property
    def steps(self) -> list[tuple[Pair, Pair, Literal["whole", "part"], str]]:
        """Old unit, new unit, extent and weight: as stated, or all of everything into the one new
        unit; [] where several are new and nothing is stated."""
        if self.links:
            return [(pair_of(s.old), pair_of(s.new), s.link, s.weight) for s in self.links]
        if len(self.new) != 1:
            return []
        return [(old, pair_of(self.new[0].code), "whole", "") for old in self.olds]


def pair_of(code: str) -> Pair:
    """The level that a code's length says, and the code; "" for a length that no code has."""
    return LEVEL_OF_LENGTH.get(len(code) if code.isdecimal() else 0, ""), code


def parse_event(path: Path, content: str) -> EventFile:
    """One file; every scalar is taken as text, so that 02185 stays a code.

    Raises BrokenUnitEvents naming each field that departs from the schema.
    """
    try:
        entry: Any = yaml.load(content, Loader=yaml.BaseLoader)  # noqa: S506 -- makes only text
        if not isinstance(entry, dict):
            raise BrokenUnitEvents({path.name: ["không phải một sự kiện / not one event"]})
        return EventFile.model_validate({**entry, "source": path})
    except yaml.YAMLError as error:
        raise BrokenUnitEvents({path.name: [str(error)]}) from error
    except ValidationError as error:
        faults = [f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()]
        raise BrokenUnitEvents({path.name: faults}) from error


def read_event(path: Path) -> EventFile:
    """One file of one event. Raises BrokenUnitEvents: it cannot be read, or departs from the
    schema."""
    try:
        content = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BrokenUnitEvents({path.name: [str(error)]}) from error
    return parse_event(path, content)


def read_folder(*folders: Path) -> list[EventFile]:
    """All *.yaml files of the folders, folder by folder, by name. A missing folder has none.

    Raises BrokenUnitEvents about all of them at once.
    """
    found: list[EventFile] = []
    broken: dict[str, Sequence[Problem | str]] = {}
    for path in (path for folder in folders for path in sorted(folder.glob("*.yaml"))):
        try:
            found.append(read_event(path))
        except BrokenUnitEvents as error:
            broken |= error.found
    if broken:
        raise BrokenUnitEvents(broken)
    return found

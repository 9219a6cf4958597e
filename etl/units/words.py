"""Units and their dates in the words that filers and province teams read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Literal

from etl.ground.numerals import day
from etl.ground.yaml_file import words_beside
from etl.units.history import Event, History, Related
from etl.units.version import TYPES, Unit

Language = Literal["vi", "en"]
LEVEL_WORDS = {  # vi, en
    "commune": ("xã", "commune"),
    "district": ("huyện", "district"),
    "province": ("tỉnh", "province"),
}
_PART = {"vi": "một phần", "en": "part of it"}


def committee(name: str) -> str:
    """Whom a letter to a unit is addressed to: "Ủy ban nhân dân xã Kim Hỷ"; the name of anything
    else as it is."""
    if name.startswith(tuple(f"{kind.capitalize()} " for kind in TYPES)):
        return f"Ủy ban nhân dân {name[0].lower()}{name[1:]}"
    return name


def kind(event: Event) -> str:
    """What an event is, in both languages."""
    return str(words_beside(__file__)["kinds"][event.kind])


def extent(link: str) -> str:
    """How much of a unit went over (`whole` or `part`), in both languages."""
    return str(words_beside(__file__)["extents"][link])


def dated(key: str, language: Language, **about: str) -> str:
    """What is said of a name that is not in force on the day."""
    return str(words_beside(__file__)["dated"][key][language]).format(**about)


def above(history: History, unit: Unit) -> str:
    """The units above by their names on the version's last day: "Huyện Na Rì, Tỉnh Bắc Kạn"."""
    last = [parent for parent in history.parents(unit) if parent.is_on(unit.last_known_day)]
    return ", ".join(parent.full_name for parent in last)


def in_full(history: History, unit: Unit) -> str:
    """A unit and the units above it: "Xã Văn Lang, Huyện Na Rì, Tỉnh Bắc Kạn"."""
    return ", ".join(filter(None, (unit.full_name, above(history, unit))))


def span(history: History, unit: Unit, language: Language) -> str:
    """When a version was in force; what the data begins with has no first day of its own."""
    since, until = {"vi": ("từ", "đến hết"), "en": ("from", "until")}[language]
    known = bool(history.predecessors(unit)) or unit.valid_to == date.max
    words = [f"{since} {day(unit.valid_from)}"] if known else []
    if unit.valid_to != date.max:
        words.append(f"{until} {day(unit.last_day)}")
    return " ".join(words)


def listed(history: History, units: Iterable[Related], language: Language) -> str:
    """Several units, each group with the units above them once: "Xã A, Xã B (Huyện C, Tỉnh D)"."""
    groups: dict[str, list[str]] = {}
    for unit, whole in units:
        part = "" if whole else f" [{_PART[language]}]"
        groups.setdefault(above(history, unit), []).append(unit.full_name + part)
    return "; ".join(
        ", ".join(names) + (f" ({parents})" if parents else "") for parents, names in groups.items()
    )

"""What a name means that is not in force on the day: understood through its history, or refused.

It is understood only where every unit that it ever meant is the same territory on the day. All
else is refused with what the name was and what stands there on the day.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import date
from typing import NamedTuple

from etl.ground.numerals import day
from etl.units.history import History
from etl.units.index import Unit, UnitIndex, split_type
from etl.units.version import LEVEL_TYPES
from etl.units.words import Language, above, dated, in_full, listed, span

_ENDED = re.compile(r"\s*\(?\s*cũ\s*\)?$")
LANGUAGES: tuple[Language, Language] = ("vi", "en")


class Dated(NamedTuple):
    """The unit in force on the day that a name means, or None where it is refused; the rule to
    name it by ("renamed", "ended", "not-yet", "two-dates"), and its params."""

    unit: Unit | None
    rule: str
    params: dict[str, str]


def read_dated(
    history: History, named: list[Unit], on: date, levels: Collection[str]
) -> Dated | None:
    """What all versions that a name means come to on the day, at one of the levels; None where it
    means none."""
    if not named:
        return None
    said = {"on": day(on)}
    territories = _territories(history, named)
    if len(territories) > 1:
        last = [own[-1] for own in territories]
        units = [[f"{in_full(history, unit)} ({span(history, unit, words)})" for unit in last]
                 for words in LANGUAGES]  # fmt: skip
        return Dated(None, "two-dates", said | _both("units", map("; ".join, units)))
    unit = min(named, key=lambda each: max(each.valid_from - on, on - each.last_day))
    same = history.same_on(unit, on)
    if same and same.level in levels:
        said["unit"] = in_full(history, same)
        return Dated(same, "renamed", said | _both("was", (_was(unit, on, w) for w in LANGUAGES)))
    said["unit"] = in_full(history, unit)
    now = ((_later if on >= unit.valid_to else _earlier)(history, unit, on, w) for w in LANGUAGES)
    if on >= unit.valid_to:
        return Dated(None, "ended", said | {"until": day(unit.last_day)} | _both("now", now))
    return Dated(None, "not-yet", said | {"since": day(unit.valid_from)} | _both("now", now))


def _both(name: str, texts: Iterator[str]) -> dict[str, str]:
    return {f"{name}_{words}": text for words, text in zip(LANGUAGES, texts, strict=True)}


def _territories(history: History, named: list[Unit]) -> list[list[Unit]]:
    """The versions, those of one territory together, in the order given."""
    found: list[list[Unit]] = []
    for unit in named:
        own = next((o for o in found if history.same_on(unit, o[0].valid_from) == o[0]), None)
        if own is None:
            found.append([unit])
        else:
            own.append(unit)
    return found


def _was(unit: Unit, on: date, words: Language) -> str:
    """Why the name is not that of the day."""
    if on >= unit.valid_to:
        return dated("until", words, day=day(unit.last_day))
    if on < unit.valid_from:
        return dated("since", words, day=day(unit.valid_from))
    return dated("otherwise", words)


def _later(history: History, unit: Unit, on: date, words: Language) -> str:
    """Where the ground of an ended unit lies on the day."""
    found = history.related_on(unit, on)
    if unit.level == "district" and not found:
        provinces = ", ".join(sorted({above(history, c) for c in _communes(history, unit, on)}))
        return dated("no_district", words, places=provinces)
    places = listed(history, found, words)
    if len(found) != 1 or not found[0].whole:
        return dated("divided", words, places=places)
    others = [r for r in history.related_on(found[0].unit, unit.last_day) if r.unit != unit]
    here = dated("inside", words, places=places)
    return here + (dated("beside", words, places=listed(history, others, words)) if others else "")


def _communes(history: History, district: Unit, on: date) -> Iterator[Unit]:
    """The communes of the day that lie on the ground of an ended district."""
    for unit in history.units:
        if unit.district_code == district.code and unit.valid_to == district.valid_to:
            yield from (related.unit for related in history.related_on(unit, on))


def _earlier(history: History, unit: Unit, on: date, words: Language) -> str:
    """Whose ground the day's was that a later unit took."""
    return dated("earlier", words, places=listed(history, history.related_on(unit, on), words))


def lies_inside(history: History, named: list[Unit], on: date, parent: str) -> list[Unit]:
    """Those of the versions whose ground lies, on the day, inside a district or province."""
    return [
        unit for unit in named
        if any(parent in each.unit.parents for each in history.related_on(unit, on))
    ]  # fmt: skip


def names_ended_district(units: UnitIndex, label: str, province: Unit, on: date) -> bool:
    """Whether a label names, with its type, a district of the province's ground that has ended."""
    unit_type, _name = split_type(label)
    if unit_type not in LEVEL_TYPES["district"]:
        return False
    plain = _ENDED.sub("", label)
    of = {each.code for each in units.history.lineage(province) if each.valid_from <= on}
    return any(d.valid_to <= on and d.province_code in of for d in units.ever("district", plain))

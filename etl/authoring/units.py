"""Whose rows and whose workbook it is: units by their names, of no form yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from etl.catalogue.forms import Form
from etl.ground.text import key
from etl.normalise.texts.cells import without_ordinal
from etl.normalise.texts.filer import find_filer
from etl.normalise.texts.identity import IdentityError
from etl.units.index import Unit, load_units

_LEAST = 0.6
_ABOVE = ("district", "province")


class Rows(NamedTuple):
    """What a column of labels names: the level of its units, the unit that they lie in, the day
    whose units they are, and which labels are none."""

    level: str
    parent: Unit
    on: date
    unknown: list[str]


def units_in(labels: list[str], year: int | None) -> Rows | None:
    """The units of a column of labels, where most of them are units inside one other."""
    best: tuple[int, Rows] | None = None
    for on in _days(year):
        for level in ("commune", "district"):
            found = _inside_one(labels, level, on)
            if found and (best is None or found[0] > best[0]):
                best = found
    return best[1] if best and best[0] >= _LEAST * len(set(labels)) else None


def _days(year: int | None) -> Iterator[date]:
    """The last day and the first day of the year; of no year, the first day without
    districts and the last one with them."""
    if year is not None:
        yield from (date(year, 12, 31), date(year, 1, 1))
    else:
        ended = max(u.valid_to for u in load_units().units if u.level == "district")
        yield from (ended, ended - timedelta(days=1))


def _inside_one(labels: list[str], level: str, on: date) -> tuple[int, Rows] | None:
    """How many labels are units of a level inside the unit that most of them lie in."""
    named = _named(level, on)
    found = {label: named.get(without_ordinal(key(label)), []) for label in dict.fromkeys(labels)}
    votes: Counter[str] = Counter()
    for units in found.values():
        for name in ("province_code", "district_code"):
            votes.update({code for unit in units if (code := getattr(unit, name))})
    own = {unit.code for units in found.values() for unit in units}
    votes = Counter({code: n for code, n in votes.items() if code not in own})
    if not votes:
        return None
    most = max(votes.values())
    codes = [code for code, n in votes.items() if n == most]
    above = (u for u in load_units().units if u.level != level and u.is_on(on))
    parent = min((u for u in above if u.code in codes), key=lambda u: _ABOVE.index(u.level))
    lies = parent.district_code if parent.level == "district" else parent.province_code
    unknown = [
        label
        for label, units in found.items()
        if not any(lies in (u.district_code, u.province_code) for u in units)
    ]
    return most, Rows(level, parent, on, unknown)


@lru_cache(maxsize=8)
def _named(level: str, on: date) -> dict[str, list[Unit]]:
    """Units of a level by name, with and without their type."""
    found: dict[str, list[Unit]] = {}
    for unit in load_units().units:
        if unit.level == level and unit.is_on(on):
            names = {key(unit.full_name)}
            if not unit.name.isdecimal():  # "Phường 1": numbers of rows are no names
                names.add(key(unit.name))
            for name in names:
                found.setdefault(name, []).append(unit)
    return found


def filer_of(lines: list[str], year: int | None, rows: Rows | None) -> Unit | None:
    """The unit that files: the one that the rows lie in, else the lowest that the title names."""
    if rows:
        return rows.parent
    levels = ("commune", "district", "province")
    form = Form.model_construct(filer=levels)
    for on in _days(year):
        try:
            return find_filer(load_units(), form, lines, on).unit
        except IdentityError:
            continue
    return None

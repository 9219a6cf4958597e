"""What must hold before an event is accepted. Pure functions; every problem is a sentence."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from etl.ground.numerals import day
from etl.units.alphabet import sort_key
from etl.units.event_file import EventFile, NewUnit, Pair, Problem, pair_of, problem
from etl.units.version import LEVEL_TYPES, Unit, split_type

NO_DISTRICTS = date(2025, 7, 1)  # Luật 72/2025/QH15: two tiers of local government


class Living:
    """What lives around the first day of an event."""

    def __init__(self, versions: Mapping[Pair, list[Unit]], on: date) -> None:
        self._versions, self.on = versions, on

    def last(self, pair: Pair) -> Unit | None:
        """The newest version of a code."""
        return next(iter(self._versions.get(pair, ())[-1:]), None)

    def there(self, pair: Pair) -> Unit | None:
        """The version of a code that is in force on the day, before the event."""
        versions = self._versions.get(pair, ())
        return next((unit for unit in versions if unit.is_on(self.on)), None)

    def inside(self, pair: Pair) -> list[Unit]:
        """The districts and communes of a province, the communes of a district, on the day."""
        level, code = pair
        at = 0 if level == "district" else 1
        return [
            unit for versions in self._versions.values() for unit in versions
            if unit.level not in (level, "province") and unit.parents[at] == code
            and unit.valid_from < self.on < unit.valid_to
        ]  # fmt: skip


def problems(event: EventFile, living: Living) -> list[Problem]:
    """All that is wrong with one event on top of what lives; [] where nothing is."""
    checks = (_head, _old_units, _new_units, _parents, _steps, _weights, _no_change, _left_behind)
    return [
        problem("event", key, code, event.on, **about)
        for check in checks
        for code, key, about in check(event, living)
    ]


_Found = Iterator[tuple[str, str, dict[str, object]]]  # code, what is said of it, what is filled in


def _head(event: EventFile, _living: Living) -> _Found:
    for there, key in (
        (event.event.basis, "no_basis"), (event.old, "no_old"), (event.new, "no_new"),
    ):  # fmt: skip
        if not there:
            yield "", key, {}
    for side, codes in (("from", event.old), ("to", [new.code for new in event.new])):
        for code, times in Counter(codes).items():
            if times > 1:
                yield code, "named_again", {"times": times, "side": side}


def _old_units(event: EventFile, living: Living) -> _Found:
    """Each lived the day before, and nothing later rests on it."""
    for pair in event.olds:
        level, code = pair
        unit = living.last(pair)
        if not level or unit is None:
            yield code, "no_such_code", {}
        elif unit.valid_from >= event.on:
            yield code, "begins_late", {"unit": unit.full_name, "day": day(unit.valid_from)}
        elif unit.valid_to != date.max:
            yield code, "ended_before", {"unit": unit.full_name, "day": day(unit.last_day)}


def _new_units(event: EventFile, living: Living) -> _Found:
    """Each has a code that is free, a type of its level and a plain name."""
    for new in event.new:
        pair = level, code = pair_of(new.code)
        if not level:
            yield code, "code_of_no_level", {}
            continue
        types = _types(level, event.on)
        if new.type not in types:
            yield code, "no_such_type", {"type": new.type, "known": ", ".join(types) or "–"}
        yield from _name(new)
        there = living.last(pair)
        if there and pair not in event.olds and there.valid_to > event.on:
            yield code, "code_is_taken", {"unit": there.full_name}


def _types(level: str, on: date) -> tuple[str, ...]:
    """The types that a level has on a day: townships and districts ended, special zones began."""
    if level == "district" and on >= NO_DISTRICTS:
        return ()
    other = "thị trấn" if on >= NO_DISTRICTS else "đặc khu"
    return tuple(kind for kind in LEVEL_TYPES[level] if kind != other)


def _name(new: NewUnit) -> _Found:
    about: dict[str, object] = {"name": new.name}
    if split_type(new.name)[0] == new.type:
        yield new.code, "name_with_type", about
    try:
        sort_key(new.name)
    except ValueError:
        yield new.code, "strange_sign", about
    if not new.name or new.name != unicodedata.normalize("NFC", " ".join(new.name.split())):
        yield new.code, "not_plain", about


def _parents(event: EventFile, living: Living) -> _Found:
    """The province, and before the tier ended the district, live on the day."""
    for new in event.new:
        level, code = pair_of(new.code)
        if level == "province":
            if new.province or new.district:
                yield code, "province_in_another", {}
            continue
        if not _lives(("province", new.province), event, living):
            yield code, "no_such_province", {"province": new.province}
        if new.district and (level == "district" or event.on >= NO_DISTRICTS):
            yield code, "district_named", {}
        elif level == "commune" and event.on < NO_DISTRICTS:
            yield from _district(new, event, living)


def _district(new: NewUnit, event: EventFile, living: Living) -> _Found:
    pair = ("district", new.district)
    unit = living.there(pair)
    began = next((u.province for u in event.new if u.code == new.district), None)
    province = began or (unit.province_code if unit else "")
    if not _lives(pair, event, living) or province != new.province:
        about: dict[str, object] = {"district": new.district, "province": new.province}
        yield new.code, "no_such_district", about


def _lives(pair: Pair, event: EventFile, living: Living) -> bool:
    """Whether a parent is in force on the first day, the event's own doing included."""
    if any(pair_of(new.code) == pair for new in event.new):
        return True
    return pair not in event.olds and living.there(pair) is not None


def _steps(event: EventFile, _living: Living) -> _Found:
    """Every old unit goes somewhere, every new one comes from somewhere."""
    news = [pair_of(new.code) for new in event.new]
    if event.old and len(event.new) > 1 and not event.links:
        yield "", "no_links", {}
        return
    for old, new, _link, _weight in event.steps:
        for pair, known, side in ((old, event.olds, "from"), (new, news, "to")):
            if pair not in known:
                yield pair[1], "only_in_links", {"side": side}
        if old[0] != new[0] and (old[0], new[0]) != ("district", "commune"):
            yield old[1], "other_level", {"other": new[1]}
    for pair in event.olds:
        if pair not in [step[0] for step in event.steps]:
            yield pair[1], "leads_nowhere", {}
    for pair in news if event.steps else ():
        if pair not in [step[1] for step in event.steps]:
            yield pair[1], "comes_from_nowhere", {}


def _weights(event: EventFile, _living: Living) -> _Found:
    """An old unit goes whole into one, or in two or more parts whose weights sum to 1."""
    for pair in dict.fromkeys(event.olds):
        code = pair[1]
        steps = [step for step in event.steps if step[0] == pair]
        links = [link for _old, _new, link, _weight in steps]
        if len({new for _old, new, _link, _weight in steps}) < len(steps):
            yield code, "leads_twice", {}
        if "whole" in links and len(links) > 1:
            yield code, "whole_and_more", {}
        elif links == ["part"]:
            yield code, "one_part", {}
        weights = [weight for *_step, weight in steps if weight]
        if weights and ("whole" in links or not _is_one(weights, len(links))):
            yield code, "weights", {}


def _is_one(weights: list[str], parts: int) -> bool:
    try:
        shares = [Decimal(weight) for weight in weights]
    except InvalidOperation:
        return False
    is_each = all(share.is_finite() and 0 < share < 1 for share in shares)
    return is_each and len(shares) == parts and sum(shares) == 1


def _no_change(event: EventFile, living: Living) -> _Found:
    for new in event.new:
        pair = pair_of(new.code)
        around = [step[:3] for step in event.steps if pair in step[:2]]
        unit = living.last(pair)
        if unit is None or around != [(pair, pair, "whole")]:
            continue
        province = new.code if pair[0] == "province" else new.province
        now = (new.name, new.type, new.district or None, province)
        if now == (unit.name, unit.unit_type, *unit.parents):
            yield new.code, "no_change", {"unit": unit.full_name}


def _left_behind(event: EventFile, living: Living) -> _Found:
    """What lies in a province or district goes over with it: unless it is divided, or something
    later rests on what lies in it."""
    for old in (pair for pair in dict.fromkeys(event.olds) if pair[0] != "commune"):
        inside = [u for u in living.inside(old) if (u.level, u.code) not in event.olds]
        later = [u.code for u in inside if living.last((u.level, u.code)) != u]
        if later:
            yield old[1], "later_inside", {"codes": _some(later)}
        is_divided = any(step[0] == old and step[2] == "part" for step in event.steps)
        if is_divided and inside:
            codes = _some([unit.code for unit in inside])
            yield old[1], "left_behind", {"count": len(inside), "codes": codes}


def _some(codes: list[str]) -> str:
    return ", ".join(codes[:5]) + (" …" if len(codes) > 5 else "")

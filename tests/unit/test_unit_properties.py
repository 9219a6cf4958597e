"""Whatever happens to units: one version a day for a living code, and nothing ends in nothing.

Events are drawn from a country kept beside as plain dicts, one a day, and given in any order. The
register must then say for every day what the dicts said, and lose no household on the way.
"""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from etl.units.event_file import EventFile, parse_event
from etl.units.faults import faults
from etl.units.history import History
from etl.units.version import Unit
from tests.helpers.tiny_register import NAMES, START, country, event, new

Living = dict[str, tuple[str, str, str]]  # code -> name, type, province
WORDS = ("An", "Bình", "Cẩm", "Đông", "Ea", "Phú")


def first() -> Living:
    return {code: (name, "xã", f"{code[0]}0") for code, name in NAMES.items()}


def fresh(draw: st.DrawFn, living: Living) -> str:
    return draw(st.sampled_from([c for c in map(str, range(10001, 10030)) if c not in living]))


def name(draw: st.DrawFn) -> str:
    return " ".join(draw(st.lists(st.sampled_from(WORDS), min_size=2, max_size=3)))


def place(draw: st.DrawFn) -> tuple[str, str, str]:
    return name(draw), draw(st.sampled_from(["xã", "phường"])), draw(st.sampled_from(["10", "20"]))


def merged(draw: st.DrawFn, on: str, living: Living) -> tuple[EventFile, Living]:
    """Two or more become one, under the code of one of them or a new one."""
    olds = draw(st.lists(st.sampled_from(sorted(living)), min_size=2, max_size=4, unique=True))
    code = draw(st.sampled_from([*olds, fresh(draw, living)]))
    unit = place(draw)
    after = {c: u for c, u in living.items() if c not in olds} | {code: unit}
    return event(on, olds, [new(code, *unit)]), after


def split(draw: st.DrawFn, on: str, living: Living) -> tuple[EventFile, Living]:
    """One becomes two or three, and may stay one of them; with weights."""
    old = draw(st.sampled_from(sorted(living)))
    codes = [old if draw(st.booleans()) else fresh(draw, living)]
    while len(codes) < draw(st.integers(2, 3)):
        codes.append(fresh(draw, {**living, **dict.fromkeys(codes, place(draw))}))
    units = {code: place(draw) for code in codes}
    shares = ["0.5", "0.5"] if len(codes) == 2 else ["0.2", "0.3", "0.5"]
    links = [(old, code, "part", share) for code, share in zip(codes, shares, strict=True)]
    after = {c: u for c, u in living.items() if c != old} | units
    return event(on, [old], [new(c, *u) for c, u in units.items()], *links), after


def changed(draw: st.DrawFn, on: str, living: Living) -> tuple[EventFile, Living] | None:
    """One gets another name, type, province or code."""
    old = draw(st.sampled_from(sorted(living)))
    code = draw(st.sampled_from([old, fresh(draw, living)]))
    unit = place(draw)
    if code == old and unit == living[old]:
        return None
    after = {c: u for c, u in living.items() if c != old} | {code: unit}
    return event(on, [old], [new(code, *unit)]), after


def swapped(draw: st.DrawFn, on: str, living: Living) -> tuple[EventFile, Living]:
    """Two exchange their codes."""
    a, b = draw(st.lists(st.sampled_from(sorted(living)), min_size=2, max_size=2, unique=True))
    to = [new(a, *living[b]), new(b, *living[a])]
    links = [(a, b, "whole"), (b, a, "whole")]
    return event(on, [a, b], to, *links), {**living, a: living[b], b: living[a]}


def province_renamed(draw: st.DrawFn, on: str, living: Living) -> tuple[EventFile, Living]:
    """A province gets another name; its communes begin anew, as they were."""
    code = draw(st.sampled_from(["10", "20"]))
    unit = {"code": code, "name": f"{name(draw)} {on.replace('-', '')}", "type": "tỉnh"}
    return event(on, [code], [unit]), living


@st.composite
def stories(draw: st.DrawFn) -> tuple[list[EventFile], list[tuple[date, Living]]]:
    """Files of events, and what lives from each of their days."""
    living, on = first(), START
    files, days = [], [(START, living)]
    for _number in range(draw(st.integers(1, 8))):
        on += timedelta(days=draw(st.integers(1, 400)))
        kinds = [split, changed, province_renamed, *([merged, swapped] if len(living) > 1 else [])]
        happened = draw(st.sampled_from(kinds))(draw, f"{on}", living)
        if happened:
            file, living = happened
            files.append(file)
            days.append((on, living))
    return files, days


def alive(units: list[Unit], on: date) -> list[tuple[str, tuple[str, str, str]]]:
    """Every commune's version in force on a day; a code twice would stand there twice."""
    return sorted(
        (u.code, (u.name, u.unit_type, u.province_code))
        for u in units if u.level == "commune" and u.valid_from <= on and on < u.valid_to
    )  # fmt: skip


def households(history: History, on: date) -> dict[str, Decimal]:
    """Where 100 households of every commune of the first day are, moved along the links."""
    moved: dict[str, Decimal] = {}

    def move(unit: Unit, count: Decimal) -> None:
        if unit.valid_to > on:
            moved[unit.code] = moved.get(unit.code, Decimal()) + count
        for link in history.successors(unit) if unit.valid_to <= on else ():
            move(link.unit, count * (link.weight or 1))

    for unit in history.units:
        if unit.level == "commune" and unit.valid_from == START:
            move(unit, Decimal(100))
    return moved


@settings(max_examples=100, deadline=None)
@given(stories(), st.randoms())
def test_every_day_has_one_version_of_each_living_code_and_no_household_is_lost(
    story: tuple[list[EventFile], list[tuple[date, Living]]], order: Random
) -> None:
    files, days = story
    shuffled = sorted(files, key=lambda _file: order.random())
    register = country()
    register.apply(shuffled)
    units, history = register.units(), register.history()
    ends = [*(on for on, _living in days[1:]), date(2999, 1, 1)]
    for (on, living), end in zip(days, ends, strict=True):
        for day in (on, end - timedelta(days=1)):
            assert alive(units, day) == sorted(living.items())
        counts = households(history, on)
        assert counts.keys() == living.keys() and sum(counts.values()) == 100 * len(NAMES)
    for unit in units:
        assert unit.valid_from < unit.valid_to
        assert bool(history.successors(unit)) == (unit.valid_to != date.max)
        assert bool(history.predecessors(unit)) == (unit.valid_from != START)
        for link in history.successors(unit):
            assert unit.valid_to == link.event.on == link.unit.valid_from
        same = history.same_on(unit, START)
        assert same is None or history.same_on(same, unit.valid_from) == unit
    assert faults(units, register.events, register.links) == []


CODES = st.sampled_from([*NAMES, "10009", "10010", "10", "20", "30", "101"])
OTHER = {
    "on": st.integers(1, 1200).map(lambda days: f"{START + timedelta(days)}"),
    "type": st.sampled_from(["xã", "phường", "huyện"]),
    "name": st.sampled_from(["An Bình", "Phú An", "Xã An", ""]),
    "link": st.sampled_from(["whole", "part"]),
    "weight": st.sampled_from(["", "0.5", "0.2", "x", "1"]),
}


@st.composite
def nearly(draw: st.DrawFn) -> list[EventFile]:
    """A story in which one or two things of one file are others, or are not there."""
    files, _days = draw(stories())
    if not files:
        return []
    at = draw(st.integers(0, len(files) - 1))
    content = files[at].model_dump(mode="json", by_alias=True, exclude={"source"})
    for _time in range(draw(st.integers(1, 2))):
        lists = [content[part] for part in ("from", "to", "links") if content[part]]
        chosen = draw(st.sampled_from([content["event"], *lists]))
        if isinstance(chosen, list):
            place = draw(st.integers(0, len(chosen) - 1))
            if draw(st.booleans()):
                chosen.append(chosen.pop(place)) if draw(st.booleans()) else chosen.pop(place)
                continue
            if isinstance(chosen[place], str):
                chosen[place] = draw(CODES)
                continue
            chosen = chosen[place]
        what = draw(st.sampled_from([each for each in chosen if each not in ("basis", "note")]))
        chosen[what] = draw(OTHER.get(what, CODES))
    files[at] = parse_event(Path("changed.yaml"), json.dumps(content))
    return files


@settings(max_examples=200, deadline=None)
@given(nearly())
def test_what_is_not_refused_leaves_no_fault(files: list[EventFile]) -> None:
    register = country()
    for file in sorted(files, key=lambda file: file.on):
        if register.problems(file) == []:
            register.apply([file])
    assert faults(register.units(), register.events, register.links) == []

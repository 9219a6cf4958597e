"""`khoxa unit` in words and as JSON: what a name or a code means, at any date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from etl.ground.numerals import day
from etl.units.history import Link
from etl.units.index import Unit, UnitIndex
from etl.units.version import LEVELS
from etl.units.words import extent, in_full, kind, span

_CODE = re.compile(r"\d+")
_WIDTH = 26


def look_up(index: UnitIndex, text: str) -> list[Unit]:
    """All versions that a code, or a name and the names of units above it, means; oldest first."""
    name, *parents = (part.strip() for part in text.split(","))
    if _CODE.fullmatch(name):
        return [u for level in LEVELS for u in index.history.versions.get((level, name), ())]
    return [unit for level in LEVELS for unit in index.ever(level, name, *filter(None, parents))]


def answer_lines(index: UnitIndex, text: str, found: list[Unit], on: date | None) -> Iterator[str]:
    """The lines of the answer: first whether the text means one thing, then each version."""
    history = index.history
    lives = [u for u in found if not any(history.same_on(u, o.valid_from) == o for o in found
                                         if o.valid_from < u.valid_from)]  # fmt: skip
    if len(lives) > 1:
        yield f"“{text}” là {len(lives)} đơn vị khác nhau / means {len(lives)} different units:"
        for unit in lives:
            yield f"  - {_named(index, unit)}: {_span(index, unit)}"
    for number, unit in enumerate(found):
        if number or len(lives) > 1:
            yield ""
        yield _named(index, unit)
        for label, value in _lines(index, unit, on):
            yield f"  {label:{_WIDTH}}{value}"


def _named(index: UnitIndex, unit: Unit) -> str:
    above = in_full(index.history, unit).removeprefix(unit.full_name)
    return f"{unit.full_name} ({unit.code}){above}"


def _span(index: UnitIndex, unit: Unit) -> str:
    return f"{span(index.history, unit, 'vi')} / {span(index.history, unit, 'en')}"


def _lines(index: UnitIndex, unit: Unit, on: date | None) -> Iterator[tuple[str, str]]:
    yield "hiệu lực / in force", _span(index, unit)
    if unit.legal_basis:
        yield "căn cứ / legal basis", unit.legal_basis
    for link in index.history.predecessors(unit):
        yield "từ / came from", _step(index, link, known=unit.legal_basis)
    for link in index.history.successors(unit):
        yield "thành / became", _step(index, link)
    if (
        unit.level == "district"
        and unit.valid_to != date.max
        and not index.history.successors(unit)
    ):
        communes = ", ".join(f"{c.full_name} ({c.code})" for c in _inherited(index, unit))
        yield "không còn cấp huyện", f"trên địa bàn nay có / its ground is now in: {communes}"
    if on and not unit.is_on(on):
        there = index.history.related_on(unit, on)
        said = "; ".join(
            f"{_named(index, r.unit)} [{extent('whole' if r.whole else 'part')}]" for r in there
        )
        yield f"ngày / on {day(on)}", said or "không có đơn vị nối tiếp / nothing that followed it"
    elif on:
        yield f"ngày / on {day(on)}", "có hiệu lực / in force"


def _step(index: UnitIndex, link: Link, known: str = "") -> str:
    """The other unit, how much of the old one, when and why; `known` has been said already."""
    weight = f", {link.weight}" if link.weight else ""
    event = link.event
    basis = event.legal_basis if event.legal_basis != known else ""
    why = ", ".join(filter(None, (kind(event), basis, event.note)))
    return f"{_named(index, link.unit)} [{extent(link.link)}{weight}]; {day(event.on)}, {why}"


def _inherited(index: UnitIndex, district: Unit) -> list[Unit]:
    """The communes that the ground of an ended district went into."""
    inside = index.inside("commune", district.code, district.last_day)
    steps = [link.unit for unit in inside for link in index.history.successors(unit)]
    return sorted(set(steps), key=lambda unit: unit.code)


def as_dict(index: UnitIndex, unit: Unit, on: date | None) -> dict[str, Any]:
    """One version for `--json`; `valid_to` is exclusive, null while it is in force."""
    parents = [p for p in index.history.parents(unit) if p.is_on(unit.last_known_day)]
    said: dict[str, Any] = _brief(unit) | {
        "legal_basis": unit.legal_basis,
        "parents": [_brief(parent) for parent in parents],
        "came_from": [_link(link) for link in index.history.predecessors(unit)],
        "became": [_link(link) for link in index.history.successors(unit)],
    }
    if on:
        there = index.history.related_on(unit, on)
        said["on"] = on
        said["on_that_day"] = [_brief(r.unit) | {"whole": r.whole} for r in there]
    return said


def _brief(unit: Unit) -> dict[str, Any]:
    return {
        "level": unit.level, "code": unit.code, "name": unit.name, "unit_type": unit.unit_type,
        "valid_from": unit.valid_from,
        "valid_to": None if unit.valid_to == date.max else unit.valid_to,
    }  # fmt: skip


def _link(link: Link) -> dict[str, Any]:
    return _brief(link.unit) | {
        "link": link.link, "weight": link.weight, "event_on": link.event.on,
        "kind": link.event.kind, "event_basis": link.event.legal_basis, "note": link.event.note,
    }  # fmt: skip

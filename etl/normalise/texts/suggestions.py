"""Which units a misspelt name may mean: those inside the stated district or province first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from rapidfuzz import fuzz, process

from etl.ground.text import key, suggest
from etl.units.history import History
from etl.units.index import Unit, split_type
from etl.units.words import above

_MOST = 3


def nearest_units(text: str, inside: Iterable[Unit], others: Iterable[Unit]) -> list[Unit]:
    """The units most like a name, at most three: those inside the stated parents, else others.
    Those of exactly that name elsewhere are always among them."""
    found = _nearest(text, inside)
    known = set(found)
    elsewhere = [unit for unit in others if unit not in known]
    namesakes = [unit for unit in elsewhere if key(unit.full_name) == key(text)][: _MOST - 1]
    if not found and not namesakes:
        return _nearest(text, elsewhere)
    return [*found[: _MOST - len(namesakes)], *namesakes]


def _nearest(text: str, units: Iterable[Unit]) -> list[Unit]:
    """Those whose name without its type is most like the text's; else whose full name is."""
    unit_type, name = split_type(text)
    bare: dict[str, list[Unit]] = {}
    full: dict[str, list[Unit]] = {}
    for unit in units:
        bare.setdefault(unit.name, []).append(unit)
        full.setdefault(unit.full_name, []).append(unit)
    alike = process.extract(
        name, list(bare), scorer=fuzz.ratio, processor=key, score_cutoff=60, limit=_MOST
    )
    near = [unit for each, _score, _at in alike for unit in bare[each]]
    near.sort(key=lambda unit: unit_type not in (None, unit.unit_type))
    return (near or [u for each in suggest(text, list(full), _MOST) for u in full[each]])[:_MOST]


def told_apart(history: History, units: list[Unit], known: Iterable[Unit] = ()) -> str:
    """Their names, with the units above them where the name alone does not say which it is: it is
    another one's too, or it is none of those whose place the title states (`known`; none: all are).

    "Xã Tân Thành (Huyện Bù Đốp, Tỉnh Bình Phước); Xã Tân Thành (Thành phố Đồng Xoài, …)".
    """
    often = Counter(unit.full_name for unit in units)
    inside = set(known)
    named = []
    for unit in units:
        is_clear = often[unit.full_name] == 1 and (not inside or unit in inside)
        parents = "" if is_clear else above(history, unit)
        named.append(f"{unit.full_name} ({parents})" if parents else unit.full_name)
    return "; ".join(named)

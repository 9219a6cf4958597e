"""One unit that a person names: its code, or a sentence that says what could be meant.

Door: `code_meant`.
"""

from __future__ import annotations

from etl.ground.errors import BadValue
from etl.ground.text import key, suggest, without_accents
from etl.units.index import Unit, UnitIndex
from etl.units.sentences import look_up
from etl.units.version import split_type
from etl.units.words import in_full

_MOST = 5


def code_meant(index: UnitIndex, text: str) -> str:
    """The code that a code or a name means: "02143", "Xã Kim Hỷ", "Kim Hỷ, Na Rì".

    A name must be exact, and mean units of one code. Raises BadValue with what could be meant: a
    name without its marks is never taken for one with them.
    """
    code = text.strip()
    if code.isdecimal() and any(unit.code == code for unit in index.units):
        return code
    found = look_up(index, text)
    codes = {(unit.level, unit.code) for unit in found}
    if len(codes) == 1:
        return found[0].code
    if codes:
        known = _listed(index, found)
        raise BadValue(
            f"“{text}” là {len(codes)} đơn vị, hãy ghi mã hoặc thêm tên cấp trên: {known}"
            f" / means {len(codes)} units: give the code"
        )
    raise BadValue(not_found(index, text))


def not_found(index: UnitIndex, text: str) -> str:
    """What to say where no unit has the code or the name: what is near it."""
    code = text.strip()
    if code.isdecimal():
        near = [u for u in index.units if u.code.lstrip("0") == code.lstrip("0")]
    else:
        near = alike(index, text)
    vi = f"; có phải: {_listed(index, near)}?" if near else ""
    en = "; did you mean one of these?" if near else ""
    return f"không có đơn vị “{text}” ở bất kỳ ngày nào{vi} / no unit “{text}” at any date{en}"


def alike(index: UnitIndex, text: str) -> list[Unit]:
    """Units that a text may mean, inside the units above it that it names: those of the name
    as it is typed without marks ("xa kim hy", "Kim Hi"), else of a similar one; the latest version
    of each, at most five."""
    name, *parents = (part.strip() for part in text.split(",") if part.strip())
    kind, bare = split_type(name)
    known = [u for u in index.units if len(u.name) > 2 and _is_inside(index, u, parents)]
    if kind is not None:
        known = [unit for unit in known if split_type(unit.full_name)[0] == kind]
    by_name: dict[str, list[Unit]] = {}
    for unit in known:
        by_name.setdefault(split_type(unit.full_name)[1], []).append(unit)
    typed = {_typed(bare), _typed(key(name))}
    near = [u for u in known if not typed.isdisjoint(map(_typed, (u.name, u.full_name)))]
    near = near or [u for each in suggest(bare, sorted(by_name)) for u in by_name[each]]
    latest = {(u.level, u.code): u for u in near}
    return list(latest.values())[:_MOST]


def _typed(text: str) -> str:
    """A name as it is typed without marks; i and y, which are spelt for each other, are one."""
    return without_accents(text).replace("y", "i")


def _is_inside(index: UnitIndex, unit: Unit, parents: list[str]) -> bool:
    """Whether units above it have these names, marks or none."""
    if not parents:
        return True
    above = without_accents(in_full(index.history, unit).partition(",")[2])
    return all(without_accents(parent) in above for parent in parents)


def _listed(index: UnitIndex, units: list[Unit]) -> str:
    shown = {(u.level, u.code): f"{in_full(index.history, u)} ({u.code})" for u in units}
    told = list(shown.values())
    return "; ".join(told[:_MOST]) + ("; …" if len(told) > _MOST else "")

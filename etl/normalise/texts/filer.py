"""Who filed it: read from the title block above the header."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from etl.catalogue.forms import Form
from etl.ground.records import Finding
from etl.ground.text import key
from etl.normalise.texts.dated import Dated, read_dated
from etl.normalise.texts.identity import IdentityError
from etl.normalise.texts.suggestions import nearest_units, told_apart
from etl.units.index import Unit, UnitIndex
from etl.units.version import A_TYPE, LEVEL_OF

_MENTION = re.compile(rf"\b({A_TYPE})\s+([^,;:()\n]+?)(?=\s*(?:[,;:()]|$|\s{A_TYPE}\s))")
# "xã hội", "huyện nghèo", "thành phố năm 2024": words after a unit word that name no unit
_NOT_A_NAME = re.compile(
    r"^(?:hội(?: (?:chủ nghĩa|cơ bản).*)?"
    r"|(?:nghèo|trên|của|và|về|theo|thực hiện|giai đoạn|năm \d+)\b.*)$"
)
REPORTER = re.compile(r"^(?:đơn vị báo cáo|đơn vị lập|đơn vị đăng ký)\s*:\s*(.+)$")
# What goes on behind a name: "huyện Na Rì năm 2024", "tỉnh Bắc Kạn - Mã đơn vị: 02146"
_BEHIND = re.compile(
    r" (?:(?:[-–—] ?|trong |cuối |đầu |cả |hết )*(?:năm|tháng|quý|quí) [\divx]"
    r"|(?:\d+|sáu) tháng|(?:cả|cuối) năm|giai đoạn|theo |tính đến|chính thức|sơ bộ|về "
    r"|và phương hướng|[-–—] ?mã|[-–—]$).*"
)
_LEVELS = ("commune", "district", "province")  # the lowest named one files


class UnknownFiler(IdentityError):
    """A name, the filer's or that of a unit above it, that is no unit's on the day; `near`: units
    that it may mean, the likeliest first."""

    def __init__(self, near: list[Unit], **params: str) -> None:
        super().__init__("filer-unknown", **params)
        self.near = near


class Filer(NamedTuple):
    """The unit that files; `renamed` says by which other name, if the title gives none of the
    day's."""

    unit: Unit
    renamed: dict[str, str] | None = None

    def finding(self, filing_id: int, sheet: str) -> Finding | None:
        """The warning that the title uses a name of another time."""
        if self.renamed is None:
            return None
        said = self.renamed
        return Finding(filing_id, "filer-renamed", sheet, "", said["seen"], params=(*said.items(),))


def find_filer(units: UnitIndex, form: Form, lines: list[str], on: date) -> Filer:
    """The unit that files: province, then district, then commune, each inside the one above.

    A line "Đơn vị báo cáo: ..." (or "đăng ký") wins over the rest of the title block; every name
    of the filer's level in it must be the same known unit. A name that is not in force on the day
    is understood through its history where that leaves no choice (normalise.texts.dated).
    Raises IdentityError: filer-missing, filer-unknown, filer-ambiguous, filer-level-unclear,
    filer-ended, filer-not-yet, filer-two-dates.
    """
    return _found(units, form.filer, tuple(filter(may_name, lines)), on)


@lru_cache(maxsize=16384)
def may_name(line: str) -> bool:
    """Whether a line names a unit, or says that it names who files."""
    plain = key(line)
    return bool(_units_named(plain) or REPORTER.match(plain))


@lru_cache(maxsize=256)  # of one workbook: its sheets name the same
def _found(units: UnitIndex, filers: tuple[str, ...], lines: tuple[str, ...], on: date) -> Filer:
    """The unit that the lines name which name any."""
    named = _mentions(units, lines, on)
    level = next((level for level in _LEVELS if level in filers and level in named), None)
    if level is None:
        raise IdentityError("filer-missing", level=filers[0])
    if level == "commune" and (district := _district_alone(units, filers, lines, on)):
        raise IdentityError("filer-level-unclear", seen=named[level][0], district=district)
    parents = _parents(units, level, named, on)
    found: dict[str, Unit] = {}
    renamed: dict[str, str] | None = None
    for text in named[level]:
        matches = _inside(units, level, [text], parents, on)
        if not matches:
            dated = _dated(units, filers, level, text, named, on)
            renamed = dated.params
            matches = [dated.unit] if dated.unit else []
        found.update((unit.code, unit) for unit in matches)
    # paper of another commune under this one's report: one of the two is wrong
    letterhead = _named_in(units, [key(line) for line in lines], on).get(level, [])
    found.update((u.code, u) for u in _inside(units, level, letterhead, parents, on))
    if len(found) > 1:
        either = list(found.values())
        listed = told_apart(units.history, either)
        raise IdentityError("filer-ambiguous", either, seen=named[level][0], units=listed)
    return Filer(next(iter(found.values())), renamed)


def _district_alone(
    units: UnitIndex, filers: tuple[str, ...], lines: Sequence[str], on: date
) -> str | None:
    """The district on a line without a commune, where a form that either may file says of a
    commune too and no line "Đơn vị báo cáo" decides."""
    keys = [key(line) for line in lines]
    if "district" not in filers or any(map(REPORTER.match, keys)):
        return None
    named = (_named_in(units, [line], on) for line in keys)
    alone = (each["district"] for each in named if "district" in each and "commune" not in each)
    return next((texts[0] for texts in alone), None)


def _dated(
    units: UnitIndex, filers: tuple[str, ...], level: str, text: str, named: dict[str, list[str]],
    on: date,
) -> Dated:  # fmt: skip
    """What a name means that is not in force on the day inside the named parents.

    Raises IdentityError: nothing it could mean, or nothing that is the same on the day.
    """
    above = [named[parent] for parent in _LEVELS[_LEVELS.index(level) + 1 :] if parent in named]
    meant = [unit for parents in product(*above) for unit in units.ever(level, text, *parents)]
    dated = read_dated(units.history, list(dict.fromkeys(meant)), on, filers)
    if dated is None:
        raise _unknown(units, level, text, named, on)
    seen = {"seen": ", ".join((text, *(name for names in above for name in names)))}
    if dated.unit is None:
        raise IdentityError(f"filer-{dated.rule}", **seen, **dated.params)
    return dated._replace(params=seen | dated.params)


def _unknown(
    units: UnitIndex, level: str, text: str, named: dict[str, list[str]], on: date
) -> UnknownFiler:
    """The error on a name that means nothing: of the highest unit in the title that is not known,
    with the names most like it, those inside the units stated above it first."""
    for each in _LEVELS[_LEVELS.index(level) + 1 :][::-1]:
        parents = _parents(units, each, named, on) if each in named else []
        if each in named and not _inside(units, each, named[each], parents, on) and not any(
            units.ever(each, name) for name in named[each]
        ):  # fmt: skip
            level, text = each, named[each][0]
            break
    inside = [
        unit for parent in _parents(units, level, named, on) if parent
        for unit in units.inside(level, parent.code, on)
    ]  # fmt: skip
    everywhere = [unit for unit in units.units if unit.level == level and unit.is_on(on)]
    is_stated = any(each in named for each in _LEVELS[_LEVELS.index(level) + 1 :])
    near = nearest_units(text, inside if is_stated else everywhere, everywhere)
    known = {unit.code for unit in inside} if is_stated else set()
    listed = told_apart(units.history, near, [u for u in near if u.code in known])
    return UnknownFiler(
        near, seen=text, suggestions=listed, on=on.strftime("%d/%m/%Y"), level=level
    )


def _parents(
    units: UnitIndex, level: str, named: dict[str, list[str]], on: date
) -> list[Unit | None]:
    """The units that the title names above the filer; [None] where the filer is a province."""
    if level == "province":
        return [None]
    parents: list[Unit | None] = list(_provinces(units, named, on))
    if level == "commune" and "district" in named:
        parents = list(_inside(units, "district", named["district"], parents, on))
    return parents


def _mentions(units: UnitIndex, lines: Sequence[str], on: date) -> dict[str, list[str]]:
    """Unit names per level, the reporter line alone if there is one."""
    keys = [key(line) for line in lines]
    reporter = [m[1] for m in map(REPORTER.match, keys) if m]
    return _named_in(units, reporter or keys, on)


def _named_in(units: UnitIndex, keys: list[str], on: date) -> dict[str, list[str]]:
    named: dict[str, list[str]] = {}
    for line in keys:
        found = _units_named(line)
        for kind, text in found:
            level = LEVEL_OF.get(kind)
            if level is None:  # a city: a province only where nothing larger follows it
                is_province = text is found[-1][1] and _is_province(units, text, on)
                level = "province" if is_province else "district"
            texts = named.setdefault(level, [])
            if text not in texts:
                texts.append(text)
    return named


@lru_cache(maxsize=16384)
def _units_named(line: str) -> list[tuple[str, str]]:
    """The types and names with type of the units in the key of a line."""
    found = ((m[1], m[2], _BEHIND.sub("", m[2])) for m in _MENTION.finditer(line))
    return [
        (kind, f"{kind} {name}")
        for kind, words, name in found
        if not _NOT_A_NAME.match(words) and not _NOT_A_NAME.match(name)
    ]


def names_in(
    units: UnitIndex, lines: Sequence[str], filers: Sequence[str] = _LEVELS, on: date = date.max
) -> list[str]:
    """The names of units that lines have, of the lowest level that may file and above."""
    named = _named_in(units, list(map(key, lines)), on)
    lowest = min(map(_LEVELS.index, filers))
    return [text for level in _LEVELS[lowest:] for text in named.get(level, [])]


def _is_province(units: UnitIndex, city: str, on: date) -> bool:
    """Whether a city is a province on the day, or at another date and never a district."""
    if units.find("province", city, on):
        return True
    return bool(units.provinces(city)) and not units.ever("district", city)


def _provinces(units: UnitIndex, named: dict[str, list[str]], on: date) -> list[Unit]:
    if "province" not in named:
        return units.inside("province", "", on)
    return [u for text in named["province"] for u in units.find("province", text, on)]


def _inside(
    units: UnitIndex, level: str, texts: list[str], parents: list[Unit | None], on: date
) -> list[Unit]:
    """Units of `level` that one of the texts names inside one of the parents."""
    return [
        unit
        for parent in parents
        for text in texts
        for unit in units.find(level, text, on, parent.code if parent else None)
    ]

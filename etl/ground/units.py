"""Administrative units by name, inside a known parent and at a date; from sql/seeds/*.csv.

A name or a code means nothing without a parent and a date, so every look-up takes both.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from etl.ground.config import SEEDS_DIR
from etl.ground.text import key

_SHORT_TYPES = {
    "x": "xã", "p": "phường", "tt": "thị trấn", "h": "huyện", "q": "quận",
    "tx": "thị xã", "tp": "thành phố", "t": "tỉnh",
}  # fmt: skip
_LEVEL_TYPES = {
    "commune": ("xã", "phường", "thị trấn"),
    "district": ("huyện", "quận", "thị xã", "thành phố"),
    "province": ("tỉnh", "thành phố"),
}
_TYPED = re.compile(
    r"^(xã|phường|thị trấn|huyện|quận|thị xã|thành phố|tỉnh|tt|tx|tp|x|p|h|q|t)[.\s]\s*(.+)$"
)


@dataclass(frozen=True, slots=True)
class Unit:
    """One version of one unit: valid from `valid_from` until the day before `valid_to`."""

    level: str
    code: str
    name: str
    unit_type: str
    valid_from: date
    valid_to: date
    district_code: str | None
    province_code: str

    @property
    def full_name(self) -> str:
        """Type and name as printed: "Xã Kim Hỷ"."""
        return f"{self.unit_type.capitalize()} {self.name}"


class Alias(NamedTuple):
    """Another spelling of a unit that was seen in filed documents: never guessed, always listed."""

    level: str
    parent_code: str
    name: str
    code: str


class UnitIndex:
    """All units, found by name inside a parent (never by name alone)."""

    def __init__(self, units: list[Unit], aliases: Iterable[Alias] = ()) -> None:
        self.units = units
        self._aliases = {(a.level, a.parent_code, key(a.name)): a.code for a in aliases}
        self._children: dict[tuple[str, str], dict[tuple[str, str], list[Unit]]] = {}
        for unit in units:
            for parent in {unit.district_code, unit.province_code} - {None}:
                named = self._children.setdefault((unit.level, parent or ""), {})
                named.setdefault((unit.unit_type, key(unit.name)), []).append(unit)
        self._provinces: dict[tuple[str, str], list[Unit]] = {}
        for unit in units:
            if unit.level == "province":
                self._provinces.setdefault((unit.unit_type, key(unit.name)), []).append(unit)

    def find(self, level: str, text: str, on: date, parent: str | None = None) -> list[Unit]:
        """Units of `level` that `text` names inside `parent` (code) on the date; 0, 1 or more.

        A text without a type ("Kim Hỷ") matches any type of that level. The alias table is asked
        only where no unit has that name.
        """
        named = (
            self._provinces if level == "province" else self._children.get((level, parent or ""))
        )
        if not named:
            return []
        unit_type, name = split_type(text)
        types = [unit_type] if unit_type in _LEVEL_TYPES[level] else []
        if unit_type is None:
            types = list(_LEVEL_TYPES[level])
        found = [unit for kind in types for unit in named.get((kind, name), [])]
        if not found and (code := self._aliases.get((level, parent or "", name))):
            listed = (unit for kind in types for unit in self._typed(named, kind))
            found = [unit for unit in listed if unit.code == code]
        return [unit for unit in found if unit.valid_from <= on < unit.valid_to]

    @staticmethod
    def _typed(named: dict[tuple[str, str], list[Unit]], unit_type: str) -> Iterator[Unit]:
        return (unit for (kind, _n), us in named.items() if kind == unit_type for unit in us)

    def inside(self, level: str, parent: str, on: date) -> list[Unit]:
        """All units of `level` inside the parent code on the date."""
        named = self._children.get((level, parent), {})
        return [u for us in named.values() for u in us if u.valid_from <= on < u.valid_to]


@lru_cache(maxsize=65536)
def split_type(text: str) -> tuple[str | None, str]:
    """("xã", "kim hỷ") of "Xã  Kim Hỷ", "X. Kim Hỷ" or "XÃ KIM HỶ"; (None, key) without a type."""
    found = _TYPED.match(key(text).replace(".", " ").strip())
    if not found:
        return None, key(text)
    return _SHORT_TYPES.get(found[1], found[1]), key(found[2])


def _read(level: str, path: Path) -> list[Unit]:
    with path.open(encoding="utf-8", newline="") as handle:
        return [
            Unit(
                level,
                row["code"],
                row["name"],
                row["unit_type"],
                date.fromisoformat(row["valid_from"]),
                date.fromisoformat(row["valid_to"]) if row["valid_to"] else date.max,
                row.get("district_code"),
                row["code"] if level == "province" else row["province_code"],
            )
            for row in csv.DictReader(handle)
        ]


@lru_cache(maxsize=2)
def load_units(folder: Path = SEEDS_DIR) -> UnitIndex:
    """The units of province.csv, district.csv and commune.csv, and unit_alias.csv."""
    levels = ("province", "district", "commune")
    with (folder / "unit_alias.csv").open(encoding="utf-8", newline="") as handle:
        aliases = [
            Alias(row["level"], row["parent_code"], row["alias"], row["code"])
            for row in csv.DictReader(handle)
        ]
    units = [u for level in levels for u in _read(level, folder / f"{level}.csv")]
    return UnitIndex(units, aliases)

"""Administrative units by name, inside a known parent and at a date; from sql/seeds/*.csv.

A name or a code means nothing without a parent and a date, so every look-up takes both.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

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


class UnitIndex:
    """All units, found by name inside a parent (never by name alone)."""

    def __init__(self, units: list[Unit]) -> None:
        self.units = units
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

        A text without a type ("Kim Hỷ") matches any type of that level.
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
        return [unit for unit in found if unit.valid_from <= on < unit.valid_to]

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
    """The units of province.csv, district.csv and commune.csv."""
    levels = ("province", "district", "commune")
    return UnitIndex([u for level in levels for u in _read(level, folder / f"{level}.csv")])

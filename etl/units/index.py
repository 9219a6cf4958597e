"""Administrative units by name, inside a known parent and at a date; from sql/seeds/*.csv and the
province's own files of events.

A name or a code means nothing without a parent and a date, so every look-up takes both. What a
name meant at other dates, and how units came from one another, is in `history`.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

from etl.ground.config import SEEDS_DIR, Settings
from etl.ground.seeds import local_seed
from etl.ground.text import key
from etl.units.history import History
from etl.units.seed import read_register, unit_folders
from etl.units.version import LEVEL_TYPES, Unit, split_type

__all__ = ["Alias", "Unit", "UnitIndex", "load_units", "split_type"]
Named = dict[tuple[str, str], list[Unit]]


class Alias(NamedTuple):
    """Another spelling of a unit that was seen in filed documents: never guessed, always listed."""

    level: str
    parent_code: str
    name: str
    code: str


class UnitIndex:
    """All units, found by name inside a parent (never by name alone)."""

    def __init__(
        self,
        units: list[Unit],
        aliases: Iterable[Alias] = (),
        history: Callable[[], History] | None = None,
    ) -> None:
        self.units = units
        self._aliases = {(a.level, a.parent_code, key(a.name)): a.code for a in aliases}
        self._make_history = history or (lambda: History(units, lambda: ([], [])))
        self._children: dict[tuple[str, str], list[Unit]] = {}
        for unit in units:
            if unit.level == "province":
                self._children.setdefault(("province", ""), []).append(unit)
                continue
            self._children.setdefault((unit.level, unit.province_code), []).append(unit)
            if unit.district_code:
                self._children.setdefault((unit.level, unit.district_code), []).append(unit)
        self._by_name: dict[tuple[str, str], Named] = {}

    def find(self, level: str, text: str, on: date, parent: str | None = None) -> list[Unit]:
        """Units of `level` that `text` names inside `parent` (code) on the date; 0, 1 or more.

        A text without a type ("Kim Hỷ") matches any type of that level. The alias table is asked
        only where no unit has that name.
        """
        inside = "" if level == "province" else parent or ""
        named = self._named(level, inside)
        unit_type, name = split_type(text)
        types = [unit_type] if unit_type in LEVEL_TYPES[level] else []
        if unit_type is None:
            types = list(LEVEL_TYPES[level])
        found = [unit for kind in types for unit in named.get((kind, name), [])]
        if not found and (code := self._aliases.get((level, inside, name))):
            found = [u for u in self._children[level, inside] if u.code == code]
            found = [unit for unit in found if unit.unit_type in types]
        return [unit for unit in found if unit.is_on(on)]

    def provinces(self, text: str) -> list[Unit]:
        """All versions of the provinces that a text names with its type, at any date."""
        unit_type, name = split_type(text)
        return self._named("province", "").get((unit_type or "", name), [])

    def _named(self, level: str, parent: str) -> Named:
        """The units inside a parent by type and name; made when it is first asked for."""
        named = self._by_name.get((level, parent))
        if named is None:
            named = self._by_name[level, parent] = {}
            for unit in self._children.get((level, parent), ()):
                named.setdefault((unit.unit_type, key(unit.name)), []).append(unit)
        return named

    def inside(self, level: str, parent: str, on: date) -> list[Unit]:
        """All units of `level` inside the parent code on the date; all provinces inside ""."""
        return [unit for unit in self._children.get((level, parent), ()) if unit.is_on(on)]

    def row_level(self, stated: str | None, filer: Unit, on: date) -> str | None:
        """The level of a table's units (forms.Table.unit_level): "below" is districts of a province
        that has some on the date, else communes."""
        if stated != "below":
            return stated
        has_districts = filer.level == "province" and self.inside("district", filer.code, on)
        return "district" if has_districts else "commune"

    @property
    def spellings(self) -> dict[tuple[str, str, str], str]:
        """The listed spellings: level, code of the parent and name in small letters; the code."""
        return dict(self._aliases)

    def around(self, level: str, parent: str) -> set[str]:
        """The codes of a parent, of those above it, and of all units of the level inside it at any
        date: whose filings may name one of them."""
        inside = self._children.get((level, parent), [])
        return {parent} | {
            code for unit in inside for code in (unit.code, unit.district_code, unit.province_code)
            if code
        }  # fmt: skip

    @cached_property
    def history(self) -> History:
        """How units came from one another, and what names meant; read when it is first asked."""
        return self._make_history()

    def ever(self, level: str, text: str, *parents: str) -> list[Unit]:
        """Every version that a name means at any date, inside the named parents (History.ever);
        of listed spellings where no unit has that name."""
        found = self.history.ever(level, text, *parents)
        if found:
            return found
        unit_type, name = split_type(text)
        typed = f"{unit_type or ''} "
        spelled = [a for a in self._aliases.items() if a[0][0] == level and a[0][2] == name]
        names = {
            unit.name
            for (_level, parent, _name), code in spelled
            for unit in self._children.get((level, parent), ())
            if unit.code == code
        }
        return [u for n in sorted(names) for u in self.history.ever(level, typed + n, *parents)]


@lru_cache(maxsize=2)
def load_units(folder: Path = SEEDS_DIR) -> UnitIndex:
    """The units of the folder's tables, its spellings, and the events of KHOXA_UNITS.

    Read once a process. Raises BrokenUnitEvents: a file of events that cannot be applied.
    """
    register = read_register(folder, unit_folders(Settings.from_env()))
    with (folder / "unit_alias.csv").open(encoding="utf-8", newline="") as handle:
        rows = [*csv.DictReader(handle), *(row.values for row in local_seed("unit_alias").rows)]
    aliases = [Alias(r["level"], r["parent_code"], r["alias"], r["code"]) for r in rows]
    return UnitIndex(register.units(), aliases, register.history)

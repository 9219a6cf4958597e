"""The filer, as far as the rows of its tables need it: which units their labels name."""

from __future__ import annotations

from datetime import date

from etl.ground.text import key
from etl.normalise.texts.cells import without_ordinal
from etl.normalise.texts.dated import Dated, lies_inside, names_ended_district, read_dated
from etl.normalise.texts.row_names import units_spelled
from etl.units.index import Unit, load_units


class Parent:
    """A filer on a day, and the units inside it of the level that a table has rows of: `units` are
    all that should have one. Without a level rows are no units, and no label names one."""

    def __init__(self, filer: Unit, level: str | None, on: date) -> None:
        self._index, self._filer, self._level, self._on = load_units(), filer, level, on
        self._name = key(filer.full_name)
        self._has_districts = filer.level == "province" and level == "commune"
        self.units = self._index.inside(level, filer.code, on) if level else []

    def find(self, label: str, district: str | None) -> list[Unit]:
        """The units that a label names inside the district of its row, else inside the filer."""
        inside = district or self._filer.code
        return (
            self._named(label, inside)
            or self._named(without_ordinal(key(label)), inside)
            or units_spelled(label, lambda name: self._named(name, inside), self._lies_in)
        )

    def _named(self, label: str, inside: str) -> list[Unit]:
        return self._index.find(self._level, label, self._on, inside) if self._level else []

    def _lies_in(self, unit: Unit, text: str) -> bool:
        """Whether a text names a unit above another."""
        above = self._index.find("district", text, self._on, unit.province_code)
        above = above + self._index.find("province", text, self._on)
        return any(each.code in unit.parents for each in above)

    def find_dated(self, label: str, district: str | None) -> Dated | None:
        """What a label that `find` does not know means at other dates, on the same ground."""
        inside = district or self._filer.code
        return self._dated(label, inside) or self._dated(without_ordinal(key(label)), inside)

    def _dated(self, label: str, inside: str) -> Dated | None:
        if self._level is None:
            return None
        history, named = self._index.history, self._index.ever(self._level, label)
        meant = lies_inside(history, named, self._on, inside)
        return read_dated(history, meant, self._on, {self._level})

    def is_filer(self, label: str) -> bool:
        """Whether a label names the filer itself, with its type."""
        return self._level is not None and label == self._name

    def districts(self, label: str) -> list[Unit]:
        """The districts that a label names inside the filer, none below a province."""
        inside = self._filer.code
        return self._index.find("district", label, self._on, inside) if self._has_districts else []

    def was_district(self, label: str) -> bool:
        """Whether it names a district that ended before the day."""
        is_province = self._has_districts
        return is_province and names_ended_district(self._index, label, self._filer, self._on)

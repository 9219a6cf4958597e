"""Which printed figures rest on filings that call theirs invented ("số liệu minh hoạ")."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from etl.catalogue.indicators import indicator_rows
from etl.catalogue.periods import periods, within
from etl.reports.asked import Asked, Marts

Row = Mapping[str, Any]
SENTENCE = (
    "* Số liệu minh hoạ: chính hồ sơ đã gửi ghi như vậy; đây không phải số thật của địa phương.",
    "* Illustrative: the filing itself says so; these are no real figures of the place.",
)
_PARTS = ("numerator_code", "denominator_code", "fall_of", "each_unit_of")


class Unit(NamedTuple):
    """A unit on a map."""

    unit_map: str
    level: str
    key: int


class Marked(NamedTuple):
    """A figure of an annex that is shown with a mark, and stays a number; of a range, words."""

    value: Decimal | int | str

    def shown(self) -> Decimal | int | str:
        """What stands in the cell; a number's mark is in its format."""
        return f"{self.value}*" if isinstance(self.value, str) else self.value


class Illustrative:
    """The marks of the figures of a unit, and of the communes that its annexes list."""

    def __init__(self, marts: Marts, asked: Asked) -> None:
        self.here = Unit(asked.unit_map, asked.level, asked.unit_key)
        self._year = asked.year
        self._is_told = False
        self._filed: dict[tuple[Any, ...], dict[str, bool]] = {}
        communes = listed_communes(marts, asked)
        rows = marts.rows("illustrative", {**asked.params(), "communes": communes})
        for row in rows:
            unit = Unit(row["unit_map"], row["level"], row["unit_key"])
            key = (unit, row["measure"], row["year"], row["period"])
            self._filed.setdefault(key, {})[row["code"]] = row["is_illustrative"]

    def is_(
        self, measure: str, period: str | None, code: str = "", *, unit: Unit | None = None,
        year: int | None = None,
    ) -> bool:  # fmt: skip
        """Whether a figure is invented: the indicator's, or, where that was not filed itself, one
        that it is computed from, or any of that time. `code` "": any figure of that time.

        `measure` as in mart.illustrative_figure; `unit` and `year` are those of the page.
        """
        key = (unit or self.here, measure, year or self._year, period)
        filed = self._filed.get(key) or self._within(key)
        known = [filed[each] for each in _parts(code) if each in filed]
        is_invented = filed[code] if code in filed else any(known or filed.values())
        self._is_told |= is_invented
        return is_invented

    def _within(self, key: tuple[Any, ...]) -> dict[str, bool]:
        """Of a period that nobody filed: whether any figure of the shorter ones in it, which it may
        be the sum of, is invented."""
        of_parts: dict[str, bool] = {}
        for part in within(key[3]) if key[3] in periods() else ():
            for code, is_one in self._filed.get((*key[:3], part), {}).items():
                of_parts[code] = of_parts.get(code, False) or is_one
        return of_parts

    def told(self) -> bool:
        """Whether any figure asked for since this was asked last is invented."""
        was_told, self._is_told = self._is_told, False
        return was_told

    def any(self) -> bool:
        """Whether any figure of the year is invented."""
        return any(
            is_one
            for (_unit, _measure, year, _period), filed in self._filed.items()
            if year == self._year
            for is_one in filed.values()
        )


def listed_communes(marts: Marts, asked: Asked) -> list[int]:
    """The communes that the unit's annexes list, those that others became and these too."""
    rows = (*marts.rows("register", asked.params()), *marts.rows("cascade", asked.params()))
    return sorted({row["unit_key"] for row in rows if row["level"] == "commune"})


def marked(value: Any, is_invented: bool) -> Any:
    """A figure of an annex, with a mark where it is invented."""
    return Marked(value) if is_invented and value is not None else value


def _parts(code: str) -> Iterable[str]:
    """The indicators that one is computed from."""
    of = indicator_rows().get(code, {})
    return [of[name] for name in _PARTS if of.get(name)]

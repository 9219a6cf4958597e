"""Which printed figures rest on filings that call theirs invented ("số liệu minh hoạ")."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection

from etl.catalogue.indicators import seed
from etl.reports.asked import Asked, rows

_PARTS = ("numerator_code", "denominator_code", "fall_of", "each_unit_of")


class Unit(NamedTuple):
    """A unit on a map."""

    unit_map: str
    level: str
    key: int


class Illustrative:
    """The marks of the figures of a unit and of what lies in it."""

    def __init__(self, connection: Connection, asked: Asked, communes: Sequence[int]) -> None:
        self._filed: dict[tuple[Any, ...], dict[str, bool]] = {}
        found = rows(connection, "illustrative", {**asked.params(), "communes": list(communes)})
        for row in found:
            key = (Unit(row["unit_map"], row["level"], row["unit_key"]), row["measure"])
            of_time = self._filed.setdefault((*key, row["year"], row["period"]), {})
            of_time[row["code"]] = row["is_illustrative"]

    def __call__(
        self, unit: Unit, measure: str, year: int, period: str | None, code: str = ""
    ) -> bool:
        """Whether a figure rests on one that is invented: the indicator's, or, where it was not
        filed itself, those that it is computed from, or any of that time. `code` "": any at all.
        """
        filed = self._filed.get((unit, measure, year, period), {})
        known = [filed[each] for each in (code, *_parts(code)) if each in filed]
        return filed[code] if code in filed else any(known or filed.values())

    def any(self) -> bool:
        """Whether any figure is."""
        return any(is_one for filed in self._filed.values() for is_one in filed.values())


def _parts(code: str) -> Iterable[str]:
    """The indicators that one is computed from."""
    of: Mapping[str, Mapping[str, str]] = {row["indicator_code"]: row for row in seed("indicator")}
    return [of[code][name] for name in _PARTS if of[code][name]] if code in of else []

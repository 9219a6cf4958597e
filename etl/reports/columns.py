"""Which indicators a programme's tables list, and the figures of a unit's communes for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby
from operator import itemgetter

from sqlalchemy import RowMapping

from etl.reports.asked import Asked, Marts
from etl.reports.illustrative import Illustrative


@dataclass
class Member:
    """A unit of a table with what stands in its row: by item ("households baseline") the figure, as
    published, and on how many communes it rests."""

    key: int
    name: str
    level: str
    values: dict[str, Decimal | None] = field(default_factory=dict)
    coverage: dict[str, str | None] = field(default_factory=dict)

    def value(self, item: str) -> Decimal | None:
        """The figure of an item; None where there is none."""
        return self.values.get(item)

    def is_invented(self, column: RowMapping, marks: Illustrative, period: str | None) -> bool:
        """Whether the figure of a column is; of what was reached, the one of a period."""
        unit = marks.here._replace(level=self.level, key=self.key)
        is_commune = self.level == "commune"
        by_whom = ("district", "province") if is_commune else ("assigned_sum",)
        measures: dict[str, list[tuple[str, str | None]]] = {
            "baseline": [("baseline", "OPEN")],
            "assigned": [(by, "Y") for by in by_whom],
            "registered": [("registered" if is_commune else "registered_sum", "Y")],
            "actual": [("actual", period)],
        }  # fmt: skip
        of = measures.get(column["measure"], [])
        return any(marks.is_(by, when, column["indicator_code"], unit=unit) for by, when in of)


def shown_columns(marts: Marts, asked: Asked) -> Mapping[str, list[RowMapping]]:
    """What the tables of the programme list, by place, in their order; [] for any other place."""
    places: defaultdict[str, list[RowMapping]] = defaultdict(list)
    for row in marts.rows("columns", asked.params()):
        places[row["place"]].append(row)
    return places


def registered(marts: Marts, asked: Asked) -> list[Member]:
    """The communes of the unit in the order of the filed assignment, then the unit itself, with all
    that the programme's tables list of the start of the year, of what was assigned and registered.
    """
    rows = marts.rows("register", asked.params())
    members = []
    for (key, name, level, _is_total), of_unit in groupby(
        rows, key=itemgetter("unit_key", "unit_name", "level", "is_total")
    ):
        member = Member(key, name, level)
        for row in of_unit:
            member.values[row["item"]] = row["value"]
            member.coverage[row["item"]] = row["coverage"]
        members.append(member)
    return members

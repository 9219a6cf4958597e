"""Funds of a unit, the periods of a year beside each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from etl.catalogue.periods import for_tables
from etl.reports.asked import Asked, Marts
from etl.reports.words import one

Row = Mapping[str, Any]
STAGES_OF_A_YEAR = ("need", "plan")  # stated for the whole time; what is done, by period
STAGES_OF_A_PERIOD = ("allocated", "disbursed", "mobilised")
_LINE = itemgetter("kind", "project_code", "source", "nature")


@dataclass(frozen=True)
class FundLine:
    """A project line and source, what of it is of one nature, or a total, million VND.

    Attributes:
        about: the names of the line; `need_million_vnd`, `plan_million_vnd` of the whole time.
        of: by period the amounts of STAGES_OF_A_PERIOD, disbursed_pct and coverage.
    """

    about: Row
    of: Mapping[str, Row]

    @property
    def kind(self) -> str:
        """`line`, `nature` (of the line above), `source` or `total`."""
        return "nature" if self.about["nature"] else str(self.about["kind"])

    def project(self) -> str:
        """ "Dự án 3 - Tiểu dự án 1: Cải thiện dinh dưỡng"; what has no number is its name."""
        named = (self.about["project_words"], self.about["project_vi"])
        return ": ".join(dict.fromkeys(filter(None, named)))


@dataclass(frozen=True)
class FundTime:
    """A year, or several years that it is one of; the periods that something was done in, as far as
    a table shows them."""

    year_from: int
    year_to: int
    periods: Sequence[str]
    lines: Sequence[FundLine]

    def stages(self) -> list[str]:
        """What is said of each period: what was mobilised only where anything was."""
        amounts = (of["mobilised_million_vnd"] for line in self.lines for of in line.of.values())
        is_raised = any(amount is not None for amount in amounts)
        return [name for name in STAGES_OF_A_PERIOD if name != "mobilised" or is_raised]

    def words(self, language: str) -> str:
        """`năm 2025`, or `giai đoạn 2021–2025`."""
        if self.year_from == self.year_to:
            return f"năm {self.year_to}" if language == "vi" else str(self.year_to)
        years = f"{self.year_from}–{self.year_to}"
        return f"giai đoạn {years}" if language == "vi" else years

    def coverage(self, language: str) -> str:
        """On how many communes each period's total rests."""
        units = "xã" if language == "vi" else "communes"
        total = next(line for line in self.lines if line.kind == "total")
        known = [
            f"{one('periods', period, language)} {total.of[period]['coverage']} {units}"
            for period in self.periods
        ]
        return ", ".join(known)


def fund_times(marts: Marts, asked: Asked) -> list[FundTime]:
    """Funds of the year and of the years that it is one of, on the map asked for."""
    rows: list[Row] = [{**row} for row in marts.rows("funds", asked.params())]
    return [
        _time(list(of_time))
        for _years, of_time in groupby(rows, key=itemgetter("year_from", "year_to"))
    ]


def _time(rows: Sequence[Row]) -> FundTime:
    lines = [_line(list(of_line)) for _key, of_line in groupby(rows, key=_LINE)]
    done = {row["period"] for row in rows if row["coverage"]}
    return FundTime(rows[0]["year_from"], rows[0]["year_to"], for_tables(done), lines)


def _line(rows: Sequence[Row]) -> FundLine:
    stated = {
        name: next((row[name] for row in reversed(rows) if row[name] is not None), None)
        for name in (f"{stage}_million_vnd" for stage in STAGES_OF_A_YEAR)
    }
    return FundLine({**rows[0], **stated}, {row["period"]: row for row in rows})

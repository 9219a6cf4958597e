"""The periods of a year, from sql/seeds/period.csv (also the seed of dw.dim_period): months, the
share of a year's target that is due by its end, and its words.

A figure since 1 January is of the period from January to the filing's last month: "lũy kế" of March
is the first quarter's, of June the first half-year's (since_start).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from etl.ground.seeds import seed

Figures = Literal["since_start", "of_period"]


class Period(NamedTuple):
    """A row of the seed. `first` and `last` are months, 0 where it is a moment (OPEN); `name` and
    `short` are words by language. `in_tables`: a table with a column a period has it always, or
    where it is the latest of its kind."""

    code: str
    kind: str
    first: int
    last: int
    due_share: float
    name: dict[str, str]
    short: dict[str, str]
    in_tables: str


@cache
def periods() -> dict[str, Period]:
    """All periods by code, in the order of the seed."""
    return {
        row["period"]: Period(
            row["period"], row["kind"], int(row["first_month"] or 0), int(row["last_month"] or 0),
            float(row["due_share"]), {w: row[f"name_{w}"] for w in ("vi", "en")},
            {w: row[f"short_{w}"] for w in ("vi", "en")}, row["in_tables"],
        )
        for row in seed("period")
    }  # fmt: skip


def last_day(code: str, year: int) -> date:
    """The last day of a period of a year."""
    month = periods()[code].last
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


@lru_cache(maxsize=32)
def spanning(first: int, last: int) -> str | None:
    """The widest known period of these months, such as H1 of 1 and 6; None where there is none."""
    found = [p.code for p in periods().values() if p.last and (p.first, p.last) == (first, last)]
    return found[0] if found else None


def since_start(code: str) -> str:
    """The period from 1 January to the end of this one: H1 of Q2 and of M06, Y of H2."""
    return spanning(1, periods()[code].last) or code


def for_tables(codes: Iterable[str]) -> list[str]:
    """Those of the codes that a table with a column a period shows, by when they end, of those that
    end together the shortest first: twelve months and what they add up to would be as many
    columns."""
    listed = sorted(codes, key=lambda code: (periods()[code].last, -periods()[code].first))
    latest = {periods()[code].kind: code for code in listed}
    return [code for code in listed
            if periods()[code].in_tables == "always" or code in latest.values()]  # fmt: skip


def within(code: str) -> list[str]:
    """The shorter periods that lie in one."""
    whole = periods()[code]
    return [p.code for p in periods().values()
            if p.last and whole.first <= p.first and p.last <= whole.last
            and (p.first, p.last) != (whole.first, whole.last)]  # fmt: skip


def expanded(listed: Iterable[str]) -> list[str]:
    """Codes of periods, in which a kind ("month", "quarter") stands for all of its own."""
    every = periods().values()
    return [
        code
        for word in listed
        for code in ([p.code for p in every if p.kind == word and p.last] or [word])
    ]

"""What khoxa knows of indicators, projects and sources of funds: sql/seeds/indicator.csv,
project.csv and source.csv with the province's own rows (also the seeds of dw.dim_indicator and
dw.dim_fund)."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from etl.ground.seeds import seed


class Indicator(NamedTuple):
    """What the seed says of an indicator that its figures can be checked by.

    `unit` is the code of a unit of measure; `numerator` and `denominator` are those of a rate in %
    of counts of one time, `part_of` the denominator of the rate whose numerator this one is,
    `fall_of` the level whose fall it is; "" where there is none.
    """

    code: str
    name: str
    unit: str
    kind: str
    numerator: str
    denominator: str
    part_of: str
    fall_of: str


@lru_cache(maxsize=1)
def indicators() -> tuple[Indicator, ...]:
    """All indicators, in the order of the seed."""
    shares = rates()
    wholes = dict(reversed(shares.values()))
    return tuple(
        Indicator(
            *(code, row["name_vi"], row["unit"], row["kind"], *shares.get(code, ("", ""))),
            *(wholes.get(code, ""), row["fall_of"]),
        )
        for row in _rows()
        for code in [row["indicator_code"]]
    )


@lru_cache(maxsize=1)
def indicator_codes() -> frozenset[str]:
    """All indicator codes."""
    return frozenset(indicator_names())


@lru_cache(maxsize=1)
def indicator_names() -> dict[str, str]:
    """The Vietnamese name of each indicator code, in the order of the seed."""
    return {row["indicator_code"]: row["name_vi"] for row in _rows()}


@lru_cache(maxsize=1)
def indicator_units() -> dict[str, str]:
    """The unit of measure of each indicator."""
    return {row["indicator_code"]: row["unit"] for row in _rows()}


@lru_cache(maxsize=1)
def populations() -> frozenset[str]:
    """The codes of all populations that indicators count."""
    return frozenset(row["population"] for row in _rows() if row["population"])


@lru_cache(maxsize=1)
def projects() -> frozenset[str]:
    """The codes of all projects and sub-projects."""
    return frozenset(row["project_code"] for row in seed("project"))


@lru_cache(maxsize=1)
def sources() -> frozenset[str]:
    """The codes of all sources of funds."""
    return frozenset(row["source"] for row in seed("source"))


@lru_cache(maxsize=1)
def rates() -> dict[str, tuple[str, str]]:
    """(numerator, denominator) of each indicator that is a rate of counts of one time, in %."""
    return {
        row["indicator_code"]: (row["numerator_code"], row["denominator_code"])
        for row in _rows()
        if row["numerator_code"] and (row["unit"], row["denominator_measure"]) == ("pct", "same")
    }


def _rows() -> list[dict[str, str]]:
    return seed("indicator")

"""What khoxa knows of programmes, indicators, projects and sources of funds: programme.csv,
indicator.csv, project.csv and source.csv of sql/seeds with the province's own rows (also the seeds
of the dimensions)."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from etl.catalogue.forms import Form
from etl.ground.seeds import seed


class Indicator(NamedTuple):
    """What the seed says of an indicator that its figures can be checked by.

    `unit_of_measure` is the code of one; `numerator` and `denominator` are those of a rate in %
    of counts of one time, `part_of` the denominator of the rate whose numerator this one is,
    `fall_of` the level whose fall it is; "" where there is none. `direction` is up or down.
    """

    code: str
    name: str
    unit_of_measure: str
    kind: str
    numerator: str
    denominator: str
    part_of: str
    fall_of: str
    direction: str


@cache
def indicators() -> tuple[Indicator, ...]:
    """All indicators, in the order of the seed."""
    shares = rates()
    wholes = dict(reversed(shares.values()))
    return tuple(
        Indicator(
            code, row["name_vi"], row["unit_of_measure"], row["kind"],
            *shares.get(code, ("", "")), wholes.get(code, ""), row["fall_of"], row["direction"],
        )
        for code, row in indicator_rows().items()
    )  # fmt: skip


@cache
def indicator_names() -> dict[str, str]:
    """The Vietnamese name of each indicator code, in the order of the seed."""
    return {code: row["name_vi"] for code, row in indicator_rows().items()}


@cache
def indicator_units() -> dict[str, str]:
    """The unit of measure of each indicator."""
    return {code: row["unit_of_measure"] for code, row in indicator_rows().items()}


@cache
def answered() -> frozenset[str]:
    """The codes of all indicators that are answered yes or no."""
    return frozenset(code for code, row in indicator_rows().items() if row["kind"] == "yes_no")


@cache
def populations() -> frozenset[str]:
    """The codes of all populations that indicators count."""
    return frozenset(row["population"] for row in indicator_rows().values()) - {""}


@cache
def programmes() -> frozenset[str]:
    """The codes of all programmes."""
    return frozenset(row["programme_code"] for row in seed("programme"))


@cache
def indicator_programmes() -> dict[str, str]:
    """The programme of each indicator that is of one programme alone."""
    rows = indicator_rows().items()
    return {code: row["programme_code"] for code, row in rows if row["programme_code"]}


@lru_cache(maxsize=8)
def projects(programme: str | None) -> frozenset[str]:
    """The codes of all projects and sub-projects of a programme."""
    listed = seed("project")
    return frozenset(r["project_code"] for r in listed if r["programme_code"] == programme)


@cache
def sources() -> tuple[str, ...]:
    """The codes of all sources of funds, in the order in which they are listed."""
    return tuple(row["source"] for row in seed("source"))


@cache
def rates() -> dict[str, tuple[str, str]]:
    """(numerator, denominator) of each indicator that is a rate of counts of one time, in %."""
    same = ("pct", "same")
    return {code: (row["numerator_code"], row["denominator_code"])
            for code, row in indicator_rows().items() if row["numerator_code"]
            and (row["unit_of_measure"], row["denominator_measure"]) == same}  # fmt: skip


@cache
def indicator_rows() -> dict[str, dict[str, str]]:
    """The rows of the seed by code, in its order."""
    return {row["indicator_code"]: row for row in seed("indicator")}


@cache
def poverty_standards() -> dict[int, str]:
    """The poverty standard of each year, by its years ("2022-2026")."""
    return {int(row["year"]): row["poverty_standard"] for row in seed("year")}


@lru_cache(maxsize=256)
def programme_of(form: Form) -> str | None:
    """Whose funds and targets a form states: the programme that it names, else the one that all of
    its indicators are of, else the only one there is; None where rows say which by indicator."""
    if form.programme:
        return form.programme
    of = indicator_programmes()
    named = [c.indicator for table in form.tables.values() for c in table.columns.values()]
    named += [cell.indicator for table in form.tables.values() for item in table.items.values()
              for cell in item.cells.values()]  # fmt: skip
    found = {of[code] for code in named if code in of} or programmes()
    return next(iter(found)) if len(found) == 1 else None

"""Targets of every shape with figures near them, ladders of progress, and what is no shape. A batch
of hundreds takes more draws than one example may hold, so Hypothesis draws the dice only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from random import Random

from tests.sql.attainment_oracle import Oracle, shown
from tests.sql.attainment_world import (
    COMMUNES,
    INDICATORS,
    MERGED,
    OWN,
    PARTS,
    WAYS,
    Case,
    Figures,
    Key,
    Target,
)

OPERATORS = (">=", ">", "=", "~", "<=", "<", "between")
FLAGS = {"communes_ntm5", "communes_meeting_ntm_poverty"}  # a commune is one, or is not
BELOW = {indicator.denominator for indicator in INDICATORS.values()}


@dataclass(frozen=True)
class Shape:
    indicator: str
    quantity: str
    period_type: str = "year"
    year_from: int = 2024
    unit: str = ""
    total: int | None = None

    @property
    def years(self) -> range:
        return range(self.year_from, 2025)

    @property
    def filed_years(self) -> range:
        """A yearly figure to be reached by the end starts from the year before."""
        is_late = self in LATE and self.quantity == "coverage"
        return range(self.year_from - is_late, 2025)

    def target(self, operator: str, value: Decimal, high: Decimal | None = None) -> Target:
        return Target(
            self.indicator, operator, value, high if operator == "between" else None,
            self.quantity, self.period_type, self.year_from, 2024, self.unit, self.total,
        )  # fmt: skip


LEVELS = tuple(
    Shape(indicator, quantity, period_type, year)
    for indicator, quantity in (
        ("grid_electricity_households", "level"), ("poor_households", "level"),
        ("population", "level"), ("grid_electricity_pct", "coverage"), ("poverty_rate", "level"),
    )
    for period_type, year in (
        ("year", 2024), ("by_end_of", 2022), ("standing", 2023), ("each_year", 2023),
    )
)  # fmt: skip
FLOWS = (
    *(
        Shape(indicator, "count", period_type, year)
        for indicator in ("jobs_created", "poverty_relapsed_households", "poverty_investment")
        for period_type, year in (
            ("year", 2024), ("cumulative", 2022), ("annual_average", 2023), ("annual_rate", 2023),
            ("each_year", 2023),
        )
    ),
    Shape("job_placement_pct", "coverage"),
    Shape("job_placement_pct", "coverage", "each_year", 2023),
    Shape("poor_households_reduction", "change"),
    Shape("poor_households_reduction", "change", "by_end_of", 2023),
    Shape("poverty_rate_reduction", "change"),
    Shape("poverty_rate_reduction", "change", "annual_rate", 2023),
    Shape("poverty_rate_reduction", "change", "unstated", 2023, "pp_per_year"),
    Shape("poverty_budget_share_pct", "share_of_flow"),
)  # fmt: skip
UNITS = (
    Shape("communes_ntm5", "n_of_m", total=3),
    Shape("communes_ntm5", "n_of_m", "by_end_of", 2023, total=3),
    Shape("communes_meeting_ntm_poverty_pct", "share_of_units", "by_end_of", 2023),
    Shape("jobs_created_per_commune_year", "per_unit_average"),
    Shape("jobs_created_per_commune_year", "per_unit_average", "annual_rate", 2023),
)
MINIMA = (
    Shape("jobs_created_per_commune_year", "per_unit_minimum"),
    Shape("jobs_created_per_commune_year", "per_unit_minimum", "each_year", 2023),
)
# a yearly figure that is to be reached by the end of a period; a fall of a rate over several years
LATE = (
    Shape("job_placement_pct", "coverage", "by_end_of", 2023),
    Shape("poverty_rate_reduction", "change", "by_end_of", 2023),
    Shape("jobs_created_per_commune_year", "per_unit_average", "by_end_of", 2023),
)
SUMMED = (*LEVELS, *FLOWS, *UNITS)
COMMON = (*SUMMED, *MINIMA)
EVERY = (*COMMON, *LATE)


def parts(code: str) -> tuple[str, ...]:
    """The counts that a figure is made of; a cut is made of levels."""
    indicator = INDICATORS[code]
    if indicator.each_unit_of:
        return parts(indicator.each_unit_of)
    if indicator.kind == "rate" and indicator.numerator:
        below = parts(indicator.denominator) if indicator.denominator else ()
        return (*parts(indicator.numerator), *below)
    return (indicator.fall_of,) if indicator.fall_of else (code,)


def operators(shape: Shape) -> Sequence[str]:
    """Nobody asks of each commune at most so many."""
    return OPERATORS[:4] if shape in MINIMA else OPERATORS


def size(dice: Random, code: str) -> Decimal:
    """A figure of one commune; a whole is never less than its part."""
    low, high = (20, 30) if code in BELOW and code != "poor_households" else (0, 20)
    return Decimal(dice.randint(low, 1 if code in FLAGS else high))


def filed(dice: Random, shape: Shape, communes: Sequence[int] = COMMUNES) -> Figures:
    """All that communes file of a shape's years; denominators stay as they are."""
    figures: Figures = {}
    for who in communes:
        for code in parts(shape.indicator):
            level = INDICATORS[code].timing == "stock"
            fixed = size(dice, code) if code in BELOW and code != "poor_households" else None
            for year in shape.filed_years:
                for period in (*(("OPEN",) if level else ()), "H1", "Y"):
                    measure = "baseline" if period == "OPEN" else "actual"
                    if period == "OPEN" and year > shape.year_from and len(shape.years) == 3:
                        continue
                    value = size(dice, code) if fixed is None else fixed
                    figures[who, code, year, period, measure] = value
    return figures


def thinned(dice: Random, figures: Figures) -> Figures:
    """Some of it is missing, now and then, or filed by the district itself."""
    way = dice.choice(["all"] * 5 + ["who", "year", "OPEN", "own", "cell"])
    if way in ("who", "own"):
        gone = dice.choice(COMMUNES)
        kept = {key: value for key, value in figures.items() if key[0] != gone}
        return {**kept, **district_sum(figures)} if way == "own" else kept
    if way == "year":
        year = dice.choice(sorted({key[2] for key in figures}))
        return {key: value for key, value in figures.items() if key[2] != year}
    if way == "OPEN":
        return {key: value for key, value in figures.items() if key[3] != "OPEN"}
    if way == "cell":
        gone = dice.choice(sorted(figures))
        return {key: value for key, value in figures.items() if key != gone}
    return figures


def district_sum(figures: Figures) -> Figures:
    """What the district files itself where it adds up its communes."""
    found: Figures = {}
    for (_, *figure), value in figures.items():
        key: Key = (OWN, *figure)  # type: ignore[assignment]
        found[key] = found.get(key, Decimal(0)) + value
    return found


def aimed(dice: Random, shape: Shape, operator: str, figures: Figures) -> Target:
    """A target at, just beside, twice or half of what was reached by the end or half a year
    before, or that the first year of some is on the path to exactly."""
    oracle = Oracle(Case(shape.target(">=", Decimal(1)), figures))
    period = dice.choice(("Y", "Y", "H1"))
    reached = oracle.actual(2024, period)[0] or Fraction(10)
    first = oracle.actual(shape.year_from, "Y")[0]
    decimals = INDICATORS[shape.indicator].decimals
    tick = Decimal(1).scaleb(-decimals)
    factor = dice.choice([1, 1, 1, 1, 2, Fraction(1, 2)])
    off = dice.choice([-5, -tick, 0, 0, tick, 1, 5])
    if operator == "~":  # at the edge of about
        factor = dice.choice([1, Fraction(20, 19), Fraction(20, 21)])
    if oracle.is_sum and first and dice.random() < 0.5:
        reached, factor, off = first, len(shape.years), 0
    value = max(shown(reached * factor, decimals) + off, Decimal(0))
    return shape.target(operator, value, value + dice.randint(0, 5))


def judged(dice: Random, shapes: Sequence[Shape] = COMMON) -> Case:
    shape = dice.choice(shapes)
    figures = filed(dice, shape)
    target = aimed(dice, shape, dice.choice(operators(shape)), figures)
    return Case(target, thinned(dice, figures))


def complete(dice: Random, shapes: Sequence[Shape]) -> Case:
    """Every commune has filed every figure."""
    shape = dice.choice(shapes)
    figures = filed(dice, shape)
    return Case(aimed(dice, shape, dice.choice(OPERATORS), figures), figures)


def merged(dice: Random) -> list[Case]:
    """One target, and its figures of 2025 and before filed by the communes that became others, by
    those that came of them, and by each in its time; a share of units is of other units then."""
    shape = dice.choice([one for one in SUMMED if one.quantity != "share_of_units"])
    figures = filed(dice, shape, PARTS)
    target = aimed(dice, shape, dice.choice(OPERATORS), district_sum(figures))
    at = dice.choice((OWN, OWN, MERGED[0]))
    target = replace(target, at=at, year_from=target.year_from + 1, year_to=2025)
    gone = dice.choice((0, 0, 0, 4))
    old = {
        (who, code, year + 1, period, measure): value
        for (who, code, year, period, measure), value in figures.items() if who != gone
    }  # fmt: skip
    after = {key for key in old if key[2:4] == (2025, "Y")}
    return [
        Case(target, old),
        Case(target, _moved(old, set(old))),
        Case(target, _moved(old, after)),
    ]


def _moved(figures: Figures, keys: set[Key]) -> Figures:
    """Some figures of old communes as those that they became file them."""
    found: Figures = {}
    for key, value in figures.items():
        there: Key = (WAYS[key[0]], *key[1:]) if key in keys else key
        found[there] = found.get(there, Decimal(0)) + value
    return found


def ladder(dice: Random, shape: Shape, operator: str) -> list[Case]:
    """One target and all its figures but one of a commune, which gets better step by step."""
    figures = thinned(dice, filed(dice, shape))
    code = parts(shape.indicator)[0]
    moving = [
        key for key in figures if key[1] == code and key[4] == "actual" and key[2] in shape.years
    ]
    if not moving:
        figures[1, code, 2024, "Y", "actual"] = Decimal(1)
        moving = [(1, code, 2024, "Y", "actual")]
    key = dice.choice(sorted(moving)[::-1])
    steps = sorted({size(dice, code) for _ in range(3)})
    target = aimed(dice, shape, operator, {**figures, key: steps[len(steps) // 2]})
    indicator = INDICATORS[shape.indicator]
    is_fall = bool(INDICATORS[indicator.numerator or indicator.code].fall_of)
    if Oracle(Case(target, figures)).is_cap() != is_fall:
        steps.reverse()
    return [Case(target, {**figures, key: step}) for step in steps]


def wild(dice: Random) -> Case:
    """A target as no plan would state it: quantity, period, unit and people at random."""
    case = judged(dice, EVERY)
    quantities = (
        "level", "change", "count", "coverage", "share_of_units", "n_of_m", "per_unit_minimum",
        "per_unit_average", "share_of_flow", "text_only",
    )  # fmt: skip
    periods = (
        "year", "annual_rate", "annual_average", "by_end_of", "standing", "cumulative",
        "each_year", "unstated",
    )  # fmt: skip
    target = replace(
        case.target,
        quantity=dice.choice((case.target.quantity, *quantities)),
        period_type=dice.choice((case.target.period_type, *periods)),
        unit=dice.choice(("", "", "", "person", "pp_per_year")),
        population=dice.choice((*[""] * 6, "households", "communes_30_pct_frozen", "danh sách A")),
        year_from=dice.choice((2021, 2022, 2023, 2024)),
    )
    if target.quantity == "text_only":
        target = replace(target, operator="none", value=None, high=None)
    total = dice.choice((None, 3, 4)) if target.quantity == "n_of_m" else None
    return Case(replace(target, total=total), case.figures)

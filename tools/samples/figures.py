"""Invented half-year figures (số liệu minh hoạ), deterministic and consistent with each other.

Start-of-year counts, assigned cuts and fund plans are facts; everything made from them here
is not. Only `Random.random()` is used, which gives the same series on every Python version.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from tools.samples.facts import CommuneStart, PlanLine
from tools.samples.report import CommuneReport, Count, FundLine, Money

PACES = (  # share of the year's cut reached at half-year, by the commune's place in the register
    *(0.53, 0.50, 0.93, 0.44, 0.52, 0.10, 0.90, 0.50, 0.80),
    *(0.47, 0.54, 0.40, 1.00, 0.13, 0.87, 0.52, 0.05),
)
JOB_SEEKERS, JOBS, EXPORTED = 790, 380, 35  # persons, the district's half-year
HOUSING_DEMAND, HOUSED = 480, 230  # households, likewise
ALLOCATED_PCT = 90  # of the district's plan, handed on to communes
PARTIAL_LINE, PARTIAL_UNITS = "DA2", 10  # this line goes to the ten poorest communes only


@dataclass(frozen=True, slots=True)
class District:
    """Where the communes are: names with type ("huyện Na Rì", "tỉnh Bắc Kạn") and the year."""

    district: str
    province: str
    year: int


@dataclass(frozen=True, slots=True)
class People:
    """A commune at half-year: households (all, poor, near-poor) and persons (poor, all)."""

    households: int
    poor: int
    near_poor: int
    poor_persons: int
    population: int


def invent_reports(
    district: District, communes: Sequence[CommuneStart], plan: Sequence[PlanLine]
) -> list[CommuneReport]:
    """One report a commune, in their order; money is text in every second one."""
    series = [Random(f"{district.year} H1 {commune.code}") for commune in communes]
    people = [
        _people(commune, PACES[place % len(PACES)], random)
        for place, (commune, random) in enumerate(zip(communes, series, strict=True))
    ]
    shared = _shared_counts(people, series)
    funds = _funds(communes, plan, series)
    return [
        CommuneReport(
            unit=commune.name,
            district=district.district,
            province=district.province,
            year=district.year,
            counts=counts(people[place], shared[place], series[place]),
            funds=funds[place],
            money_as_text=place % 2 == 1,
        )
        for place, commune in enumerate(communes)
    ]


def apportion(total: int, weights: Sequence[float]) -> list[int]:
    """Split `total` into whole parts in proportion to `weights` (largest remainder)."""
    whole = sum(weights)
    exact = [total * weight / whole for weight in weights]
    parts = [int(share) for share in exact]
    by_remainder = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for place in by_remainder[: total - sum(parts)]:
        parts[place] += 1
    return parts


def between(random: Random, low: float, high: float) -> float:
    """A figure of the series between two bounds."""
    return low + (high - low) * random.random()


def _people(commune: CommuneStart, pace: float, random: Random) -> People:
    households = commune.households + round(between(random, -2, 4))
    poor = commune.poor_households - round(commune.cut_households * pace)
    return People(
        households=households,
        poor=poor,
        near_poor=round(households * between(random, 0.08, 0.14)),
        poor_persons=round(poor * between(random, 4.1, 4.6)),
        population=round(households * between(random, 4.0, 4.4)),
    )


def _shared_counts(people: Sequence[People], series: Sequence[Random]) -> list[list[Count]]:
    """Counts with a district total of their own, by commune: jobs, labour export, housing."""
    seekers = apportion(JOB_SEEKERS, [unit.households for unit in people])
    jobs = spread(JOBS, seekers, series)
    exported = spread(EXPORTED, jobs, series)
    demand = apportion(HOUSING_DEMAND, [unit.poor + unit.near_poor for unit in people])
    housed = spread(HOUSED, demand, series)
    return [
        [
            Count(jobs[place], seekers[place]),
            Count(exported[place], None),
            Count(housed[place], demand[place]),
        ]
        for place in range(len(people))
    ]


def spread(total: int, demand: Sequence[int], series: Sequence[Random]) -> list[int]:
    """Split `total` by demand, each commune up to three tenths above or below its share."""
    weights = [
        size * between(random, 0.7, 1.3) for size, random in zip(demand, series, strict=True)
    ]
    return apportion(total, weights)


def counts(people: People, shared: Sequence[Count], random: Random) -> tuple[Count, ...]:
    """The counts of one commune in the order of the form's indicators; `shared`: jobs, labour
    export, housing."""

    def part(total: int, low: float, high: float) -> Count:
        return Count(min(total, round(total * between(random, low, high))), total)

    both = people.poor + people.near_poor
    jobs, exported, housing = shared
    return (
        Count(people.poor, people.households),
        Count(people.near_poor, people.households),
        part(people.poor_persons, 0.97, 1.01),
        part(people.population, 0.965, 0.995),
        part(both, 0.62, 0.82),
        part(both, 0.54, 0.76),
        jobs,
        exported,
        part(round(people.households * between(random, 0.012, 0.018)), 0.45, 0.80),
        housing,
        part(round(both * between(random, 0.25, 0.40)), 0.70, 1.02),
        part(round(both * between(random, 0.50, 0.70)), 0.88, 0.99),
        part(people.households, 0.968, 1.0),
        part(round(between(random, 3, 12)), 0.80, 1.05),
    )


def _funds(
    communes: Sequence[CommuneStart], plan: Sequence[PlanLine], series: Sequence[Random]
) -> list[tuple[FundLine, ...]]:
    """The fund lines of each commune: shares of the plan by households, partly disbursed."""
    poorest = sorted(communes, key=lambda unit: -unit.poor_households / unit.households)
    chosen = {unit.code for unit in poorest[:PARTIAL_UNITS]}
    by_line = []
    for line in plan:
        weights = [
            unit.households if line.code != PARTIAL_LINE or unit.code in chosen else 0
            for unit in communes
        ]
        central = apportion(line.central_cents * ALLOCATED_PCT // 100, weights)
        local = apportion(line.local_cents * ALLOCATED_PCT // 100, weights)
        by_line.append(
            [
                FundLine(line.label, _money(*amounts, random) if weight else None)
                for weight, amounts, random in zip(
                    weights, zip(central, local, strict=True), series, strict=True
                )
            ]
        )
    return list(zip(*by_line, strict=True))


def _money(central: int, local: int, random: Random) -> Money:
    """Allocated hundredths of a million VND, 20 to 60 % of each source disbursed."""
    share = between(random, 0.22, 0.58)
    return Money(central, local, _disbursed(central, share), _disbursed(local, share))


def _disbursed(allocated: int, share: float) -> int:
    return max(-(-allocated // 5), min(allocated * 3 // 5, round(allocated * share)))

"""Invented figures of the household review at the end of 2024 (số liệu minh hoạ).

Households and poor households are facts: those of the start of 2025. Ethnic-minority (DTTS) and
near-poor households, movements and deprivations are not. As in figures.py, only
`Random.random()` is used.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from tools.samples.facts import CommuneStart

YEAR = 2024
UNCORRECTED = {"Xã Kim Hỷ": (3, -4), "Xã Cường Lợi": (-2, 1)}  # poor, near-poor beyond the official
FLOWS = (  # share of the end's poor households, least and most; the first three are decreases
    *((0.04, 0.08), (0.02, 0.05), (0.0, 0.01)),
    *((0.0, 0.02), (0.0, 0.006), (0.0, 0.012), (0.0, 0.004)),
)
DECREASES = 3
DEPRIVED = (  # share of poor households, least and most, by indicator of NĐ 07/2021
    *((0.30, 0.50), (0.20, 0.40), (0.10, 0.25), (0.02, 0.10), (0.35, 0.55), (0.01, 0.05)),
    *((0.30, 0.55), (0.15, 0.35), (0.20, 0.45), (0.45, 0.75), (0.25, 0.50), (0.15, 0.35)),
)


@dataclass(frozen=True, slots=True)
class Review:
    """One commune's households: all, poor, near-poor, and those of ethnic minorities in each.

    `is_town` says in which block it stands; `unit` is its name with type.
    """

    unit: str
    is_town: bool
    households: int
    minority: int
    poor: int
    minority_poor: int
    near_poor: int
    minority_near_poor: int

    def counts(self) -> tuple[int, ...]:
        """The counts in the order of the form."""
        return (
            *(self.households, self.minority, self.poor, self.minority_poor),
            *(self.near_poor, self.minority_near_poor),
        )


@dataclass(frozen=True, slots=True)
class Movement:
    """One line of a commune: start, the seven flows in the order of the form, end."""

    unit: str
    start: int
    flows: tuple[int, ...]
    end: int

    def counts(self) -> tuple[int, ...]:
        """The counts in the order of the form."""
        return (self.start, *self.flows, self.end)


@dataclass(frozen=True, slots=True)
class Deprivations:
    """One commune's poor and near-poor households, and the deprived of each by indicator."""

    unit: str
    poor: int
    near_poor: int
    deprived: tuple[tuple[int, int], ...]


def invent_reviews(communes: Sequence[CommuneStart]) -> list[Review]:
    """The official review, in the order of the communes."""
    return [_review(commune, Random(f"{YEAR} review {commune.code}")) for commune in communes]


def preliminary(reviews: Sequence[Review]) -> list[Review]:
    """The review as counted in November: two communes were still to be corrected."""
    changes = [UNCORRECTED.get(review.unit, (0, 0)) for review in reviews]
    return [
        replace(review, poor=review.poor + poor, near_poor=review.near_poor + near_poor)
        for review, (poor, near_poor) in zip(reviews, changes, strict=True)
    ]


def invent_movements(communes: Sequence[CommuneStart]) -> list[tuple[Movement, Movement]]:
    """Households and persons of each commune; the households end as the official review."""
    return [_movement(commune, Random(f"{YEAR} movement {commune.code}")) for commune in communes]


def invent_deprivations(review: Review) -> Deprivations:
    """What the poor and near-poor of one commune lack; the near-poor lack it half as often."""
    random = Random(f"{YEAR} deprivations {review.unit}")
    shares = [_between(random, *span) for span in DEPRIVED]
    deprived = tuple((round(review.poor * s), round(review.near_poor * s / 2)) for s in shares)
    return Deprivations(review.unit, review.poor, review.near_poor, deprived)


def _review(commune: CommuneStart, random: Random) -> Review:
    is_town = commune.name.startswith("Thị trấn")
    near_poor = round(commune.households * _between(random, 0.08, 0.14))
    minority = _between(random, 0.62, 0.70) if is_town else _between(random, 0.84, 0.96)
    return Review(
        unit=commune.name,
        is_town=is_town,
        households=commune.households,
        minority=round(commune.households * minority),
        poor=commune.poor_households,
        minority_poor=round(commune.poor_households * _between(random, 0.86, 0.98)),
        near_poor=near_poor,
        minority_near_poor=round(near_poor * _between(random, 0.78, 0.92)),
    )


def _movement(commune: CommuneStart, random: Random) -> tuple[Movement, Movement]:
    flows = tuple(round(commune.poor_households * _between(random, *span)) for span in FLOWS)
    persons = _between(random, 4.1, 4.6)
    return (
        _line(commune.name, flows, commune.poor_households),
        _line(
            commune.name,
            tuple(round(flow * persons) for flow in flows),
            round(commune.poor_households * persons),
        ),
    )


def _line(unit: str, flows: tuple[int, ...], end: int) -> Movement:
    start = end + sum(flows[:DECREASES]) - sum(flows[DECREASES:])
    return Movement(unit, start, flows, end)


def _between(random: Random, low: float, high: float) -> float:
    return low + (high - low) * random.random()

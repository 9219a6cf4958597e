"""Invented year-end figures (số liệu minh hoạ) of the six communes that Na Rì's 17 became.

Which commune became which, and the start-of-year counts, are facts; the rest follows from the
half-year reports of the parts: what is counted since the start of the year never falls.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from tools.samples.facts import CommuneStart, Merge
from tools.samples.figures import People, between, counts, spread
from tools.samples.report import CommuneReport, Count, FundLine, Money

PROVINCE = "tỉnh Thái Nguyên"
REACHED = (73, 50, 41, 80, 38, 72)  # households out of poverty, by new commune: 354 of 361
JOBS, EXPORTED, HOUSED = 756, 62, 470  # of the six together, since the start of the year
JOBS_AT, EXPORTED_AT, HOUSING_AT = 6, 7, 9  # their places in the form
SINCE_JUNE_AT = (8, 10, 13)  # training, credit, legal aid: what is drawn is the second half's


def invent_year_end(
    merges: Sequence[Merge], starts: Sequence[CommuneStart], half_year: Sequence[CommuneReport]
) -> list[CommuneReport]:
    """One yearly report a new commune, in the order of `merges`; money is text in every second."""
    pairs = list(zip(starts, half_year, strict=True))
    by_code = {start.code: (start, report) for start, report in pairs}
    parts = [[by_code[code] for code in merge.old_codes] for merge in merges]
    series = [Random(f"{half_year[0].year} Y {merge.code}") for merge in merges]
    shared = _shared([[report for _start, report in each] for each in parts], series)
    return [
        CommuneReport(
            unit=merge.name,
            district="",
            province=PROVINCE,
            year=half_year[0].year,
            counts=_since_january(
                [report for _start, report in parts[place]],
                counts(
                    _people([start for start, _ in parts[place]], REACHED[place], series[place]),
                    shared[place],
                    series[place],
                ),
            ),
            funds=_funds([report for _start, report in parts[place]], series[place]),
            money_as_text=place % 2 == 1,
            period="Y",
        )
        for place, merge in enumerate(merges)
    ]


def _people(starts: Sequence[CommuneStart], reached: int, random: Random) -> People:
    households = sum(start.households for start in starts) + round(between(random, -3, 12))
    poor = sum(start.poor_households for start in starts) - reached
    return People(
        households=households,
        poor=poor,
        near_poor=round(households * between(random, 0.09, 0.12)),
        poor_persons=round(poor * between(random, 4.2, 4.5)),
        population=round(households * between(random, 4.1, 4.3)),
    )


def _shared(
    parts: Sequence[Sequence[CommuneReport]], series: Sequence[Random]
) -> list[list[Count]]:
    """Jobs, labour export and housing: what the parts had reached at half-year, and more."""

    def year(total: int, at: int) -> list[int]:
        so_far = [sum(report.counts[at].reached for report in each) for each in parts]
        more = spread(total - sum(so_far), so_far, series)
        return [first + second for first, second in zip(so_far, more, strict=True)]

    def whole(at: int) -> list[int]:
        return [sum(report.counts[at].total or 0 for report in each) for each in parts]

    jobs, housed = year(JOBS, JOBS_AT), year(HOUSED, HOUSING_AT)
    seekers, demand = whole(JOBS_AT), whole(HOUSING_AT)
    return [
        [
            Count(job, max(job, seeking)),
            Count(gone, None),
            Count(house, max(house, needed)),
        ]
        for job, seeking, gone, house, needed in zip(
            jobs, seekers, year(EXPORTED, EXPORTED_AT), housed, demand, strict=True
        )
    ]


def _since_january(parts: Sequence[CommuneReport], drawn: Sequence[Count]) -> tuple[Count, ...]:
    """The counts of the year: of three that nothing else ties, the parts' half-year and more."""
    return tuple(
        Count(
            count.reached + sum(part.counts[at].reached for part in parts),
            (count.total or 0) + sum(part.counts[at].total or 0 for part in parts),
        )
        if at in SINCE_JUNE_AT
        else count
        for at, count in enumerate(drawn)
    )


def _funds(parts: Sequence[CommuneReport], random: Random) -> tuple[FundLine, ...]:
    """What the parts were given, 86 to 99 % of it disbursed."""
    share = Decimal(str(round(between(random, 0.86, 0.99), 4)))
    lines = []
    for of_line in zip(*(report.funds for report in parts), strict=True):
        given = [line.money for line in of_line if line.money]
        central = sum(money.allocated_central for money in given)
        local = sum(money.allocated_local for money in given)
        money = Money(central, local, _share(central, share), _share(local, share))
        lines.append(FundLine(of_line[0].label, money if given else None))
    return tuple(lines)


def _share(cents: int, share: Decimal) -> int:
    return int((cents * share).quantize(Decimal(1), ROUND_HALF_UP))

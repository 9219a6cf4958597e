"""Verdict and progress of a drawn target: a second method, of docs/attainment.md, in fractions."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from tests.sql.attainment_world import COMMUNES, INDICATORS, OWN, Case, Figures, Target, When

Judged = tuple[str, Decimal | None]  # verdict, attainment_pct
YEARLY = ("year", "annual_rate", "each_year", "standing")
UNJUDGED: Judged = ("not_assessable", None)


def shown(value: Fraction, decimals: int = 2) -> Decimal:
    """As published: a half goes up, away from zero."""
    step = 10**decimals
    whole = (abs(value) * step).limit_denominator(10**30)
    up = Decimal(int(whole + Fraction(1, 2))).scaleb(-decimals)
    return (-up if value < 0 else up).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


@dataclass(frozen=True)
class Known:
    """A district's figure; no value where the denominator is 0."""

    value: Fraction | None
    reported: int = len(COMMUNES)

    @property
    def is_partial(self) -> bool:
        return self.reported < len(COMMUNES)


def known(figures: Figures, code: str, year: int, period: str, measure: str) -> Known | None:
    """A district's figure: the sum of its communes, its own where not all of them reported; a
    rate is recomputed from the sums of both its counts. None where nothing is reported."""
    pairs = [_pair(figures, who, code, year, period, measure) for who in COMMUNES]
    found = [pair for pair in pairs if pair]
    own = _pair(figures, OWN, code, year, period, measure)
    if len(found) < len(COMMUNES) and own:
        return Known(_ratio(code, [own]))
    if len(found) < len(COMMUNES) and (OWN, code, year, period, measure) in figures:
        return Known(Fraction(figures[OWN, code, year, period, measure]))
    if not found:
        return None
    return Known(_ratio(code, found), len(found))


def _ratio(code: str, pairs: list[tuple[Fraction, Fraction]]) -> Fraction | None:
    top, below = (sum(column, Fraction()) for column in zip(*pairs, strict=True))
    if INDICATORS[code].kind == "count":
        return top
    return 100 * top / below if below else None


def _pair(
    figures: Figures, who: int, code: str, year: int, period: str, measure: str
) -> tuple[Fraction, Fraction] | None:
    """Numerator and denominator of one unit; a count stands over 1."""
    indicator = INDICATORS[code]
    if indicator.kind == "count":
        value = _count(figures, who, code, year, period, measure)
        return None if value is None else (value, Fraction(1))
    start = ("OPEN", "baseline") if indicator.opening else (period, measure)
    top = _count(figures, who, indicator.numerator, year, period, measure)
    if top is not None and indicator.numerator and not indicator.denominator:
        return top, Fraction(len(COMMUNES) if who == OWN else 1)
    below = _count(figures, who, indicator.denominator, year, *start)
    return None if top is None or below is None else (top, below)


def _count(
    figures: Figures, who: int, code: str, year: int, period: str, measure: str
) -> Fraction | None:
    if (who, code, year, period, measure) in figures:
        return Fraction(figures[who, code, year, period, measure])
    level = INDICATORS[code].fall_of if code in INDICATORS else ""
    if level and measure == "actual":  # a cut is what there was less what there is
        before = figures.get((who, level, year, "OPEN", "baseline"))
        after = figures.get((who, level, year, period, "actual"))
        if before is not None and after is not None:
            return Fraction(before) - Fraction(after)
    return None


class Oracle:
    def __init__(self, case: Case) -> None:
        self.target: Target = case.target
        self.figures = case.figures
        self.indicator = INDICATORS[case.target.indicator]
        target = self.target
        self.is_average = target.period_type == "annual_average" or (
            target.unit == "pp_per_year" and target.period_type not in YEARLY[1:]
        )
        self.is_average = self.is_average and target.year_from < target.year_to
        self.is_yearly = target.period_type in YEARLY or target.year_from == target.year_to
        self.is_sum = (
            not self.is_average and not self.is_yearly and self.indicator.timing == "flow"
            and (target.period_type == "cumulative" or target.quantity == "change")
        )  # fmt: skip
        # points off a rate over several years: what it was at first less what it is
        self.is_fall = self.is_sum and self.indicator.kind == "rate"
        self.is_sum = self.is_sum and not self.is_fall
        # a yearly figure, to be reached by the end
        self.is_late = (
            self.indicator.timing == "flow"
            and not (self.is_yearly or self.is_sum or self.is_fall or self.is_average)
        )  # fmt: skip
        # both its counts run since 1 January: the rate so far is one at any time
        below = INDICATORS.get(self.indicator.denominator)
        self.is_rate_so_far = (
            self.indicator.timing == "flow" and self.indicator.kind == "rate"
            and (target.quantity == "share_of_flow" or bool(below and below.timing == "flow"))
        )  # fmt: skip
        # an average keeps two decimals, however whole the counts are
        self.decimals = max(self.indicator.decimals, 2 if self.is_average else 0)

    def rows(self) -> dict[When, Judged]:
        found = {}
        for year in range(self.target.year_from, self.target.year_to + 1):
            for period in ("Y",) if self.is_average else ("H1", "Y"):
                if self.figure(year, period):
                    found[year, period] = self.judge(year, period)
        return found or {(self.target.year_to, "Y"): UNJUDGED}

    def figure(self, year: int, period: str) -> Known | None:
        """The figure of one year that the target's shape asks for."""
        quantity, each = self.target.quantity, self.indicator.each_unit_of
        if self.is_fall:
            rate, first = self.indicator.fall_of, self.target.year_from
            now = known(self.figures, rate, year, period, "actual")
            start = known(self.figures, rate, first, "OPEN", "baseline")
            if now is None or start is None or None in (now.value, start.value) or start.is_partial:
                return now and Known(None)
            return Known(start.value - now.value, now.reported)  # type: ignore[operator]
        if not each:
            return known(self.figures, self.indicator.code, year, period, "actual")
        if quantity == "per_unit_minimum":
            figures = [_count(self.figures, who, each, year, period, "actual") for who in COMMUNES]
            found = [one for one in figures if one is not None]
            return Known(min(found), len(found)) if found else None
        count = known(self.figures, each, year, period, "actual")
        return count and Known((count.value or Fraction()) / count.reported, count.reported)

    def actual(self, year: int, period: str) -> tuple[Fraction | None, bool]:
        """What is compared with the target, and whether communes or years are missing in it."""
        this = self.figure(year, period)
        if this is None or this.value is None:
            return None, False
        if self.target.quantity == "share_of_units":
            return this.value * this.reported / len(COMMUNES), this.is_partial
        if not (self.is_sum or self.is_average):
            return this.value, this.is_partial
        before = [self.figure(y, "Y") for y in range(self.target.year_from, year)]
        values = [one.value for one in before if one and one.value is not None]
        total = sum(values, this.value)
        is_complete = len(values) == len(before)
        is_partial = any(one is None or one.is_partial for one in (*before, this))
        if self.is_average:
            return (total / (len(values) + 1) if is_complete else None), is_partial
        return total, is_partial

    def baseline(self, year: int) -> Fraction | None:
        """Where a level's way begins: the opening of its first year, or the end of the year
        before; unknown where only some communes filed it."""
        if self.is_late and not self.indicator.each_unit_of:
            found = known(
                self.figures, self.indicator.code, self.target.year_from - 1, "Y", "actual"
            )
            return None if found is None or found.is_partial else found.value
        if self.indicator.timing == "flow" or self.target.period_type in ("each_year", "standing"):
            return None
        first = year if self.is_yearly else self.target.year_from
        code = self.indicator.code
        found = known(self.figures, code, first, "OPEN", "baseline")
        found = found or known(self.figures, code, first - 1, "Y", "actual")
        return None if found is None or found.is_partial else found.value

    def judge(self, year: int, period: str) -> Judged:
        actual, is_missing = self.actual(year, period)
        if actual is None or (self.is_average and year == self.target.year_from):
            return UNJUDGED
        baseline = self.baseline(year)
        is_final = period == "Y" and (self.is_yearly or year == self.target.year_to)
        pct = self.progress(actual, baseline)
        due = shown(self.due(year, period) * self.enough(baseline))
        verdict = self.verdict(shown(actual, self.decimals), pct, is_final, due)
        is_level = self.indicator.timing == "stock" and self.target.period_type not in YEARLY[2:]
        is_level = is_level or (self.is_late and not self.indicator.each_unit_of)
        is_half = self.is_late and period == "H1" and not self.is_rate_so_far
        if is_half and not self.has_passed(shown(actual, self.decimals)):
            return UNJUDGED
        if verdict == "behind" and is_level and baseline is None and due < 100:
            return UNJUDGED
        if is_missing and self.could_be_overturned(verdict):
            return UNJUDGED
        return verdict, None if is_missing and self.could_get_worse() else pct

    def enough(self, baseline: Fraction | None) -> Fraction:
        """The part of the way that is enough at its end: of "about" not all of it."""
        target = self.target
        if target.operator != "~" or target.value is None:
            return Fraction(1)
        is_from_zero = self.indicator.timing == "flow" and (
            not self.is_late or self.indicator.each_unit_of
        )
        start = Fraction(0) if is_from_zero else baseline
        aim = Fraction(target.value)
        if start is None or aim == start or (self.indicator.timing == "flow" and self.is_cap()):
            return Fraction(1)
        bound = aim * (Fraction(105, 100) if self.is_cap() else Fraction(95, 100))
        return max((bound - start) / (aim - start), Fraction(0))

    def due(self, year: int, period: str) -> Fraction:
        is_half = period == "H1" and not self.is_rate_so_far
        half = Fraction(1, 2) if is_half else Fraction(0)
        first, last = self.target.year_from, self.target.year_to
        if self.is_yearly:
            return 100 * (1 - half)
        return 100 * (year - first + 1 - half) / (last - first + 1)

    def could_be_overturned(self, verdict: str) -> bool:
        is_good = verdict in ("exceeded", "met", "on_track")
        return not self.adds_up() or is_good == self.could_get_worse()

    def adds_up(self) -> bool:
        """A rate, an average or a cut may go either way; a share of units is of all there are."""
        is_cut = self.indicator.code.endswith("_reduction")  # below 0 where there are more poor
        return (self.indicator.kind == "count" and not is_cut) or self.target.quantity in (
            "per_unit_minimum", "share_of_units",
        )  # fmt: skip

    def could_get_worse(self) -> bool:
        """Those missing can only add to a count, and only lower a minimum."""
        return self.adds_up() and (self.is_cap() or self.target.quantity == "per_unit_minimum")

    def is_cap(self) -> bool:
        operator, is_down = self.target.operator, self.indicator.direction == "down"
        return operator in ("<", "<=") or (operator in ("=", "~", "between") and is_down)

    def progress(self, actual: Fraction, baseline: Fraction | None) -> Decimal | None:
        """Per cent of the way; None where there is no way to measure."""
        target = self.target
        aim = target.high if target.operator == "between" and self.is_cap() else target.value
        assert aim is not None
        if self.indicator.timing == "flow" and self.is_cap():  # not a way to go
            return None
        if self.indicator.timing == "flow" and (not self.is_late or self.indicator.each_unit_of):
            return shown(100 * actual / Fraction(aim)) if aim else None
        if baseline is None:
            return None
        start, end = (shown(Fraction(one), self.indicator.decimals) for one in (baseline, aim))
        if end >= start if self.is_cap() else end <= start:
            return None
        return shown(100 * (actual - baseline) / (Fraction(aim) - baseline))

    def verdict(self, actual: Decimal, pct: Decimal | None, is_final: bool, due: Decimal) -> str:
        if is_final and self.is_beyond(actual):
            return "exceeded"
        if self.has_passed(actual):
            return "met" if is_final else "on_track"
        if is_final:
            return "not_met"
        return "on_track" if pct is not None and not self.is_average and pct >= due else "behind"

    def has_passed(self, actual: Decimal) -> bool:
        return self.is_reached(actual) or self.is_beyond(actual)

    def is_reached(self, actual: Decimal) -> bool:
        target, is_down = self.target, self.indicator.direction == "down"
        value = target.value
        assert value is not None
        if target.operator == "between" and target.quantity == "per_unit_minimum":
            return actual >= value
        if target.operator == "between":
            assert target.high is not None
            return value <= actual <= target.high
        if target.operator == "~":
            return (
                actual <= value * Decimal("1.05") if is_down else actual >= value * Decimal("0.95")
            )
        if target.operator in ("<", ">"):
            return actual < value if target.operator == "<" else actual > value
        return actual <= value if self.is_cap() else actual >= value

    def is_beyond(self, actual: Decimal) -> bool:
        target, direction = self.target, self.indicator.direction
        assert target.value is not None
        if target.operator in ("~", "<", ">") or direction == "none":
            return False
        if target.operator == "between":
            assert target.high is not None
            return actual > target.high if direction == "up" else actual < target.value
        if self.is_cap():
            return direction == "down" and actual < target.value
        return direction == "up" and actual > target.value

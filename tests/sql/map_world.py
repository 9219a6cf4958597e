"""Small worlds of communes, events and filings, and what they come to on the maps of two dates: a
second method, from docs/units.md alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, cached_property

FOREVER = date.max
DAY = timedelta(1)
MAPS = {"2025-06-30": date(2025, 6, 30), "2025-07-01": date(2025, 7, 1)}
DECIMALS = {
    "households": 0, "poor_households": 0, "poor_households_reduction": 0,
    "poverty_rate": 2, "poverty_rate_reduction": 2,
}  # fmt: skip
Figure = tuple[str, str, str]  # indicator, measure, period
Share = Decimal | None  # empty: nobody filed it
Places = dict[int, Share]  # key of a unit -> the share that lies in it


@dataclass(frozen=True)
class Unit:
    key: int
    start: date
    end: date
    district: int | None = None
    province: int | None = None

    def on(self, day: date) -> bool:
        return self.start <= day < self.end

    def days_off(self, day: date) -> int:
        """Days between the unit's life and a day; 0 where it was in force."""
        return max((self.start - day).days, (day - self.end).days + 1, 0)


@dataclass(frozen=True)
class Link:
    on: date
    old: int
    new: int
    is_whole: bool
    weight: Share


@dataclass(frozen=True)
class Filing:
    number: int
    form: str
    commune: int
    units_on: date
    figures: dict[Figure, int]


@dataclass(frozen=True, eq=False)
class World:
    year: int
    provinces: tuple[Unit, ...]
    districts: tuple[Unit, ...]
    communes: tuple[Unit, ...]
    links: tuple[Link, ...]
    filings: tuple[Filing, ...] = field(default=())

    def commune(self, key: int) -> Unit:
        return next(unit for unit in self.communes if unit.key == key)

    def current(self) -> list[Filing]:
        """The last filing of every commune and form, in the order that they came in."""
        last = {(filing.commune, filing.form): filing for filing in self.filings}
        return sorted(last.values(), key=lambda filing: filing.number)


def day_of(year: int, figure: Figure) -> date:
    """The day whose units a figure is about."""
    _, measure, period = figure
    if measure != "actual":
        return date(year, 1, 1)
    return date(year, 6, 30) if period == "H1" else date(year, 12, 31)


def _together(parts: Iterable[tuple[int, Share]]) -> Places:
    """Shares by unit; unknown where a part is; all of it where there is one unit only."""
    found: dict[int, list[Share]] = defaultdict(list)
    for key, share in parts:
        found[key].append(share)
    if len(found) == 1:
        return dict.fromkeys(found, Decimal(1))
    return {
        key: None if None in shares else sum(s for s in shares if s is not None)  # type: ignore[misc]
        for key, shares in found.items()
    }


class Oracle:
    def __init__(self, world: World) -> None:
        self.world = world
        self.filed: dict[int, dict[Figure, Decimal]] = defaultdict(dict)
        for filing in world.current():
            for figure, value in filing.figures.items():
                self.filed[filing.commune][figure] = Decimal(value)
        self.later = cache(self._later)
        self.earlier = cache(self._earlier)

    def _later(self, key: int) -> frozenset[int]:
        new = {link.new for link in self.world.links if link.old == key}
        return frozenset(new.union(*map(self.later, new)))

    def _earlier(self, key: int) -> frozenset[int]:
        old = {link.old for link in self.world.links if link.new == key}
        return frozenset(old.union(*map(self.earlier, old)))

    def places(self, key: int, day: date) -> list[tuple[int, Share]]:
        """The communes of a day that have people of a commune, way by way."""
        unit = self.world.commune(key)
        if unit.on(day):
            return [(key, Decimal(1))]
        if unit.start > day:
            old = [link.old for link in self.world.links if link.new == key]
            return [(there, None) for one in old for there, _ in self.places(one, day)]
        return [
            (there, None if None in (weight, share) else weight * share)  # type: ignore[operator]
            for link in self.world.links
            if link.old == key
            for weight in [Decimal(1) if link.is_whole else link.weight]
            for there, share in self.places(link.new, day)
        ]

    def on_map(self, key: int, level: str, unit_map: str) -> Places:
        """The units of a map that have people of a commune."""
        unit = self.world.commune(key)
        if unit_map == "as_filed":
            own = {"commune": key, "district": unit.district, "province": unit.province}[level]
            return {} if own is None else {own: Decimal(1)}
        day = MAPS[unit_map]
        if level == "district":  # the last day with districts places a commune in one for good
            day = min(day, max(district.end for district in self.world.districts) - DAY)
        return _together(
            (getattr(self.world.commune(there), level) if level != "commune" else there, share)
            for there, share in self.places(key, day)
        )

    def figures(self, key: int) -> dict[Figure, tuple[Decimal, Decimal | None, bool]]:
        """Numerator, denominator and whether it rests on what the commune came of."""
        known = {figure: (value, False) for figure, value in self.filed[key].items()}
        for name in ("households", "poor_households"):
            opening = self.opening(key, name)
            if opening is not None:
                known.setdefault((name, "baseline", "OPEN"), (opening, True))
        self._subtract(known)
        found = {
            figure: (value, None, bridged) for figure, (value, bridged) in known.items()
        }  # fmt: skip
        for (name, measure, period), (value, bridged) in known.items():
            rate = {
                "poor_households": "poverty_rate",
                "poor_households_reduction": "poverty_rate_reduction",
            }.get(name)
            starts = measure == "registered" or rate == "poverty_rate_reduction"
            below = known.get(
                ("households", *(("baseline", "OPEN") if starts else (measure, period)))
            )
            if rate and below:
                found[rate, measure, period] = (value, below[0], bridged or below[1])
        return {f: row for f, row in found.items() if not row[2] or f[1] == "actual"}

    def opening(self, key: int, name: str) -> Decimal | None:
        """The opening count of the communes of 1 January that became this one."""
        first = date(self.world.year, 1, 1)
        old = [one for one in self.earlier(key) if self.world.commune(one).on(first)]
        counts = [self.filed[one].get((name, "baseline", "OPEN")) for one in old]
        unit = self.world.commune(key)
        shares = [self._share(one, unit) for one in old]
        if not old or None in counts or None in shares:
            return None
        return sum(c * s for c, s in zip(counts, shares, strict=True))  # type: ignore[operator,misc]

    def _share(self, old: int, unit: Unit) -> Share:
        ways = [share for there, share in self.places(old, unit.start) if there == unit.key]
        return None if None in ways else sum(ways)  # type: ignore[arg-type,return-value]

    @staticmethod
    def _subtract(known: dict[Figure, tuple[Decimal, bool]]) -> None:
        start = known.get(("poor_households", "baseline", "OPEN"))
        for made, of in (
            (
                ("poor_households", "registered", "Y"),
                ("poor_households_reduction", "registered", "Y"),
            ),
            *(
                (("poor_households_reduction", "actual", p), ("poor_households", "actual", p))
                for p in ("H1", "Y")
            ),
        ):
            if start and of in known and made not in known:
                known[made] = (start[0] - known[of][0], start[1] or known[of][1])

    def table(self) -> dict[tuple[object, ...], tuple[object, ...]]:
        """What mart.indicator_by_unit must show, by map, level, unit and figure."""
        candidates = defaultdict(list)
        for unit in self.world.communes:
            for figure, row in self.figures(unit.key).items():
                for unit_map in ("as_filed", *MAPS):
                    if row[2] and unit_map == "as_filed":
                        continue
                    for level in ("commune", "district", "province"):
                        for there, share in self.on_map(unit.key, level, unit_map).items():
                            candidates[unit_map, level, there, figure].append((unit, share, row))
        lines = {
            (unit_map, level, there, *figure): self.line(unit_map, level, there, figure, rows)
            for (unit_map, level, there, figure), rows in candidates.items()
        }
        return {
            key: lines[as_filed]
            if (as_filed := ("as_filed", *key[1:])) in lines
            and self.stands(*key[:3], day_of(self.world.year, key[3:]))
            # as filed it lacks those that are bridged
            and not any(row[2] for _, _, row in candidates[*key[:3], key[3:]])
            else line
            for key, line in lines.items()
        }

    @cached_property
    def moved(self) -> set[tuple[str, str, int]]:
        """Districts and provinces that had other communes in their life than on a map."""
        found = set()
        for level in ("district", "province"):
            lives = {unit.key: unit for unit in getattr(self.world, f"{level}s")}
            for unit_map in MAPS:
                for unit in self.world.communes:
                    own = self.on_map(unit.key, level, "as_filed")
                    there = self.on_map(unit.key, level, unit_map)
                    found |= {
                        (unit_map, level, key)
                        for key in own.keys() | there.keys()
                        if unit.start < lives[key].end
                        and lives[key].start < unit.end
                        and own.get(key, 0) != there.get(key, 0)
                    }
        return found

    def stands(self, unit_map: str, level: str, there: int, day: date) -> bool:
        """Whether what a unit has as filed is its figure on a map, late reports or not."""
        lives = {unit.key: unit for unit in getattr(self.world, f"{level}s")}
        is_same = (unit_map, level, there) not in self.moved
        return level != "commune" and is_same and lives[there].on(day)

    def line(self, unit_map: str, level: str, there: int, figure: Figure, rows: list):
        day = day_of(self.world.year, figure)
        counted: list = []
        for unit, share, row in sorted(rows, key=lambda one: one[0].days_off(day)):
            kin = self.later(unit.key) | self.earlier(unit.key)
            if not any(other.key in kin for other, *_ in counted):
                counted.append((unit, share, row))
        covered = self.coverage(unit_map, level, there, day, [unit for unit, *_ in counted])
        if any(share is None for _, share, _ in counted):
            return None, None, None, "split_without_weights", *covered
        top = sum(share * row[0] for _, share, row in counted)
        below = None
        value = top
        if figure[0].startswith("poverty_rate"):
            below = sum(share * row[1] for _, share, row in counted)
            value = 100 * top / below
        step = Decimal(1).scaleb(-DECIMALS[figure[0]])
        return top, below, value.quantize(step, ROUND_HALF_UP), "", *covered

    def coverage(
        self, unit_map: str, level: str, there: int, day: date, counted: list[Unit]
    ) -> tuple[int | None, int | None]:
        """Units of the day that are known, and all; empty where nothing is of its own day."""
        of_day = {
            unit.key for unit in self.world.communes
            if unit.on(day) and there in self.on_map(unit.key, level, unit_map)
        }  # fmt: skip
        known = Counter(unit.key for unit in counted if unit.on(day))
        if not known:
            return None, None
        for unit in counted:
            if unit.start > day:
                known.update(
                    one for one in self.earlier(unit.key) & of_day if self._share(one, unit) == 1
                )
        return len(known), len(of_day)

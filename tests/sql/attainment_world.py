"""Districts drawn by the hundred, each with its own communes, one target and its figures: how they
come into a warehouse in one night, and how mart.attainment judges them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from sqlalchemy import Connection, text

from etl import aggregate
from etl.ground import database
from etl.ground.config import SEEDS_DIR, Settings
from tests.sql.map_world import FOREVER, Link, Unit, World

START, REFORM = date(2021, 1, 1), date(2025, 7, 1)
OWN = 0  # the district itself; its communes are 1, 2, 3 …
COMMUNES = (1, 2, 3)
PARTS, MERGED = (1, 2, 3, 4), (5, 6)  # of a district whose communes 1, 2, 3 became 5, and 4 6
WAYS = {1: 5, 2: 5, 3: 5, 4: 6}
Key = tuple[int, str, int, str, str]  # who, indicator, year, period, measure
Figures = dict[Key, Decimal]
When = tuple[int, str]  # year, period
FILED = (
    "dw.fact_indicator", "dw.fact_target", "dw.agg_indicator", "dw.agg_indicator_own",
    "dw.agg_indicator_bridged", "dw.agg_indicator_unknown", "dw.agg_target",
    "dw.agg_target_commune", "dw.agg_attainment", "stg.touched", "raw.filing",
)  # fmt: skip
SHOWN = (
    "actual_value", "attainment_pct", "verdict", "reason", "baseline_value", "due_pct",
    "units_reported", "units_expected", "period_type", "year_from", "year_to",
)  # fmt: skip


@dataclass(frozen=True)
class Indicator:
    code: str
    unit: str
    kind: str
    numerator: str
    denominator: str  # none where the register counts the units
    opening: bool  # its denominator is of the start of the year
    timing: str
    direction: str
    decimals: int
    fall_of: str
    each_unit_of: str


@dataclass(frozen=True)
class Target:
    indicator: str
    operator: str
    value: Decimal | None
    high: Decimal | None = None
    quantity: str = "level"
    period_type: str = "year"
    year_from: int = 2024
    year_to: int = 2024
    unit: str = ""  # the indicator's own
    total: int | None = None
    population: str = ""
    at: int = OWN


@dataclass(frozen=True)
class Case:
    target: Target
    figures: Figures

    def __str__(self) -> str:
        figures = (f"  {' '.join(map(str, key))}: {value}" for key, value in self.figures.items())
        return "\n".join((str(self.target), *figures))


def indicators() -> dict[str, Indicator]:
    with (SEEDS_DIR / "indicator.csv").open(encoding="utf-8", newline="") as handle:
        return {
            row["indicator_code"]: Indicator(
                row["indicator_code"], row["unit_of_measure"], row["kind"], row["numerator_code"],
                "" if row["denominator_measure"] == "register" else row["denominator_code"],
                row["denominator_measure"] == "opening", row["timing"],
                row["direction"], int(row["decimals"]), row["fall_of"], row["each_unit_of"],
            )
            for row in csv.DictReader(handle)
        }  # fmt: skip


INDICATORS = indicators()


def plain_world(lanes: int) -> World:
    """Districts of three communes that never change."""
    districts = _districts(lanes, FOREVER)
    communes = tuple(
        Unit(10 * lane.key + who, START, FOREVER, lane.key, lane.province)
        for lane in districts for who in COMMUNES
    )  # fmt: skip
    return World(2024, _provinces(lanes), districts, communes, ())


def merged_world(lanes: int) -> World:
    """Districts that end on 1 July 2025, when their four communes become two."""
    districts = _districts(lanes, REFORM)
    communes: list[Unit] = []
    links: list[Link] = []
    for lane in districts:
        base = 10 * lane.key
        communes += [Unit(base + who, START, REFORM, lane.key, lane.province) for who in PARTS]
        communes += [Unit(base + who, REFORM, FOREVER, None, lane.province) for who in MERGED]
        links += [Link(REFORM, base + old, base + new, True, None) for old, new in WAYS.items()]
    return World(2025, _provinces(lanes), districts, tuple(communes), tuple(links))


def _provinces(lanes: int) -> tuple[Unit, ...]:
    return tuple(Unit(key, START, FOREVER) for key in range(1, _province(lanes) + 1))


def _districts(lanes: int, end: date) -> tuple[Unit, ...]:
    return tuple(Unit(n, START, end, None, _province(n)) for n in range(1, lanes + 1))


def _province(lane: int) -> int:
    return 1 + lane // 10


def judge(
    place: Settings, cases: Sequence[Case], unit_map: str = "as_filed"
) -> list[dict[When, dict[str, Any]]]:
    """What mart.attainment shows of each case, by year and period; nothing else is filed."""
    with database.engine(place, "khoxa_owner").begin() as connection:
        connection.exec_driver_sql("alter table raw.filing disable trigger history_is_kept")
        for table in FILED:
            connection.exec_driver_sql(f"delete from {table}")
        _file(connection, cases)
        connection.exec_driver_sql("analyze dw.fact_indicator, dw.fact_target")
    aggregate.aggregate(place)
    with database.engine(place).connect() as connection:
        rows = connection.execute(
            text(
                f"select section::int, year, period, {', '.join(SHOWN)} from mart.attainment"
                " where basis = 'assigned' and unit_map = :unit_map"
            ),
            {"unit_map": unit_map},
        ).all()
    found: list[dict[When, dict[str, Any]]] = [{} for _ in cases]
    for number, year, period, *shown in rows:
        assert (year, period) not in found[number], "one row per target, year and period"
        found[number][year, period] = dict(zip(SHOWN, shown, strict=True))
    return found


def _file(connection: Connection, cases: Sequence[Case]) -> None:
    """One filing of the units before 1 July 2025 and one of those since."""
    for number, units_on in ((1, "2025-01-01"), (2, "2025-12-31")):
        connection.execute(
            text(
                "insert into raw.filing (filing_id, content_sha256, original_name, received_at,"
                " state, form, filer_level, filer_code, year, last_year, period, units_on, version)"
                " values (:n, :n, 'x.xlsx', '2021-01-01', 'accepted', 'drawn' || :n, 'district',"
                " 'x', 2021, 2026, 'Y', :day, 1)"
            ),
            {"n": number, "day": units_on},
        )
    keys = dict(
        connection.execute(text("select indicator_code, indicator_key from dw.dim_indicator")).all()
    )
    cells = (f"A{number}" for number in count())
    figures, targets = [], []
    touched = set()
    for lane, case in enumerate(cases, 1):
        for (who, indicator, year, period, measure), value in case.figures.items():
            place = _place(lane, who)
            touched.add((*place[2:], year))
            figures.append(
                (place[0], keys[indicator], *place[1:], year, period, measure, value, "value", "S",
                 next(cells), "")
            )  # fmt: skip
        targets.append(_target(lane, case.target, keys, next(cells)))
        touched.add((*_place(lane, case.target.at)[2:], case.target.year_to))
    _put(
        connection, "dw.fact_indicator", "filing_id, indicator_key, level, commune_key,"
        " district_key, province_key, year, period, measure, value, state, sheet, cell,"
        " text_as_filed", figures,
    )  # fmt: skip
    _put(
        connection, "dw.fact_target", "filing_id, indicator_key, level, commune_key, district_key,"
        " province_key, year, period, basis, operator, target_value, target_value_high,"
        " unit_of_measure, state, section, text_as_printed, sheet, cell, text_as_filed,"
        " quantity, period_type, year_from, year_to, total_value, sub_population", targets,
    )  # fmt: skip
    _put(
        connection, "stg.touched", "commune_key, district_key, province_key, year", sorted(
            touched, key=str
        ),
    )  # fmt: skip


def _place(lane: int, who: int) -> tuple[int, str, int | None, int | None, int]:
    """Filing, level, commune, district and province of a unit of a lane."""
    if who == OWN:
        return 1, "district", None, lane, _province(lane)
    district = None if who in MERGED else lane
    return (2 if who in MERGED else 1), "commune", 10 * lane + who, district, _province(lane)


def _target(lane: int, target: Target, keys: dict[str, int], cell: str) -> tuple[object, ...]:
    filing, *place = _place(lane, target.at)
    return (
        filing, keys[target.indicator], *place, target.year_to, "Y", "assigned", target.operator,
        target.value, target.high, target.unit or INDICATORS[target.indicator].unit,
        "blank" if target.value is None else "value", lane - 1, "", "S", cell, "", target.quantity,
        target.period_type, target.year_from, target.year_to, target.total, target.population,
    )  # fmt: skip


def _put(
    connection: Connection, table: str, columns: str, rows: Iterable[Sequence[object]]
) -> None:
    database.copy_in(connection, table, columns.split(", "), map(database.copy_line, rows))

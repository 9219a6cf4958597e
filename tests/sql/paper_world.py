"""What communes, districts and provinces of a drawn world file in a few years, of every kind that
figures rest on; and how it comes into a warehouse, night by night."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from random import Random

from sqlalchemy import Connection, text

from etl import aggregate
from etl.ground import database
from etl.ground.config import Settings
from tests.sql.map_world import Unit, World

Row = dict[str, object]
Rows = tuple[tuple[str, Row], ...]
NOTES = ("", "", "", "Số liệu minh hoạ", "Số liệu minh hoạ, trừ Số hộ nghèo")
COUNTS = {"poor_households": (0, 60), "households": (500, 999), "jobs_created": (0, 30)}
PERIODS = {"H1": (6, 30), "Y": (12, 31), "Q1": (3, 31), "Q2": (6, 30)}
# what is asked: indicator, operator, quantity, and the figures that it lies between
ASKED = (
    ("poor_households", "<=", "level", (5, 60)), ("poverty_rate", "<=", "level", (1, 9)),
    ("poor_households_reduction", ">=", "change", (0, 9)),
    ("jobs_created", ">=", "change", (0, 40)),
    ("poverty_rate_reduction", ">=", "change", (0, 3)),
    ("poverty_rate", "<=", "per_unit_minimum", (1, 9)),
)  # fmt: skip
UNITS = {"poverty_rate": "pct", "poverty_rate_reduction": "pp", "jobs_created": "person"}
PARENTS = {"commune": ("district", "province"), "district": ("province",), "province": ()}


@dataclass(frozen=True)
class Paper:
    """One filing and what was read of it, one time after the other: the last is how it stands. It
    may have been corrected meanwhile, or given back (none)."""

    number: int
    form: str
    level: str
    unit: Unit
    year: int
    last_year: int
    period: str
    units_on: date
    note: str
    readings: tuple[Rows | None, ...] = field(repr=False)


def papers(dice: Random, world: World) -> list[Paper]:
    """All that is filed, in the order in which it was received."""
    drawn = list(_papers(dice, world))
    dice.shuffle(drawn)
    return [replace(paper, number=number) for number, paper in enumerate(drawn, 1)]


def _papers(dice: Random, world: World) -> Iterator[Paper]:
    for year in (world.year - 1, world.year):
        for level in ("commune", "district", "province"):
            often = 0.6 if level == "commune" else 0.25
            for unit in getattr(world, {"commune": "communes"}.get(level, f"{level}s")):
                for form in ("report", "register", "plan", "money"):
                    for period in _periods(dice, form, level, often):
                        yield from _versions(dice, world, form, level, unit, year, period)


def _periods(dice: Random, form: str, level: str, often: float) -> list[str]:
    if form == "report":
        return [period for period in PERIODS if dice.random() < often / (1 + (period[0] == "Q"))]
    if (form, level) in (("register", "district"), ("register", "province"), ("plan", "commune")):
        return []
    return ["Y"] if dice.random() < often else []


def _versions(dice, world, form, level, unit, year, period) -> Iterator[Paper]:
    month, day = PERIODS[period] if form in ("report", "money") else (1, 1)
    units_on = date(year, month, day)
    if not (unit.on(units_on) and any(one.on(units_on) for one in inside(world, level, unit))):
        return
    make = globals()[f"_{form}"]
    for _ in range(dice.choice((1, 1, 2, 3))):
        readings = [tuple(make(dice, world, level, unit, year, period, units_on)) for _ in "12"]
        yield Paper(
            0, f"{form}_{level}", level, unit, year,
            year + (form == "plan") * dice.choice((0, 0, 1)), period, units_on, dice.choice(NOTES),
            tuple(dice.choice((readings[:1], readings, [readings[0], None], [None, readings[0]]))),
        )  # fmt: skip


def inside(world: World, level: str, unit: Unit) -> list[Unit]:
    """Communes of a unit, at any time."""
    if level == "commune":
        return [unit]
    return [one for one in world.communes if getattr(one, level) == unit.key]


def _report(dice, world, level, unit, year, period, units_on) -> Iterator[tuple[str, Row]]:
    for code, between in COUNTS.items():
        if dice.random() < 0.8:
            yield "fact_indicator", {"indicator": code, "period": period, "measure": "actual",
                                     "value": dice.randint(*between)}  # fmt: skip
        if code != "jobs_created" and dice.random() < 0.3:
            yield "fact_indicator", {"indicator": code, "period": "OPEN", "measure": "baseline",
                                     "value": dice.randint(*between)}  # fmt: skip
    if dice.random() < 0.2:
        yield "fact_indicator", {"indicator": "poverty_rate", "period": period, "measure": "actual",
                                 "value": Decimal(dice.randint(1, 999)) / 100}  # fmt: skip


def _register(dice, world, level, unit, year, period, units_on) -> Iterator[tuple[str, Row]]:
    """What a commune wants to reach, beside where it starts from."""
    document = dice.choice(("1/KH", "2/KH"))
    for code, _, quantity, between in ASKED[:3]:
        if dice.random() < 0.4:
            yield "fact_target", {
                "indicator": code, "basis": "registered", "operator": "=", "quantity": quantity,
                "target_value": dice.randint(*between), "document": document,
            }  # fmt: skip
    for code in ("poor_households", "households"):
        if dice.random() < 0.7:
            yield "fact_indicator", {"indicator": code, "period": "OPEN", "measure": "baseline",
                                     "value": dice.randint(*COUNTS[code])}  # fmt: skip


def _plan(dice, world, level, unit, year, period, units_on) -> Iterator[tuple[str, Row]]:
    """What a unit is to reach itself, and what it asks of the units in it."""
    document = dice.choice(("1/KH", "2/KH"))
    for code, operator, quantity, between in ASKED:
        if dice.random() < 0.4:
            yield "fact_target", {
                "indicator": code, "basis": "assigned", "operator": operator, "quantity": quantity,
                "target_value": dice.randint(*between), "document": document,
                "sub_population": dice.choice(("", "", "communes_3_pct_frozen")),
            }  # fmt: skip
    for code, operator, quantity, between in ASKED[:3]:
        if dice.random() < 0.3:
            for one in inside(world, level, unit):
                if not one.on(units_on) or dice.random() < 0.2:
                    continue
                yield "fact_target", {
                    "indicator": code, "basis": "assigned", "operator": operator, "at": one,
                    "quantity": quantity, "target_value": dice.randint(*between),
                    "document": document,
                }  # fmt: skip
            yield "fact_target", {
                "indicator": code, "basis": "assigned_total", "operator": operator,
                "quantity": quantity, "target_value": dice.randint(5, 40), "document": document,
            }  # fmt: skip


def _money(dice, world, level, unit, year, period, units_on) -> Iterator[tuple[str, Row]]:
    for line in dice.sample(range(6), 2):
        for stage in ("need", "plan", "allocated", "disbursed"):
            if dice.random() < 0.6:
                yield "fact_fund", {"line": line, "stage": stage, "period": period,
                                    "amount_million_vnd": dice.randint(1, 500)}  # fmt: skip


def night(place: Settings, read: Sequence[tuple[Paper, Rows | None]]) -> None:
    """Load what one night read of these papers, for the first time or again."""
    with database.night(place) as connection:
        numbers = [paper.number for paper, _ in read]
        database.run(connection, "warehouse/forget", batch=numbers)
        for paper, rows in read:
            _file(connection, paper, "rejected" if rows is None else "accepted")
            for cell, (table, row) in enumerate(rows or ()):
                _put(connection, table, paper, cell, row)
        database.run(connection, "warehouse/version", batch=numbers)
        database.run(connection, "warehouse/touched", batch=numbers)
    aggregate.aggregate(place)


def _file(connection: Connection, paper: Paper, state: str) -> None:
    connection.execute(
        text(
            "insert into raw.filing (filing_id, content_sha256, original_name, received_at, state,"
            " form, form_version, filer_level, filer_code, year, last_year, period, units_on,"
            " illustrative_note)"
            " values (:number, :number, 'x.xlsx', date '2025-01-01' + :number, :state, :form, '1',"
            " :level, :code, :year, :last_year, :period, :units_on, :note)"
            " on conflict (filing_id) do update set state = excluded.state,"
            " filer_code = excluded.filer_code"
        ),
        {**vars(paper), "state": state, "code": f"u{paper.unit.key}"},
    )


def _put(connection: Connection, table: str, paper: Paper, cell: int, row: Row) -> None:
    row = dict(row)
    unit = row.pop("at", paper.unit)
    level = "commune" if unit is not paper.unit else paper.level
    row |= {"filing_id": paper.number, "level": level, f"{level}_key": unit.key, "sheet": "S",
            "cell": f"A{cell}", "text_as_filed": "", "state": "value",
            "year": paper.last_year if table == "fact_target" else paper.year}  # fmt: skip
    row |= {f"{name}_key": getattr(unit, name) for name in PARENTS[level]}
    if "indicator" in row:
        code = row.pop("indicator")
        row["indicator_key"] = connection.scalar(
            text("select indicator_key from dw.dim_indicator where indicator_code = :code"),
            {"code": code},
        )
    if table == "fact_target":
        row |= {"period": "Y", "year_from": paper.year, "year_to": paper.last_year, "section": "",
                "unit_of_measure": UNITS.get(str(code), "household"),
                "text_as_printed": ""}  # fmt: skip
    if table == "fact_fund":
        row["fund_key"] = connection.scalar(
            text("select fund_key from dw.dim_fund order by fund_key offset :line limit 1"),
            {"line": row.pop("line")},
        )
        row["year_from"] = paper.year
    names = ", ".join(row)
    binds = ", ".join(f":{name}" for name in row)
    connection.execute(text(f"insert into dw.{table} ({names}) values ({binds})"), row)


def held(place: Settings) -> dict[str, set[str]]:
    """Every row of every table of dw."""
    with database.engine(place).connect() as connection:
        tables = connection.scalars(
            text("select 'dw.' || tablename from pg_tables where schemaname = 'dw'")
        ).all()
        return {
            name: set(connection.scalars(text(f"select t::text from {name} as t")))
            for name in tables
        }

"""How a figure came about: what each model makes of one unit and indicator, step by step.

Door: `explain`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, text

from etl.aggregate import run
from etl.aggregate.explained import query
from etl.aggregate.models import Model, models, views
from etl.ground import database
from etl.ground.config import Settings
from etl.ground.errors import KhoxaError
from etl.ground.text import suggest, without_accents

_SHOWN = ("mart.indicator_by_unit", "mart.attainment")  # where all of it ends
Rows = list[tuple[object, ...]]


class NothingToExplain(KhoxaError):
    """A unit, an indicator or a year that the warehouse does not know; `near`: what was meant."""

    def __init__(self, what: str, near: list[str]) -> None:
        vi, en = (f"; có phải: {', '.join(near)}?", "; did you mean one of these?") if near else (
            "", "")  # fmt: skip
        super().__init__(f"{what}: không có trong danh mục{vi} / is in no list{en}")


@dataclass(frozen=True, slots=True)
class Step:
    """The rows about the unit that a model adds to the table that it fills, or that a mart shows.

    `columns` are the table's own, then names for its keys.
    """

    model: Model
    columns: list[str]
    rows: Rows


def explain(settings: Settings, unit: str, indicator: str, year: int | None) -> Iterator[Step]:
    """Run the models for one unit (a code) and indicator, of one year or of all; nothing stays.
    The last steps are the marts.

    Raises NothingToExplain for what is in no list, NightIsRunning while a night writes.
    """
    with database.passing(settings, date.today()) as then, database.night(then) as connection:
        asked = {"unit": unit, "indicator": indicator, "year": year}
        database.run(connection, "explain/scope", **asked)
        for what, word in asked.items():
            if not connection.exec_driver_sql(f"select from explained_{what}").all():
                raise NothingToExplain(str(word), _near(connection, what, str(word)))
        grown: dict[str, int] = {}
        for model in models():
            if not model.name.startswith(("fund/", "star/")):
                yield from _step(connection, model, grown)
        for view in views():
            if view.makes[0] in _SHOWN:
                yield Step(view, *_mart_rows(connection, view.makes[0], unit, indicator))


def _step(connection: Connection, model: Model, grown: dict[str, int]) -> Iterator[Step]:
    table = model.makes[0]
    if model.title.startswith("forget_"):
        run(connection, model, grown)
        return
    is_there = connection.exec_driver_sql(f"select to_regclass('{table}')").scalar()
    before = set(_rows(connection, table)[1]) if is_there else set()
    run(connection, model, grown)
    columns, rows = _rows(connection, table)
    yield Step(model, columns, [row for row in rows if row not in before])


def _rows(connection: Connection, table: str) -> tuple[list[str], Rows]:
    columns = connection.exec_driver_sql(f"select * from {table} limit 0").keys()  # noqa: S608
    found = database.script(connection, query(table, set(columns)))
    # an array is a list, which no set takes
    return list(found.keys()), [
        tuple(tuple(each) if isinstance(each, list) else each for each in row) for row in found
    ]


def _mart_rows(
    connection: Connection, mart: str, unit: str, indicator: str
) -> tuple[list[str], Rows]:
    """The rows of a mart about a unit and indicator, of the years asked for."""
    found = connection.execute(
        text(
            f"select * from {mart} where unit_code = :unit and indicator_code = :indicator"  # noqa: S608
            " and year in (select year from explained_year)"
            f" order by unit_map, year, period, cast({mart.partition('.')[2]}.* as text)"
        ),
        {"unit": unit, "indicator": indicator},
    )
    return list(found.keys()), [tuple(row) for row in found]


def _near(connection: Connection, what: str, word: str) -> list[str]:
    """Codes like a word, or of names like it, each with its name."""
    listed = database.ask(connection, f"explain/{what}s").all()
    codes = {code: f"{code} ({name})" for code, name in listed}
    by_name = {without_accents(name): code for code, name in listed}
    named = [by_name[name] for name in suggest(without_accents(word), list(by_name))]
    return [codes[code] for code in dict.fromkeys([*suggest(word, list(codes)), *named])][:5]

"""A world of tests/sql/map_world.py in a warehouse: its units and maps, its filings by nights, and
what the marts then show."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sqlalchemy import Connection, text

from etl import aggregate
from etl.ground import database
from etl.ground.config import Settings
from tests.sql.map_world import FOREVER, MAPS, Filing, World

TABLES = (
    "dw.fact_indicator", "dw.fact_target", "dw.fact_fund", "dw.agg_fund", "dw.agg_indicator",
    "dw.agg_indicator_own", "dw.agg_target", "dw.agg_target_commune", "dw.agg_attainment",
    "dw.agg_indicator_bridged", "dw.agg_indicator_unknown", "stg.touched", "ref.map_share",
    "ref.map_unit", "ref.unit_path", "ref.unit_link", "ref.unit_event", "ref.map_date",
    "raw.filing", "dw.star_period", "dw.star_year", "dw.star_fund", "dw.star_verdict",
    "dw.dim_unit", "dw.dim_commune", "dw.dim_district", "dw.dim_province",
)  # fmt: skip
SEEDS = {
    "unit_event": "event_id, event_on, kind, legal_basis, note",
    "unit_link": "event_id, old_level, old_code, new_level, new_code, link, weight",
    "unit_map": "map_on",
}
ASK = (
    "select unit_map, level, sort_key::int, indicator_code, measure, period, numerator,"
    " denominator, value, reason, units_reported, units_expected from mart.indicator_by_unit"
)


def settle(place: Settings, world: World, days: dict[str, date] = MAPS) -> None:
    """The world's units in place of the country's, with its links and maps; nothing filed."""
    with database.engine(place, "khoxa_owner").begin() as connection:
        connection.exec_driver_sql("alter table raw.filing disable trigger history_is_kept")
        for table in TABLES:
            connection.exec_driver_sql(f"delete from {table}")
        put_units(connection, world)
        put_maps(connection, world, days)


def put_units(connection: Connection, world: World) -> None:
    """Insert units that are not there, and end those that have ended since."""
    for level, units in (
        ("province", world.provinces), ("district", world.districts), ("commune", world.communes),
    ):  # fmt: skip
        parents = {"province": [], "district": ["province"], "commune": ["district", "province"]}[
            level
        ]
        names = "".join(f", {name}_key" for name in parents)
        binds = "".join(f", :{name}" for name in parents)
        for unit in units:
            end = "infinity" if unit.end == FOREVER else f"{unit.end}"
            connection.execute(
                text(
                    f"insert into dw.dim_{level} ({level}_key, {level}_code, {level}_name,"
                    f" unit_type, valid_from, valid_to, sort_key{names}) values (:key, 'u' || :key,"
                    f" 'N', 'xã', :start, :end, :key{binds})"
                    f" on conflict ({level}_key) do update set valid_to = excluded.valid_to"
                ),
                {**vars(unit), "end": end},
            )


def put_maps(connection: Connection, world: World, days: dict[str, date] = MAPS) -> None:
    rows = {
        "unit_event": {(str(link.on), str(link.on), "merge", "", "") for link in world.links},
        "unit_link": [
            (str(link.on), "commune", f"u{link.old}", "commune", f"u{link.new}",
             "whole" if link.is_whole else "part", link.weight)
            for link in world.links
        ],
        "unit_map": [(name,) for name in days],
    }  # fmt: skip
    for name, columns in SEEDS.items():
        typed = columns.replace(",", " text,") + " text"
        connection.exec_driver_sql(f"create temporary table seed_{name} ({typed}) on commit drop")
        for row in rows[name]:
            marks = ", ".join(["%s"] * len(row))
            connection.exec_driver_sql(f"insert into seed_{name} values ({marks})", row)
    connection.exec_driver_sql("create temporary table retyped (commune_key int) on commit drop")
    for name in (
        "02_unit_links", "03_at_level", "03_place", "03_place_own", "03_unit_map",
        "04_unit_place", "04_unit_place_label", "04_unit_place_rest",
    ):  # fmt: skip
        database.script(connection, database.statement(f"seeds/units/{name}"))


def arrive(
    place: Settings, world: World, filings: list[Filing],
    further: Callable[[Connection], None] | None = None,
) -> None:  # fmt: skip
    """Load filings, and `further` with them, as one night would and aggregate what they touch."""
    with database.night(place) as connection:
        for filing in filings:
            _load(connection, world, filing)
        if further:
            further(connection)
        arrived = set(connection.scalars(text("select filing_id from raw.filing")))
        for filing in world.filings:  # a later filing of the form supersedes
            later = next(
                (
                    other.number for other in world.filings
                    if other.number > filing.number and other.number in arrived
                    and (other.commune, other.form) == (filing.commune, filing.form)
                ),
                None,
            )  # fmt: skip
            connection.execute(
                text("update raw.filing set superseded_by = :later where filing_id = :number"),
                {"later": later, "number": filing.number},
            )
    aggregate.aggregate(place)


def _load(connection: Connection, world: World, filing: Filing) -> None:
    connection.execute(
        text(
            "insert into raw.filing (filing_id, content_sha256, original_name, received_at, state,"
            " form, filer_level, filer_code, year, period, units_on) values (:n, :n, 'x.xlsx',"
            " date '2025-01-01' + :n, 'accepted', :form || :n, 'commune', 'x', :year, 'Y', :day)"
        ),
        {"n": filing.number, "form": filing.form, "year": world.year, "day": filing.units_on},
    )
    unit = world.commune(filing.commune)
    keys = {
        "n": filing.number, "c": unit.key, "d": unit.district, "p": unit.province,
        "y": world.year,
    }  # fmt: skip
    for number, ((indicator, measure, period), value) in enumerate(filing.figures.items()):
        table, columns, values = "fact_indicator", "measure, value", ":measure, :value"
        if measure == "registered":
            table = "fact_target"
            columns = (
                "basis, operator, target_value, unit_of_measure, section, text_as_printed,"
                " quantity, year_from, year_to"
            )
            values = "'registered', '=', :value, 'household', '', '', 'change', :y, :y"
        connection.execute(
            text(
                f"insert into dw.{table} (filing_id, indicator_key, level, commune_key,"
                f" district_key, province_key, year, period, {columns}, state, sheet, cell,"
                " text_as_filed) select :n, indicator_key, 'commune', :c, :d, :p, :y, :period,"
                f" {values}, 'value', 'S', :cell, '' from dw.dim_indicator"
                " where indicator_code = :indicator"
            ),
            {
                **keys, "cell": f"A{number}", "indicator": indicator, "measure": measure,
                "period": period, "value": value,
            },
        )  # fmt: skip
    connection.execute(
        text("insert into stg.touched values (:c, :d, :p, :y) on conflict do nothing"), keys
    )


def ask(place: Settings) -> dict[tuple[object, ...], tuple[object, ...]]:
    with database.engine(place).connect() as connection:
        rows = [tuple(row) for row in connection.execute(text(ASK))]
    found = {row[:6]: row[6:] for row in rows}
    assert len(found) == len(rows)  # one row per figure
    return found


STORED = (
    "agg_indicator", "agg_indicator_own", "agg_indicator_bridged", "agg_indicator_unknown",
    "star_period", "star_year", "star_fund",
)  # fmt: skip


def stored(place: Settings) -> set[tuple[object, ...]]:
    with database.engine(place).connect() as connection:
        return {
            (table, *row)
            for table in STORED
            for row in connection.execute(text(f"select a::text from dw.{table} as a"))
        }

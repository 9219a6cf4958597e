"""Whatever few files come night after night, the marts made for dragging are those of one night
that puts all of them ready."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, text

from etl.aggregate import aggregate
from etl.ground import database
from etl.ground.config import Settings
from tests.fuzz import COUNT
from tests.sql.map_world import FOREVER, Filing, Unit, World
from tests.sql.map_world_rows import arrive, settle
from tests.sql.test_map_world import RULES, worlds

STAR = ("star_period", "star_year", "star_fund", "star_verdict")
STAGES = ("plan", "allocated", "disbursed")
NOTED = "update raw.filing set illustrative_note = 'Số liệu minh hoạ' where filing_id = any(:noted)"
SPENT = """
    insert into dw.fact_fund (filing_id, fund_key, level, commune_key, district_key, province_key,
        year_from, year, period, stage, amount_million_vnd, state, sheet, cell, text_as_filed)
    select :filing, f.fund_key, 'commune', c.commune_key, c.district_key, c.province_key, :year,
        :year, :period, :stage, :amount, 'value', 'S', concat(f.fund_key, :stage), ''
    from dw.dim_commune as c
    cross join (select fund_key from dw.dim_fund order by fund_key offset :fund limit 1) as f
    where c.commune_key = :commune
"""
OWN = """
    with filed as (
        insert into raw.filing (filing_id, content_sha256, original_name, received_at, state, form,
            filer_level, filer_code, year, period, units_on)
        select 900 + d.district_key, 900 + d.district_key, 'x.xlsx', date '2025-01-01', 'accepted',
            'own' || d.district_key, 'district', 'x', :year, 'Y', d.valid_from
        from dw.dim_district as d where d.district_key = :district
        returning filing_id
    ),

    figure as (
        insert into dw.fact_indicator (filing_id, indicator_key, level, district_key, province_key,
            year, period, measure, value, state, sheet, cell, text_as_filed)
        select f.filing_id, i.indicator_key, 'district', d.district_key, d.province_key, :year,
            :period, 'actual', :value, 'value', 'S', 'A1', ''
        from filed as f cross join dw.dim_indicator as i cross join dw.dim_district as d
        where i.indicator_code = 'near_poor_households' and d.district_key = :district
        returning district_key, province_key, year
    )

    insert into stg.touched (district_key, province_key, year)
    select district_key, province_key, year from figure on conflict do nothing
"""
WHOLE = """
    delete from dw.star_period;
    delete from dw.star_year;
    delete from dw.star_fund;
    delete from dw.star_verdict;
    insert into stg.touched (commune_key, district_key, province_key, year)
    select c.commune_key, c.district_key, c.province_key, y.year
    from dw.dim_commune as c cross join (select distinct year from raw.filing) as y
    union
    select null, f.district_key, f.province_key, f.year from dw.fact_indicator as f
    where f.commune_key is null
"""


@dataclass(frozen=True)
class Nights:
    """A world, and what happens in it: in which night a filing comes, which call their figures
    invented, their money (place of the fund, stage, amount), which are withdrawn at the end, and
    what districts file for themselves: the night, period and figure."""

    world: World
    night: dict[int, int]
    noted: list[int]
    money: dict[int, list[tuple[int, str, int]]]
    withdrawn: list[int]
    own: dict[int, tuple[int, str, int]]


@st.composite
def nights(draw: st.DrawFn) -> Nights:
    world = draw(worlds())
    numbers = [filing.number for filing in world.filings]
    line = st.tuples(st.integers(0, 40), st.sampled_from(STAGES), st.integers(1, 9))
    lines = st.lists(line, max_size=2, unique_by=lambda each: each[:2])
    ended = {unit.key for unit in world.communes if not unit.on(date(world.year, 12, 31))}
    some = st.lists(st.sampled_from(numbers), max_size=3, unique=True) if numbers else st.just([])
    standing = [unit.key for unit in world.districts if unit.on(date(world.year, 12, 31))] or [
        unit.key for unit in world.districts if unit.on(date(world.year, 6, 30))
    ]
    period = "Y" if world.districts[0].on(date(world.year, 12, 31)) else "H1"
    own = st.tuples(st.integers(0, 3), st.sampled_from(["H1", period]), st.integers(1, 9))
    owns = st.dictionaries(st.sampled_from(standing), own, max_size=2) if standing else st.just({})
    return Nights(
        world, {number: draw(st.integers(0, 3)) for number in numbers},
        draw(st.sampled_from([[], numbers, draw(some)])),
        {
            each.number: draw(lines) if each.form != "plan" and each.commune not in ended else []
            for each in world.filings
        }, draw(some),
        draw(owns),
    )  # fmt: skip


@pytest.fixture(scope="module")
def place(make_warehouse) -> Iterator[Settings]:
    with make_warehouse() as found:
        yield found


def come(place: Settings, drawn: Nights, night: int) -> None:
    """What a night brings: filings with their money and notes, and what districts filed."""
    came = [filing for filing in drawn.world.filings if drawn.night[filing.number] == night]
    with database.night(place) as connection:
        for district, (of, period, value) in drawn.own.items():
            if of == night:
                about = {"district": district, "period": period, "value": value}
                connection.execute(text(OWN), {**about, "year": drawn.world.year})
    later = replace(drawn.world, filings=tuple(known(drawn, night)))
    arrive(place, later, came, lambda connection: _further(connection, drawn, came))


def known(drawn: Nights, night: int) -> Iterator[Filing]:
    """The filings that came up to a night."""
    return (each for each in drawn.world.filings if drawn.night[each.number] <= night)


def _further(connection: Connection, drawn: Nights, came: list[Filing]) -> None:
    for filing in came:
        for fund, stage, amount in drawn.money[filing.number]:
            period = "Y" if stage == "plan" else filing.form
            about = {"filing": filing.number, "commune": filing.commune, "year": drawn.world.year}
            line = {"fund": fund, "stage": stage, "period": period, "amount": amount}
            connection.execute(text(SPENT), about | line)
    connection.execute(text(NOTED), {"noted": drawn.noted})


def withdraw(place: Settings, drawn: Nights) -> None:
    """Some filings are rejected after all: what they superseded counts again."""
    with database.night(place) as connection:
        database.run(connection, "warehouse/forget", batch=drawn.withdrawn)
        rejected = "update raw.filing set state = 'rejected' where filing_id = any(:gone)"
        connection.execute(text(rejected), {"gone": drawn.withdrawn})
    rest = (each for each in drawn.world.filings if each.number not in drawn.withdrawn)
    arrive(place, replace(drawn.world, filings=tuple(rest)), [])


def star(place: Settings) -> set[tuple[str, str]]:
    with database.engine(place).connect() as connection:
        return {
            (table, *row)
            for table in STAR
            for row in connection.execute(text(f"select a::text from dw.{table} as a"))
        }


def whole(place: Settings) -> set[tuple[str, str]]:
    """The same put ready at once, as if nothing had been."""
    with database.night(place) as connection:
        database.script(connection, WHOLE)
    aggregate(place)
    return star(place)


@settings(RULES, max_examples=COUNT // 100, phases=(Phase.generate,))
@given(drawn=nights())
def test_nights_of_few_files_come_to_one_whole_night(place: Settings, drawn: Nights) -> None:
    settle(place, drawn.world)
    for night in range(4):
        come(place, drawn, night)
    if drawn.withdrawn:
        withdraw(place, drawn)
    found = star(place)
    expected = whole(place)
    assert found - expected == set()
    assert expected - found == set()


def test_a_commune_lacks_what_another_of_its_district_filed_later(place: Settings) -> None:
    """Communes 2 and 3 lie in one district; 3 files nothing. The year is shown by Y as before."""
    start, year = date(2021, 1, 1), 2024
    filings = [
        Filing(number, form, commune, date(year, month, day), {("households", "actual", form): 500})
        for number, form, month, day, commune in (
            (1, "Y", 12, 31, 1), (2, "H1", 6, 30, 1), (3, "Y", 12, 31, 2), (4, "H1", 6, 30, 2),
        )
    ]  # fmt: skip
    world = World(
        year, (Unit(1, start, FOREVER),), tuple(Unit(n, start, FOREVER, None, 1) for n in (1, 2)),
        tuple(Unit(n, start, FOREVER, min(n, 2), 1) for n in (1, 2, 3)), (), tuple(filings),
    )  # fmt: skip
    night = {1: 0, 2: 0, 3: 0, 4: 1}
    drawn = Nights(world, night, [], {number: [] for number in night}, [], {})
    settle(place, world)
    lacking = text(
        "select period, reason from dw.star_period"
        " where level = 'commune' and unit_id = 4 * 3 + 3 and reason <> ''"
    )
    for number, periods in enumerate((["Y"], ["H1", "Y"])):
        come(place, drawn, number)
        with database.engine(place).connect() as connection:
            rows = sorted(tuple(row) for row in connection.execute(lacking))
        assert rows == [(period, "not_filed") for period in periods]

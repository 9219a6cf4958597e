"""A role that may read every unit asks the marts made for dragging as they are (the schema whole),
until there is a unit that it may not read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from benchmarks.bi_at_scale import queries
from etl.ground import database
from etl.ground.config import SQL_DIR, Settings
from etl.ground.yaml_file import read_yaml
from etl.setup.readers import add, listed, remove
from tests.pipeline.test_office_readers import administer

ROLE, OF_ALL_BUT_ONE = "xem_ca_nuoc_thu", "xem_thieu_mot_thu"
PROVINCES = "select distinct province_code from dw.dim_unit order by 1"
LATER = """
create temporary table unit_later as
select distinct on (level) * from dw.dim_unit
where level <> 'district' and unit_id in (select unit_id from dw.star_year) and not is_rest;
update unit_later set
    unit_id = 900000 + length(level), unit_key = 900000, unit_code = 'sau' || level,
    own_province_code = 'sauprovince', province_code = 'sauprovince', district_code = null,
    own_district_code = null;
insert into dw.dim_unit table unit_later;
create temporary table figure_later as
select * from dw.star_year where level = 'commune' and not is_rate limit 1;
update figure_later set unit_id = 900000 + length('commune');
insert into dw.star_year table figure_later
"""
DRAGGED = {
    mart.removeprefix("mart.")
    for fact in read_yaml(SQL_DIR / "model.yaml")["facts"]
    for mart in fact["marts"]
    if mart.split(".")[1].partition("_")[0] in ("count", "rate", "fund", "verdict")
}
ASKED = "select bool_or(unit_code = 'saucommune') from count_commune"


@pytest.fixture(scope="module")
def settings(after_samples) -> Iterator[Settings]:
    """A warehouse with the samples, and the two roles."""
    with after_samples() as settings:
        administer(settings, *(f"drop role if exists {role}" for role in (ROLE, OF_ALL_BUT_ONE)))
        with database.engine(settings, "khoxa_owner").begin() as connection:
            database.script(connection, database.statement("grants"))  # none come with a copy
            every = list(connection.exec_driver_sql(PROVINCES).scalars())
        for role, named in (
            (ROLE, every),
            (OF_ALL_BUT_ONE, [code for code in every if code != "06"]),
        ):
            administer(settings, *add(settings, role, named))
            add(settings, role, named)  # the role is there now
        try:
            yield settings
        finally:
            for role in {str(row[0]) for row in listed(settings)}:
                administer(settings, *remove(settings, role))


@pytest.fixture
def server(settings: Settings) -> Iterator[Connection]:
    """The administrator's transaction, which nobody commits."""
    url = str(settings.warehouse_url).replace("khoxa_loader", "postgres")
    with create_engine(url, poolclass=NullPool).connect() as connection:
        yield connection


def as_role(server: Connection, query: str, role: str = ROLE) -> list[tuple[object, ...]]:
    """What a role that connects is answered, in the transaction of the administrator."""
    (setting,) = server.exec_driver_sql(
        "select replace(s, 'search_path=', '') from pg_roles, unnest(rolconfig) as s"
        f" where rolname = '{role}' and s like 'search_path=%%'"
    ).scalars()
    with server.begin_nested() as asking:
        server.exec_driver_sql(f"set local role {role}; set local search_path = {setting}")
        found = [tuple(row) for row in server.exec_driver_sql(query)]
        asking.rollback()
    return found


def limited(server: Connection, mart: str, role: str = ROLE) -> bool:
    """Whether the units of the role are looked up where it asks the mart by its name."""
    plan = as_role(server, f"explain select * from {mart}", role)
    return any("reader_unit" in str(line) for (line,) in plan)


def test_it_reads_there_what_it_reads_in_office(server: Connection) -> None:
    made = server.exec_driver_sql(
        "select relname from pg_class where relnamespace = 'whole'::regnamespace"
    ).scalars()
    found = set(made)
    assert found == DRAGGED
    filled = 0
    for mart in found:
        (counts,) = as_role(server, (
            f"select (select count(*) from whole.{mart}), (select count(*) from office.{mart}),"
            f" (select count(*) from (table whole.{mart} except all table office.{mart}) as x)"
        ))  # fmt: skip
        assert counts[0] == counts[1] and counts[2] == 0, mart
        filled += bool(counts[0])
    assert filled > len(found) / 2


def test_it_is_asked_without_a_schema_and_the_rest_of_the_marts_too(server: Connection) -> None:
    assert not limited(server, "count_commune")
    assert limited(server, "finding")


@pytest.mark.parametrize("name", queries())
def test_a_typical_question_costs_what_it_costs_bi_reader(server: Connection, name: str) -> None:
    asked = f"explain {queries()[name]['sql']}"
    plan = as_role(server, asked.replace("mart.", ""))
    server.exec_driver_sql("set local role bi_reader")
    assert plan == [tuple(line) for line in server.exec_driver_sql(asked)]


def test_a_role_that_lacks_one_province_is_refused_there(server: Connection) -> None:
    assert limited(server, "count_commune", OF_ALL_BUT_ONE)
    with pytest.raises(DBAPIError, match="permission denied for schema whole"):
        as_role(server, "select 1 from whole.count_commune", OF_ALL_BUT_ONE)


def test_a_province_added_later_is_closed_until_it_is_granted(server: Connection) -> None:
    server.exec_driver_sql(LATER)
    assert server.exec_driver_sql(ASKED.replace("from ", "from mart.")).scalar() is True
    assert as_role(server, ASKED) == [(False,)]
    with pytest.raises(DBAPIError, match="permission denied for schema whole"):
        as_role(server, "select 1 from whole.count_commune")
    server.exec_driver_sql(f"insert into ref.reader_scope values ('{ROLE}', 'sauprovince')")
    assert as_role(server, ASKED) == [(True,)]
    assert as_role(server, "select 1 from whole.count_commune limit 1")
    server.exec_driver_sql("delete from ref.reader_scope where unit_code = 'sauprovince'")
    assert as_role(server, ASKED) == [(False,)]


def test_no_units_are_not_all_units(server: Connection) -> None:
    server.exec_driver_sql("delete from dw.dim_unit")
    with pytest.raises(DBAPIError, match="permission denied for schema whole"):
        as_role(server, "select 1 from whole.count_commune")

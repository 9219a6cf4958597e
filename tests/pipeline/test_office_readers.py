"""A role of one office reads the rows of its units in every mart, and of no other, whatever it
tries; what it reads is what bi_reader reads of these units."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from etl.ground import database, server
from etl.ground.config import Settings
from etl.setup.office import CLOSED, OPEN, NotScoped, condition, marts
from etl.setup.readers import BadReader, add, listed, remove
from tests.night import Night

ROLE, DISTRICT = "xem_na_ri_thu", "066"  # Na Rì: 17 communes, and the district itself
TRACES = ("trace", "trace_cell")  # asked of one unit, not of all: that takes minutes
SIDES = ("02146", "02152", "066", "06", "049")  # two communes of Na Rì, it, its province, another
CODES = (
    "select unit_code from dw.dim_unit where unit_code = '066' or own_district_code = '066'"
    " or district_code = '066'"
)


def administer(settings: Settings, *sentences: str) -> None:
    """As the server's administrator, in the database of the settings."""
    url = str(settings.warehouse_url).replace("khoxa_loader", "postgres")
    with create_engine(
        url, isolation_level="AUTOCOMMIT", poolclass=NullPool
    ).connect() as connection:
        for sentence in sentences:
            connection.exec_driver_sql(sentence)


@pytest.fixture(scope="module")
def night(after_samples) -> Iterator[Night]:
    """A warehouse with the samples, and a role that reads Na Rì."""
    with after_samples() as settings:
        administer(settings, f"drop role if exists {ROLE}")
        with database.engine(settings, "khoxa_owner").begin() as connection:
            database.script(connection, database.statement("grants"))  # none come with a copy
        administer(settings, *add(settings, ROLE, [DISTRICT]))
        try:
            yield Night(settings)
        finally:
            administer(settings, *remove(settings, ROLE))


def engine(night: Night, role: str = ROLE) -> Engine:
    url = str(night.settings.warehouse_url).replace("khoxa_loader", role)
    return create_engine(url, poolclass=NullPool)


@pytest.fixture
def office(night: Night) -> Iterator[Connection]:
    with engine(night).connect() as connection:
        yield connection


def names(night: Night) -> dict[str, list[str]]:
    with engine(night, "khoxa_owner").connect() as connection:
        return {name: columns for name, columns in marts(connection).items() if name not in CLOSED}


def test_every_mart_is_there_and_scoped(night: Night) -> None:
    """A new mart must say whose its rows are, or the migration stops (NotScoped)."""
    with engine(night, "khoxa_owner").connect() as connection:
        made = connection.execute(text(
            "select relname, pg_get_viewdef(oid), reloptions::text from pg_class"
            " where relnamespace = 'office'::regnamespace and relkind = 'v'"
        )).all()  # fmt: skip
    assert {name for name, *_ in made} == set(names(night))
    for name, sql, options in made:
        assert ("my_unit" in sql) != (name in OPEN), name
        assert options == "{security_barrier=true}", name
    with pytest.raises(NotScoped, match="fund_by_project"):
        condition("fund_by_project", ["project_code", "level", "value"])


def test_no_mart_shows_a_row_of_another_unit_and_none_of_its_own_lacks(
    night: Night, office: Connection
) -> None:
    mine = {code for (code,) in night.rows(CODES)}
    assert len(mine) == 18
    filled = 0
    with engine(night, "khoxa_loader").connect() as whole:
        for mart, columns in names(night).items():
            if mart in OPEN or mart in TRACES or "unit_code" not in columns:
                continue
            count = f"select unit_code, count(*) from {{}}.{mart} group by 1"
            seen = dict(map(tuple, office.exec_driver_sql(count.format("office"))))
            every = dict(map(tuple, whole.exec_driver_sql(count.format("mart"))))
            assert set(seen) <= mine, mart
            if "commune_code" not in columns:
                assert seen == {code: n for code, n in every.items() if code in mine}, mart
            filled += bool(seen) and set(every) > set(seen)
    assert filled >= 15  # marts that have rows of it and of others


@pytest.mark.parametrize(
    "mart", ["indicator_on_map", "target_asked", "target_version", "district_group"]
)
def test_a_mart_without_codes_shows_its_own_only(
    night: Night, office: Connection, mart: str
) -> None:
    columns = names(night)[mart]
    key = "level, unit_key" if "unit_key" in columns else next(
        name for name in ("filer_code", "commune_code") if name in columns
    )  # fmt: skip
    seen = {tuple(r) for r in office.exec_driver_sql(f"select distinct {key} from office.{mart}")}
    wanted = "level, unit_key" if "unit_key" in columns else "unit_code"
    units = CODES.replace("unit_code from", f"{wanted} from", 1).replace(
        "where", "where not is_rest and ("
    )
    mine = {tuple(row) for row in night.rows(f"{units})")}
    assert seen and seen <= mine


def test_a_trace_shows_no_cell_of_another_unit(night: Night, office: Connection) -> None:
    mine = {code for (code,) in night.rows(CODES)}
    for mart in TRACES:
        seen = set()
        for code in SIDES:
            of_unit = f"select unit_code, from_code from office.{mart} where unit_code = '{code}'"
            seen |= {code for row in office.exec_driver_sql(of_unit) for code in row}
        assert seen and seen <= mine
    assert office.exec_driver_sql("select count(*) from office.finding").scalar()


def test_the_same_question_without_a_schema(office: Connection) -> None:
    ((code,),) = office.exec_driver_sql(
        "select distinct unit_code from indicator_by_unit where level = 'district'"
    )
    assert code == DISTRICT


@pytest.mark.parametrize("tried", [
    "select 1 from mart.indicator_by_unit", "select 1 from dw.fact_indicator",
    "select 1 from whole.count_commune",
    "select 1 from raw.filing", "select 1 from ops.finding", "select 1 from ref.reader_scope",
    "select 1 from ref.my_unit", "select 1 from ref.reader_unit",
    "insert into ref.reader_unit values (current_user, '06', 'province', 1)",
    "insert into ref.reader_scope values (current_user, '06')",
    "set role bi_reader", "set role khoxa_owner", "set session authorization postgres",
    "create view office.x as select 1", "create temporary table x (a int)",
    "create function office.f() returns int language sql as 'select 1'",
    "alter view office.indicator_by_unit set (security_barrier = false)",
    "alter view office.indicator_by_unit owner to current_user", "drop view office.finding",
    "update office.filing set state = ''", "select query_to_xml('select 1', true, true, '')",
    "select lo_create(0)", "select pg_advisory_lock(1)", "lock table ops.night",
    "copy office.filing to program 'true'", "copy office.filing to '/tmp/x'",
    "select pg_read_file('/etc/passwd')", "select * from pg_stat_activity, pg_sleep(0)",
    "grant select on office.filing to public; select 1 from office.nothing",
])  # fmt: skip
def test_what_it_tries_is_refused(office: Connection, tried: str) -> None:
    with pytest.raises(
        DBAPIError, match=r"permission denied|must be|cannot update view|does not exist"
    ):
        office.exec_driver_sql(tried)


def test_a_condition_sees_no_row_of_another_unit(night: Night) -> None:
    """A function that tells what it is asked about, and is cheap, so that it would be asked first;
    and a division that fails on a row of another unit."""
    owner = engine(night, "khoxa_owner")
    leak = (
        "create function ref.leak(said text) returns boolean language plpgsql cost 0.0000001 as $$"
        " begin raise notice '%', said; return true; end $$"
    )
    with owner.begin() as connection:
        database.script(connection, leak)
    try:
        with engine(night).connect() as office:
            for mart in ("indicator_by_unit", "finding", "figure_trace", "count_commune"):
                asked = f"select count(*) from office.{mart} where ref.leak(unit_code)"
                office.connection.cursor().execute(asked)  # SQLAlchemy would drop the notices
            said = office.connection.notices
            told = {notice.split("NOTICE:")[1].strip() for notice in said}
            mine = {code for (code,) in night.rows(CODES)}
            assert told and told <= mine
            office.exec_driver_sql(
                "select count(*) from office.indicator_by_unit where 1 / (case when unit_code in"
                f" {tuple(sorted(mine))} then 1 else 0 end) = 1"
            )
    finally:
        with owner.begin() as connection:
            connection.exec_driver_sql("drop function ref.leak")


def test_a_role_with_nothing_named_reads_nothing(night: Night) -> None:
    administer(night.settings, "create role xem_khong login in role scoped_reader")
    try:
        with engine(night, "xem_khong").connect() as nobody:
            for mart in ("indicator_by_unit", "count_commune", "finding", "filing", "fund_use"):
                assert not nobody.exec_driver_sql(f"select 1 from office.{mart} limit 1").first()
    finally:
        administer(night.settings, "drop role xem_khong")


def test_a_question_looks_up_what_is_kept(night: Night, office: Connection) -> None:
    """The units of the role once a condition, in a hash, whatever the mart is made of."""
    for mart, columns in names(night).items():
        if mart not in OPEN:
            plan = office.exec_driver_sql(f"explain select * from office.{mart}").scalars().all()
            looked_up = condition(mart, columns).count("my_unit")
            assert sum("on reader_unit" in line for line in plan) == looked_up, mart
            assert sum("hashed SubPlan" in line for line in plan) >= 1, mart


def test_the_limits_of_a_role(office: Connection) -> None:
    show = {name: office.exec_driver_sql(f"show {name}").scalar()
            for name in ("statement_timeout", "temp_file_limit", "search_path", "work_mem",
                         "random_page_cost")}  # fmt: skip
    assert show == {"statement_timeout": "1min", "temp_file_limit": "2GB", "work_mem": "32MB",
                    "search_path": "whole, office", "random_page_cost": "1.1"}  # fmt: skip


@pytest.mark.parametrize(
    ("role", "unit"),
    [("bi_reader", DISTRICT), ("postgres", DISTRICT), ("khoxa_loader", DISTRICT),
     ('x"; drop', DISTRICT), ("scoped_reader", DISTRICT), ("xem_moi", "9999")],
)  # fmt: skip
def test_what_is_no_reader_or_no_unit(night: Night, role: str, unit: str) -> None:
    with pytest.raises(BadReader):
        add(night.settings, role, [unit])
    assert {row[0] for row in listed(night.settings)} == {ROLE}


def test_on_the_embedded_server_one_command_makes_the_role(warehouse: Settings) -> None:
    assert warehouse.warehouse_url is None
    assert add(warehouse, "xem_kim_hy_thu", ["02146"]) == []
    try:
        url = server.url(server.start(warehouse.pgdata), "xem_kim_hy_thu", database.DATABASE)
        with create_engine(url, poolclass=NullPool).connect() as connection:
            assert connection.exec_driver_sql("select count(*) from filing").scalar() == 0
            ((path, who),) = connection.exec_driver_sql("select current_schema, current_user")
            assert (path, who) == ("office", "xem_kim_hy_thu")
            with pytest.raises(DBAPIError, match="permission denied"):
                connection.exec_driver_sql("select 1 from mart.filing")
    finally:
        assert remove(warehouse, "xem_kim_hy_thu") == []

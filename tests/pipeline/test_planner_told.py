"""The planner knows the size of what a model reads, also where several models have filled it."""

from __future__ import annotations

from sqlalchemy import Connection

from etl.aggregate import run
from etl.aggregate.models import Model, models
from etl.ground import database
from tests.conftest import MakeWarehouse

TOUCH_ALL = """
    insert into stg.touched
    select distinct commune_key, district_key, province_key, year from dw.fact_indicator
    where commune_key is not null
"""


def wrongly_known(connection: Connection, model: Model) -> dict[str, tuple[float, int]]:
    """The night's tables that a model has read, but not filled, of whose rows the planner was told
    another number than there are."""
    sizes = {}
    for table in sorted(model.behind - set(model.makes)):
        if "." not in table:
            known, rows = connection.exec_driver_sql(
                f"select reltuples, (select count(*) from {table}) from pg_class"
                f" where oid = '{table}'::regclass"
            ).one()
            sizes[table] = (known, rows)
    return {table: size for table, size in sizes.items() if size[0] != size[1]}


def test_every_table_of_the_night_is_known_when_it_is_read(after_samples: MakeWarehouse) -> None:
    with after_samples() as settings, database.night(settings) as connection:
        connection.exec_driver_sql(TOUCH_ALL)
        grown: dict[str, int] = {}
        for model in models():
            run(connection, model, grown)
            assert wrongly_known(connection, model) == {}, model.name


def test_what_stands_behind_a_view_is_read_by_whoever_asks_the_view() -> None:
    (line,) = (model for model in models() if model.makes == ("star_fund_line",))
    assert "stg.fund_done" in line.reads
    assert {"dw.agg_fund", "ref.map_share", "star_member"} <= line.behind
    assert "stg.fund_done" not in line.behind


def test_a_night_compiles_no_statement_wherever_it_runs(after_samples: MakeWarehouse) -> None:
    with after_samples() as settings:
        with database.engine(settings, "khoxa_owner").begin() as owner:
            name = owner.exec_driver_sql("select current_database()").scalar()
            owner.exec_driver_sql(f'alter database "{name}" set jit = on')  # as PostgreSQL comes
        with database.engine(settings).connect() as asking:
            assert asking.exec_driver_sql("show jit").scalar() == "on"
        with database.night(settings) as connection:
            assert connection.exec_driver_sql("show jit").scalar() == "off"

"""What a role limited to units reads is kept (ref.reader_unit), and never behind: it changes with
the rights and with the units, in the same transaction, whoever changes what at the same time."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from time import sleep

import pytest
from sqlalchemy import Connection

from etl.ground import database
from etl.ground.config import Settings

NA_RI, KIM_HY, BA_TO = "066", "02146", "535"
SCOPE = "insert into ref.reader_scope values ('xem_thu', '{}')"
MOVED = f"update dw.dim_unit set own_district_code = '{BA_TO}', district_code = '{BA_TO}'" + (
    f" where unit_code = '{KIM_HY}'"
)


@pytest.fixture
def owner(fresh_warehouse: Settings) -> Iterator[Connection]:
    """A transaction that nobody commits."""
    with database.engine(fresh_warehouse, "khoxa_owner").connect() as connection:
        yield connection


def kept(connection: Connection, role: str = "xem_thu") -> set[str]:
    sql = f"select unit_code from ref.reader_unit where role_name = '{role}'"
    return set(connection.exec_driver_sql(sql).scalars())


def test_it_is_the_named_unit_and_what_lies_in_it_and_nothing_of_its_number(
    owner: Connection,
) -> None:
    """Na Rì: itself, its 17 communes, and the six that they became. The number of its rest is that
    of somebody else's commune."""
    owner.exec_driver_sql(SCOPE.format(NA_RI))
    seen = owner.exec_driver_sql("select level, unit_key from ref.reader_unit").all()
    mine = owner.exec_driver_sql(
        "select 'commune', c.commune_key from dw.dim_commune as c where c.commune_code in ("
        " select o.commune_code from dw.dim_commune as o inner join dw.dim_district as d"
        f" using (district_key) where d.district_code = '{NA_RI}')"
        f" union select 'district', district_key from dw.dim_district"
        f" where district_code = '{NA_RI}'"
    ).all()
    assert set(seen) == set(mine) and len(seen) == 1 + 17 + 6


def test_every_change_of_rights_and_units_is_in_it_at_once(owner: Connection) -> None:
    assert kept(owner) == set()
    owner.exec_driver_sql(SCOPE.format(NA_RI))
    of_na_ri = kept(owner)
    assert KIM_HY in of_na_ri and len(of_na_ri) == 18
    owner.exec_driver_sql(MOVED)
    assert kept(owner) == of_na_ri - {KIM_HY}
    owner.exec_driver_sql(SCOPE.format(KIM_HY))
    assert kept(owner) == of_na_ri
    owner.exec_driver_sql("update ref.reader_scope set role_name = 'xem_khac'")
    assert (kept(owner), kept(owner, "xem_khac")) == (set(), of_na_ri)
    owner.exec_driver_sql(f"delete from ref.reader_scope where unit_code = '{NA_RI}'")
    assert kept(owner, "xem_khac") == {KIM_HY}
    owner.exec_driver_sql(f"delete from dw.dim_unit where unit_code = '{KIM_HY}'")
    assert kept(owner, "xem_khac") == set()
    owner.exec_driver_sql(SCOPE.format(NA_RI))
    owner.exec_driver_sql("truncate ref.reader_scope")
    assert kept(owner) == set()


def test_the_units_put_anew_leave_it_as_it_was(owner: Connection) -> None:
    owner.exec_driver_sql(SCOPE.format(NA_RI))
    before = kept(owner)
    for name in ("04_unit_place", "04_unit_place_label", "04_unit_place_rest"):
        database.script(owner, database.statement(f"seeds/units/{name}"))
    assert kept(owner) == before


def test_two_who_change_at_once_wait_for_each_other(fresh_warehouse: Settings) -> None:
    """One names Ba Tơ to a role while another moves Kim Hỷ there: neither sees the other's change
    before it is committed."""
    engine = database.engine(fresh_warehouse, "khoxa_owner")
    waits = (
        "select count(*) from pg_locks where not granted and relation = 'ref.reader_unit'::regclass"
    )

    def move() -> None:
        with engine.begin() as connection:
            connection.exec_driver_sql(MOVED)

    with ThreadPoolExecutor(1) as other, engine.connect() as first:
        first.exec_driver_sql(SCOPE.format(BA_TO))
        moved = other.submit(move)
        while not (moved.done() or first.exec_driver_sql(waits).scalar()):
            sleep(0.05)
        first.commit()
        moved.result()
        assert KIM_HY in kept(first)

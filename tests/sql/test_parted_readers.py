"""A commune that lies in another province than the rest of its former district: who may read one
province, or the district, has the same sums of it at every level; an upgrade works it out again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from etl.ground import database
from etl.ground.config import Settings
from etl.setup.readers import add, remove
from tests.pipeline.test_office_readers import administer
from tests.sql.map_world import FOREVER, Filing, Link, Unit, World
from tests.sql.map_world_rows import arrive, settle

START, REFORM = date(2021, 1, 1), date(2025, 7, 1)
SUM = (
    "select sum(value) from count_{}_by_period"
    " where period_key = '2025-Y' and indicator_code = 'poor_households'"
)


def parted() -> World:
    """District 10 of province 1 has communes 21 and 22; by the reform they become 23, and 24 of
    province 2. 23 files 100, 24 files 33."""
    old = [Unit(n, START, REFORM, 10, 1) for n in (21, 22)]
    new = [Unit(n, REFORM, FOREVER, None, n - 22) for n in (23, 24)]
    filings = (
        Filing(n, "Y", commune, date(2025, 12, 31), {("poor_households", "actual", "Y"): value})
        for n, commune, value in ((1, 23, 100), (2, 24, 33))
    )
    return World(
        2025, tuple(Unit(n, START, FOREVER) for n in (1, 2)),
        (Unit(10, START, REFORM, None, 1),), (*old, *new),
        tuple(Link(REFORM, n, n + 2, True, None) for n in (21, 22)), tuple(filings),
    )  # fmt: skip


@pytest.fixture(scope="module")
def place(make_warehouse) -> Iterator[Settings]:
    with make_warehouse() as found:
        world = parted()
        settle(found, world)
        arrive(found, world, list(world.filings))
        yield found


@pytest.mark.parametrize(
    ("units", "commune", "district", "province"),
    [
        (["u1"], 100, 100, 100),
        (["u2"], 33, 33, 33),
        (["u1", "u2"], 133, 133, 133),
        # the district's own total has all of its people; its province is not theirs to read
        (["u10"], 133, 133, None),
        (["u24"], 33, None, None),
    ],
)
def test_every_level_has_the_sum_of_these_units(
    place: Settings, units: list[str], commune: int, district: int | None, province: int | None
) -> None:
    role = "xem_xa_tinh_khac_thu"
    administer(place, *add(place, role, units))
    try:
        add(place, role, units)  # the role is there now
        url = str(place.warehouse_url).replace("khoxa_loader", role)
        with create_engine(url, poolclass=NullPool).connect() as connection:
            found = [
                connection.scalar(text(SUM.format(level)))
                for level in ("commune", "district", "province")
            ]
        assert found == [commune, district, province]
    finally:
        administer(place, *remove(place, role))


def test_an_upgrade_has_the_next_night_work_it_out_again(place: Settings) -> None:
    with database.engine(place, "khoxa_owner").connect() as connection:
        database.script(connection, database.statement("migrations/0052_sums_of_own_units"))
        touched = connection.exec_driver_sql("select commune_key, year from stg.touched").all()
        connection.rollback()
    assert {tuple(row) for row in touched} == {(23, 2025), (24, 2025)}

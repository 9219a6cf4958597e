"""What the benchmarks put straight into the warehouse fits the warehouse of today."""

from __future__ import annotations

import pytest

from benchmarks import judged, on_map
from etl.ground import database
from etl.ground.config import Settings

DRAWN = {"judged": f"{judged.FILL}; {judged.ALL}", "map": on_map.FILL.format(indicators=1)}


@pytest.mark.parametrize("fill", DRAWN.values(), ids=DRAWN)
def test_drawn_rows_have_the_columns_of_today(warehouse: Settings, fill: str) -> None:
    with database.engine(warehouse, "khoxa_owner").connect() as connection:
        database.script(connection, fill)
        rows = connection.exec_driver_sql("select count(*) from stg.touched").scalar_one()
        connection.rollback()
    # the communes of 30 June 2025, those in districts; of the first, the few of no district go too
    assert 10_000 < rows <= 10_035

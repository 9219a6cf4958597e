"""A seed that corrects the type of a commune: what counts xã alone, or thị trấn alone, is counted
and judged again, as if it had been right from the start."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from etl.ground import database
from etl.ground.config import Settings
from etl.load import seeding
from tests.night import Night

FILED = ("na_ri_chi_tieu_ke_hoach_2025.xlsx", "na_ri_ket_qua_chi_tieu_6_thang_2025.xlsx",
         "bao_cao_6_thang_2025_kim_hy.xlsx", "bao_cao_6_thang_2025_yen_lac.xlsx")  # fmt: skip
YEN_LAC = "02155"  # thị trấn, of Na Rì's 17 communes the only one that is no xã


def retype(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Yến Lạc was a xã, says the seed now."""
    drawn = seeding.seed_rows

    def other(**folders: object) -> dict[str, seeding.Any]:
        tables = drawn(**folders)  # type: ignore[arg-type]
        columns, rows = tables["commune"]
        tables["commune"] = (
            columns,
            [[row[0], row[1], "xã", *row[3:]] if row[0] == YEN_LAC else row for row in rows],
        )
        return tables

    with database.night(settings) as connection:
        connection.exec_driver_sql("update ops.declared set digest = '' where code = 'units'")
    with monkeypatch.context() as patched:
        patched.setattr(seeding, "seed_rows", other)
        seeding.synchronise(settings)


def test_it_is_counted_again(
    tmp_path: Path, make_warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in FILED:
        shutil.copy2(Night.inbox / name, tmp_path)
    with make_warehouse() as settings:
        night = Night(settings, tmp_path)
        night.go()
        before = night.dump()
        retype(settings, monkeypatch)
        night.go()
        after = night.dump()
    with make_warehouse() as settings:
        retype(settings, monkeypatch)
        right = Night(settings, tmp_path)
        right.go()
        assert after == right.dump()
    changed = {name for name in after if after[name] != before[name]}
    assert {"dw.dim_commune", "dw.dim_unit", "dw.agg_indicator"} <= changed

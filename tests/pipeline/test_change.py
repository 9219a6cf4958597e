"""A figure that a later version gives otherwise stands in mart.change with both, and when."""

from __future__ import annotations

import shutil
from pathlib import Path

from etl.ground import database
from etl.ground.config import Settings
from tests.night import SAMPLES, Night
from tests.pipeline.test_refiling import Office, books, office, superseded

__all__ = ["books", "office"]  # fixtures
CHANGES = (
    "select unit_name, district_name, period_key, measure, change, value_before, value_after,"
    " difference, cell_before = cell_after, file_before, file_after, version from mart.change"
    " where code = 'labour_export' and changed_on >= cast(%(since)s as date)"
)


def test_before_and_after(office: Office, books: dict[str, bytes]) -> None:
    before = superseded(office, books)
    with database.engine(office.night.settings, "bi_reader").connect() as connection:
        found = connection.exec_driver_sql(CHANGES, {"since": "2025-01-01"}).all()
        later = connection.exec_driver_sql(CHANGES, {"since": "2999-01-01"}).all()
    assert [tuple(row) for row in found] == [
        ("Xã Kim Hỷ", "Na Rì", "2025-H1", "actual", "changed", before, 0, -before, True,
         "bao_cao.xlsx", "bao_cao_2.xlsx", 2)
    ]  # fmt: skip
    assert later == []


def test_a_version_stands_beside_the_one_just_before_it(
    office: Office, books: dict[str, bytes]
) -> None:
    before = superseded(office, books)
    office.put("bao_cao_3.xlsx", books["old"])
    office.go()
    changes = (
        "select version, value_before, value_after, file_before from mart.change"
        " where code = 'labour_export' order by version"
    )
    assert office.night.rows(changes) == [
        (2, before, 0, "bao_cao.xlsx"), (3, 0, before, "bao_cao_2.xlsx"),
    ]  # fmt: skip


def test_the_sample_filed_again(fresh_warehouse: Settings, tmp_path: Path) -> None:
    """samples/gui_lai: 24 people of Xã Văn Lang found work, 22 before."""
    name = "bao_cao_6_thang_2025_van_lang{}.xlsx"
    for each in (name.format(""), "so_van_den.csv"):
        shutil.copy(SAMPLES / "inbox" / each, tmp_path)
    Night(fresh_warehouse, tmp_path).go()
    night = Night(fresh_warehouse, SAMPLES / "gui_lai")
    night.go()
    assert night.rows(
        "select unit_name, period_key, cell_after, value_before, value_after, file_after"
        " from mart.change"
    ) == [("Xã Văn Lang", "2025-H1", "D16", 22, 24, name.format("_lan_3"))]

"""A figure that a later version gives otherwise stands in mart.change with both, and when."""

from __future__ import annotations

from etl.ground import database
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

"""What an earlier khoxa left wrong counts again after an upgrade, or is computed again."""

from __future__ import annotations

from sqlalchemy import text

from etl.ground import database
from etl.setup.migrate import migrate

# id, unit, day received, state, version and what stands for it as an earlier khoxa left them
LEFT = [
    (1, "A", 1, "accepted", 1, 2),  # the second was taken for a version of it, and is B's
    (2, "B", 5, "accepted", 2, None),
    (3, "B", 3, "accepted", 1, None),  # of the same unit, before it
    (4, "C", 1, "accepted", 1, 5),  # these are as they should be
    (5, "C", 2, "accepted", 2, None),
    (6, "C", 3, "rejected", 3, None),
]
MENDED = [(1, 1, None), (2, 2, None), (3, 1, 2), (4, 1, 5), (5, 2, None), (6, 3, None)]
YEAR = text("insert into dw.dim_period values ('Y', 'year', 1, 12, 1, '', '', '', '')")
FILING = text(
    "insert into raw.filing (filing_id, content_sha256, original_name, received_at, state, form,"
    " filer_level, filer_code, year, last_year, period, version, superseded_by)"
    " values (:id, :id, 'x.xlsx', date '2031-01-01' + :day, :state, 'report', 'commune', :unit,"
    " 2031, 2031, 'Y', :version, :superseded_by)"
)
FACT = text(
    "insert into dw.fact_indicator (filing_id, indicator_key, level, commune_key, province_key,"
    " year, period, measure, state, value, sheet, cell, text_as_filed)"
    " values (:id, 1, 'commune', 900000 + :id, 1, 2031, 'Y', 'actual', 'value', 1, 'S', 'A1', '')"
)
# of a district itself, and what a commune registered
OWN = (
    "insert into dw.fact_indicator (filing_id, indicator_key, level, district_key, province_key,"
    " year, period, measure, state, value, sheet, cell, text_as_filed)"
    " values (5, 1, 'district', 800001, 800000, 2031, 'Y', 'actual', 'value', 1, 'S', 'A2', '')"
)
REGISTERED = (
    "insert into dw.fact_target (filing_id, indicator_key, level, commune_key, province_key, year,"
    " period, basis, operator, target_value, unit_of_measure, section, text_as_printed, quantity,"
    " year_from, year_to, state, sheet, cell, text_as_filed)"
    " values (5, 1, 'commune', 900007, 1, 2031, 'Y', 'registered', '=', 1, '', '', '', 'level',"
    " 2031, 2031, 'value', 'S', 'A3', '')"
)
TOUCHED = "select coalesce(commune_key, district_key) from stg.touched where year = 2031 order by 1"


def test_an_upgrade_mends_them_and_their_units_are_computed_again(make_warehouse) -> None:
    with make_warehouse("template1") as settings:
        migrate(settings, "0053_numbers_as_text")
        names = ("id", "unit", "day", "state", "version", "superseded_by")
        rows = [dict(zip(names, row, strict=True)) for row in LEFT]
        owner = database.engine(settings, "khoxa_owner")
        with owner.begin() as connection:
            connection.execute(YEAR)
            for row in sorted(rows, key=lambda each: each["superseded_by"] is not None):
                connection.execute(FILING, row)
                connection.execute(FACT, row)
            connection.exec_driver_sql(OWN)
            connection.exec_driver_sql(REGISTERED)
        migrate(settings)
        with owner.begin() as connection:
            found = connection.execute(
                text("select filing_id, version, superseded_by from raw.filing order by 1")
            )
            assert [tuple(row) for row in found] == MENDED
            touched = connection.exec_driver_sql(TOUCHED).scalars().all()
            assert touched == [800001, 900001, 900002, 900003, 900007]

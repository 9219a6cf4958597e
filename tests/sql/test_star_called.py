"""Which of a commune's figures the star calls invented where its filings do not agree."""

from __future__ import annotations

from etl.ground import database
from etl.ground.config import Settings

# filing 1 calls its figures invented, 2 does not, 3 excepts one by name
FILED = """
    insert into raw.filing (filing_id, content_sha256, original_name, received_at, state, form,
        form_version, filer_level, filer_code, year, last_year, period, units_on, illustrative_note)
    select n, n::text, '', now(), 'accepted', 'x' || n, '1', 'district', 'x', 2025, 2025, 'Y',
        date '2025-12-31', note
    from (
        values (1, 'Số liệu minh hoạ'), (2, ''),
            (3, (select 'Số liệu minh hoạ, trừ ' || name_vi from dw.dim_indicator
                where indicator_key = 3))
    ) as f (n, note);
    insert into dw.fact_indicator (filing_id, indicator_key, level, commune_key, province_key, year,
        period, measure, value, state, sheet, cell, text_as_filed)
    select f, i, 'commune', c, 1, 2025, 'Y', m, 1, 'value', '', concat(c, i, m), '1'
    from (values
        (1, 1, 1, 'actual'), (1, 2, 1, 'actual'), (2, 1, 1, 'actual'), (1, 1, 2, 'actual'),
        (3, 3, 3, 'actual'), (3, 3, 3, 'baseline')
    ) as g (f, i, c, m);
    create temporary table star_inside on commit drop as
    select c as first_key, c as commune_key, 2025 as year from generate_series(1, 3) as c
"""


def test_what_one_filing_does_not_call_invented_is_not(warehouse: Settings) -> None:
    with database.engine(warehouse).connect() as connection:
        database.script(connection, FILED)
        database.run(connection, "marts/star/16_star_called")
        rows = connection.exec_driver_sql(
            "select commune_key, indicator_key, measure from star_called"
            " inner join dw.dim_indicator on indicator_code = code order by 1, 2"
        ).all()
        connection.rollback()
    # the first of commune 1 stands in filing 2 as well; of 3 what was reached is excepted
    assert [tuple(row) for row in rows] == [
        (1, 2, "actual"),
        (2, 1, "actual"),
        (3, 3, "baseline"),
    ]

-- one row per indicator cell of the filings being loaded
insert into dw.fact_indicator (
    filing_id, indicator_key, level, commune_key, district_key, province_key, year, period,
    measure, value, state, sheet, cell, text_as_filed, year_offset, unit_as_filed
)
select
    filing_id, indicator_key, level, commune_key, district_key, province_key, year, period,
    measure, value, state, sheet, cell, text, year_offset, unit_as_filed
from bound_figure
where kind = 'indicator'

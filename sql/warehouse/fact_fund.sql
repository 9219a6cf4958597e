-- one row per fund cell of the filings being loaded; of several years, `year` is the last
insert into dw.fact_fund (
    filing_id, fund_key, level, commune_key, district_key, province_key, year_from, year, period,
    stage, amount_million_vnd, state, sheet, cell, text_as_filed, year_offset, unit_as_filed
)
select
    filing_id, fund_key, level, commune_key, district_key, province_key, year, last_year, period,
    stage, value, state, sheet, cell, text, year_offset, unit_as_filed
from bound_figure
where kind = 'fund'

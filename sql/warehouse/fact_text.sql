-- one row per cell of a list of texts of the filings being loaded
insert into dw.fact_text (
    filing_id, level, commune_key, district_key, province_key, year_from, year, period,
    programme_code, list_code, row_no, word_code, value_text, value_date, state, sheet, cell,
    text_as_filed
)
select
    filing_id, level, commune_key, district_key, province_key, year, last_year, period,
    programme_code, table_name, row_no, code,
    case when unit_of_measure is distinct from 'date' then text_code end,
    case when unit_of_measure = 'date' then text_code::date end, state, sheet, cell, text
from bound_figure
where kind = 'text'

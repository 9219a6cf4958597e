-- grain: one row a fund cell of the filings being loaded; of several years, `year` is the last
merge into dw.fact_fund as t
using (
    select * from bound_figure where kind = 'fund'
) as s on t.filing_id = s.filing_id and t.sheet = s.sheet and t.cell = s.cell
when matched and (
    t.fund_key, t.commune_key, t.year_from, t.year, t.period, t.stage, t.amount_million_vnd,
    t.state, t.text_as_filed
) is distinct from (
    s.fund_key, s.commune_key, s.year, s.last_year, s.period, s.stage, s.value, s.state, s.text
) then update set
    fund_key = s.fund_key,
    commune_key = s.commune_key,
    district_key = s.district_key,
    year_from = s.year,
    year = s.last_year,
    period = s.period,
    stage = s.stage,
    amount_million_vnd = s.value,
    state = s.state,
    text_as_filed = s.text
when not matched then insert (
    filing_id, fund_key, level, commune_key, district_key, province_key, year_from, year, period,
    stage, amount_million_vnd, state, sheet, cell, text_as_filed
) values (
    s.filing_id, s.fund_key, s.level, s.commune_key, s.district_key, s.province_key, s.year,
    s.last_year, s.period, s.stage, s.value, s.state, s.sheet, s.cell, s.text
)

-- grain: one row an indicator cell of the filings being loaded
merge into dw.fact_indicator as t
using (
    select * from bound_figure where kind = 'indicator'
) as s on t.filing_id = s.filing_id and t.sheet = s.sheet and t.cell = s.cell
when matched and (
    t.indicator_key, t.commune_key, t.period, t.measure, t.value, t.state, t.text_as_filed
) is distinct from (
    s.indicator_key, s.commune_key, s.period, s.measure, s.value, s.state, s.text
) then update set
    indicator_key = s.indicator_key,
    commune_key = s.commune_key,
    district_key = s.district_key,
    period = s.period,
    measure = s.measure,
    value = s.value,
    state = s.state,
    text_as_filed = s.text
when not matched then insert values (
    s.filing_id, s.indicator_key, s.level, s.commune_key, s.district_key, s.province_key,
    s.year, s.period, s.measure, s.value, s.state, s.sheet, s.cell, s.text
)

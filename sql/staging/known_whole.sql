-- grain: one row per figure that a district or province that is asked about filed for itself, of its
-- years and those before: of filings that nothing superseded, the latest
insert into known (
    level, unit_key, year, period, measure, indicator_key, value, filing_id, original_name, place
)
with units as materialized (
    select level, unit_key, year as earlier_year from asked_unit where level <> 'commune'
)

select distinct on (f.level, u.unit_key, f.year, f.period, f.measure, f.indicator_key)
    f.level, u.unit_key, f.year, f.period, f.measure, f.indicator_key, f.value, f.filing_id,
    g.original_name, f.sheet || '!' || f.cell
from units as u
inner join dw.fact_indicator as f
    on f.commune_key is null and f.year = u.earlier_year and f.level = u.level
    and case f.level when 'district' then f.district_key else f.province_key end = u.unit_key
inner join raw.filing as g using (filing_id)
where
    g.superseded_by is null and f.state = 'value'
    and (f.measure in ('actual', 'preliminary') or f.measure = 'baseline' and f.year_offset = 1)
order by
    f.level, u.unit_key, f.year, f.period, f.measure, f.indicator_key,
    ref.fact_rank(f.measure, f.year_offset), g.received_at desc, f.filing_id desc

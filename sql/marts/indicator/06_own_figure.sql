-- makes filed_figure
-- reads stg.touched, dw.fact_indicator, raw.current_filing, dw.dim_indicator
-- one row per figure that a touched district or province filed for itself
-- why of several filings that count the last received stands
insert into filed_figure (
    level, unit_key, year, period, measure, indicator_key, value, is_bridged, indicator_code, kind
)
with touched as (
    select distinct
        case when district_key is null then 'province' else 'district' end as level,
        coalesce(district_key, province_key) as unit_key, province_key, year
    from stg.touched
    where commune_key is null
)

select distinct on (f.level, t.unit_key, f.year, f.period, f.measure, f.indicator_key)
    f.level, t.unit_key, f.year, f.period, f.measure, f.indicator_key, f.value, false,
    i.indicator_code, i.kind
from touched as t
inner join dw.fact_indicator as f
    on f.level = t.level and f.province_key = t.province_key and f.year = t.year
    and coalesce(f.district_key, f.province_key) = t.unit_key
inner join raw.current_filing as g using (filing_id)
inner join dw.dim_indicator as i using (indicator_key)
where f.state = 'value'
order by
    f.level, t.unit_key, f.year, f.period, f.measure, f.indicator_key,
    ref.fact_rank(f.measure, f.year_offset), g.received_at desc, f.filing_id desc

-- grain: one row a figure that a touched district or province filed for itself
insert into filed_figure
select distinct on (f.level, u.unit_key, f.year, f.period, f.measure, f.indicator_key)
    f.level, u.unit_key, f.year, f.period, f.measure, f.indicator_key, f.value, false,
    i.indicator_code, i.kind
from (
    select distinct
        case when district_key is null then 'province' else 'district' end as level,
        coalesce(district_key, province_key) as unit_key, province_key, year
    from stg.touched
    where commune_key is null
) as u
inner join dw.fact_indicator as f
    on f.level = u.level and f.province_key = u.province_key and f.year = u.year
    and coalesce(f.district_key, f.province_key) = u.unit_key
inner join raw.filing as g using (filing_id)
inner join dw.dim_indicator as i using (indicator_key)
where g.state = 'accepted' and g.superseded_by is null and f.state = 'value'
order by
    f.level, u.unit_key, f.year, f.period, f.measure, f.indicator_key,
    g.received_at desc, f.filing_id desc

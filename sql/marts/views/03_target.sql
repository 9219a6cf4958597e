-- grain: one row a target of a unit, year, indicator and basis, from current filings
create view mart.target as
select
    f.level, u.unit_code, u.unit_name, u.province_name, u.district_name, u.sort_key,
    coalesce(f.commune_key, f.district_key, f.province_key) as unit_key,
    f.year, f.period, i.indicator_code, f.indicator_key, f.basis, f.operator,
    f.target_value, f.target_value_high,
    -- a printed rate was rounded; where its counts are known the target is theirs
    coalesce(a.value, f.target_value) as target_exact,
    f.unit, f.text_as_printed, f.section, f.filing_id, f.sheet, f.cell,
    null::integer as units_expected, null::integer as units_reported
from dw.fact_target as f
inner join raw.filing as g using (filing_id)
inner join dw.dim_indicator as i using (indicator_key)
inner join mart.unit as u
    on u.level = f.level
    and u.unit_key = coalesce(f.commune_key, f.district_key, f.province_key)
left join dw.agg_indicator as a
    on f.basis = 'registered' and i.kind = 'rate' and a.level = f.level
    and a.unit_key = f.commune_key and a.year = f.year and a.period = f.period
    and a.measure = 'target' and a.indicator_key = f.indicator_key
where g.state = 'accepted' and g.superseded_by is null and f.state = 'value'
union all
select
    a.level, u.unit_code, u.unit_name, u.province_name, u.district_name, u.sort_key,
    a.unit_key, a.year, a.period, i.indicator_code, a.indicator_key, 'summed', '=',
    round(a.value, i.decimals), null, a.value, i.unit,
    'tổng các xã đăng ký / sum of what communes registered', '',
    null, null, null, a.units_expected, a.units_reported
from dw.agg_indicator as a
inner join dw.dim_indicator as i using (indicator_key)
inner join mart.unit as u on u.level = a.level and u.unit_key = a.unit_key
where
    a.measure = 'target' and a.level <> 'commune'
    and exists (
        select from dw.fact_target as f
        where f.indicator_key = a.indicator_key and f.basis = 'registered'
    );

-- grain: one row a stale place and a target stated for its unit, from filings that stand
-- (mart.target_version), or what the communes in it registered in sum. A target stands on the maps
-- that its unit is on; elsewhere it counts in sums only.
create temporary table stated_target on commit drop as
with stated as (
    select
        f.level, coalesce(f.commune_key, f.district_key, f.province_key) as unit_key,
        f.year, f.period, f.indicator_key, f.basis, f.operator,
        f.target_value, f.target_value_high,
        -- a printed rate was rounded; where its counts are known the target is theirs
        coalesce(a.value, f.target_value) as target_exact,
        f.unit, f.text_as_printed, f.section, f.filing_id, f.sheet, f.cell,
        null::integer as units_expected, null::integer as units_reported,
        f.quantity, f.period_type, f.year_from, f.year_to, f.sub_population, f.measured_against,
        f.is_aspirational, f.total_value, f.statement_no, f.component_of, f.paired_with, f.document,
        v.version, v.in_force_from, v.in_force_to, v.is_current, 0 as shares_unknown,
        case
            when f.basis <> 'assigned' then null
            when v.filer_level = 'province' and f.level <> 'province' then 'province'
            when v.filer_level = 'district' and f.level = 'commune' then 'district'
            else 'own_plan'
        end as asked_by,
        f.filing_id || '|' || f.sheet || '|' || f.cell as target_id
    from dw.fact_target as f
    inner join mart.target_version as v using (filing_id)
    inner join dw.dim_indicator as i using (indicator_key)
    left join dw.agg_indicator as a
        on f.basis = 'registered' and i.kind = 'rate' and a.level = f.level
        and a.unit_key = f.commune_key and a.year = f.year and a.period = f.period
        and a.measure = 'target' and a.indicator_key = f.indicator_key and a.unit_map = 'as_filed'
    where
        (f.state = 'value' or f.operator = 'none')
        and (f.level, coalesce(f.commune_key, f.district_key, f.province_key))
        in (select level, unit_key from stale_place)
)

select p.unit_map, s.* from stated as s inner join stale_place as p using (level, unit_key)
union all
select
    a.unit_map, a.level, a.unit_key, a.year, a.period, a.indicator_key, 'summed', '=',
    round(a.value, i.decimals), null, a.value, i.unit,
    'tổng các xã đăng ký / sum of what communes registered', '',
    null, null, null, a.units_expected, a.units_reported,
    case i.flow when 'flow' then 'change' else 'level' end, 'year', a.year, a.year, '', '',
    false, null, '', null, null, '', null, null, null, true, a.shares_unknown, null,
    'summed|' || a.indicator_key || '|' || a.year || '|' || a.period || '|' || a.unit_key
from place_figure as a
inner join dw.dim_indicator as i using (indicator_key)
where
    a.measure = 'target'
    and (
        a.level <> 'commune'
        or a.unit_map <> 'as_filed' and not exists (
            select from dw.agg_indicator as o
            where
                o.level = a.level and o.unit_key = a.unit_key and o.year = a.year
                and o.period = a.period and o.measure = a.measure
                and o.indicator_key = a.indicator_key and o.unit_map = 'as_filed'
        )
    )
    and exists (
        select from dw.fact_target as f
        where f.indicator_key = a.indicator_key and f.basis = 'registered'
    )

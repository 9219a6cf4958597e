-- grain: one row a map and a stated target of a unit, from current filings, or what the communes
-- in the unit registered in sum. `obstacle`: why its shape cannot be set against the year's
-- figures of its unit, if so
create view mart.target as
with stated as (
    select
        f.level, u.unit_code, u.unit_name, u.province_name, u.district_name, u.sort_key,
        coalesce(f.commune_key, f.district_key, f.province_key) as unit_key,
        f.year, f.period, i.indicator_code, f.indicator_key, f.basis, f.operator,
        f.target_value, f.target_value_high,
        -- a printed rate was rounded; where its counts are known the target is theirs
        coalesce(a.value, f.target_value) as target_exact,
        f.unit, f.text_as_printed, f.section, f.filing_id, f.sheet, f.cell,
        null::integer as units_expected, null::integer as units_reported,
        f.quantity, f.period_type, f.year_from, f.year_to, f.sub_population, f.measured_against,
        f.is_aspirational, f.total_value, f.statement_no, f.component_of, f.paired_with, f.document,
        case
            when f.quantity = 'text_only' then 'text_only'
            when f.quantity = 'n_of_m' then 'n_of_m_not_counted_yet'
            when f.quantity = 'share_of_units' then 'share_of_units_not_counted_yet'
            when f.quantity = 'per_unit_minimum' then 'each_unit_not_compared_yet'
            when f.quantity = 'per_unit_average' then 'per_unit_average_not_computed_yet'
            when f.quantity = 'share_of_flow' then 'share_of_flow_not_computed_yet'
            when f.period_type = 'cumulative' then 'cumulative_not_summed_yet'
            when
                f.year_from < f.year and i.flow = 'flow' and f.quantity in ('count', 'change')
                and f.period_type in ('by_end_of', 'unstated')
                then 'cumulative_not_summed_yet'
            when f.period_type = 'annual_rate' then 'annual_rate_not_judged_yet'
            when f.period_type = 'annual_average' or f.unit = 'pp_per_year'
                then 'average_judged_too_early'
            -- a stated population that is not the indicator's own is counted in no report
            when f.sub_population <> '' and f.sub_population is distinct from i.population
                then 'other_population'
        end as obstacle
    from dw.fact_target as f
    inner join raw.filing as g using (filing_id)
    inner join dw.dim_indicator as i using (indicator_key)
    inner join mart.unit as u
        on u.level = f.level
        and u.unit_key = coalesce(f.commune_key, f.district_key, f.province_key)
    left join dw.agg_indicator as a
        on f.basis = 'registered' and i.kind = 'rate' and a.level = f.level
        and a.unit_key = f.commune_key and a.year = f.year and a.period = f.period
        and a.measure = 'target' and a.indicator_key = f.indicator_key and a.unit_map = 'as_filed'
    where
        g.state = 'accepted' and g.superseded_by is null
        and (f.state = 'value' or f.operator = 'none')
),

-- a target stands on the maps that its unit is on; elsewhere it counts in sums only
placed as (
    select 'as_filed' as unit_map, s.* from stated as s
    union all
    select m.unit_map, s.*
    from stated as s
    inner join ref.map_unit as m
        on m.unit_map <> 'as_filed' and m.level = s.level and m.unit_key = s.unit_key
)

select * from placed
union all
select
    a.unit_map, a.level, u.unit_code, u.unit_name, u.province_name, u.district_name, u.sort_key,
    a.unit_key, a.year, a.period, i.indicator_code, a.indicator_key, 'summed', '=',
    round(a.value, i.decimals), null, a.value, i.unit,
    'tổng các xã đăng ký / sum of what communes registered', '',
    null, null, null, a.units_expected, a.units_reported,
    case i.flow when 'flow' then 'change' else 'level' end, 'year', a.year, a.year, '', '',
    false, null, '', null, null, '',
    case when a.shares_unknown > 0 then 'split_without_weights' end
from mart.indicator_on_map as a
inner join dw.dim_indicator as i using (indicator_key)
inner join mart.unit as u on u.level = a.level and u.unit_key = a.unit_key
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
    );

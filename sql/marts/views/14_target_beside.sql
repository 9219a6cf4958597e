-- makes stg.target_beside
-- reads mart.indicator_on_map, dw.dim_indicator, stg.target_by_asker, mart.target_passed_on,
--   stg.summed_figure, dw.agg_target, dw.dim_commune, dw.dim_district
-- one row per map, unit, year and indicator that was asked of the unit, that its communes were
--   assigned or registered, or that it assigned to the units below
-- why all of them are set side by side before they are compared. `sum_asked`: a commune that others
--   became was assigned nothing itself, and is compared with the sum of what they were; a district of
--   which nobody stated a figure, with the total that its annex prints
create view stg.target_beside as
with aimed as materialized (
    select
        a.unit_map, a.level, a.unit_key, a.year, a.indicator_key,
        max(round(a.value, i.decimals)) filter (where a.measure = 'assigned') as assigned_sum,
        max(q.target_value) as printed_total,
        max(round(a.value, i.decimals)) filter (where a.measure = 'registered') as registered_value,
        max(a.units_expected) filter (where a.measure = 'registered') as units_expected,
        max(a.units_reported) filter (where a.measure = 'registered') as units_registered,
        max(a.shares_unknown) filter (where a.measure = 'registered') as shares_unknown
    from mart.indicator_on_map as a
    inner join stg.summed_figure as s using (unit_map, level, unit_key, year, indicator_key, measure)
    inner join dw.dim_indicator as i using (indicator_key)
    left join dw.agg_target as q on q.basis = 'assigned_total' and q.unit_map = a.unit_map
        and (q.level, q.unit_key, q.year, q.indicator_key)
        = (a.level, a.unit_key, a.year, a.indicator_key)
    where a.period = 'Y'
    group by a.unit_map, a.level, a.unit_key, a.year, a.indicator_key
),

stated as materialized (
    select
        unit_map, level, unit_key, year, indicator_key, assigned_by_province,
        assigned_by_province_high, assigned_by_district, assigned_by_district_high, own_plan_value,
        own_plan_value_high, is_own_comparable
    from stg.target_by_asker
),

passed as materialized (
    select
        unit_map, level, unit_key, year, indicator_key, assigned_below, units_assigned,
        units_short, shortfall
    from mart.target_passed_on
)

select
    unit_map, level, unit_key, year, indicator_key,
    t.assigned_by_province, t.assigned_by_province_high, t.assigned_by_district,
    t.assigned_by_district_high, t.own_plan_value, t.own_plan_value_high, t.is_own_comparable,
    a.assigned_sum, a.registered_value, a.units_expected, a.units_registered,
    a.shares_unknown, p.assigned_below, p.units_assigned, p.units_short, p.shortfall,
    case when level = 'commune' then a.assigned_sum else a.printed_total end as sum_asked,
    case when c.district_key is null then 'province' else 'district' end as parent_level,
    coalesce(c.district_key, c.province_key, d.province_key) as parent_key
from stated as t
full join aimed as a using (unit_map, level, unit_key, year, indicator_key)
full join passed as p using (unit_map, level, unit_key, year, indicator_key)
left join dw.dim_commune as c on level = 'commune' and c.commune_key = unit_key
left join dw.dim_district as d on level = 'district' and d.district_key = unit_key;

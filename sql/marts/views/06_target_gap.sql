-- makes mart.target_gap
-- reads dw.dim_indicator, mart.target, stg.summed_indicator
-- one row per target of a unit's own plan with a figure, or sum that its plan states nothing of
-- why what communes registered covers the plan above them or not. What they were assigned is that
--   plan's own annex: it agrees with the plan or not, and covers nothing
create view mart.target_gap as
with planned as (
    select
        level, unit_key, unit_code, unit_name, unit_map, year, indicator_key, operator,
        target_value, target_value_high, unit_of_measure, text_as_printed, sort_key,
        obstacle is null and judged_by = 'unit' and (gathered = 'point' or is_yearly)
        and gathered <> 'average' and quantity in ('level', 'change', 'count', 'coverage')
        as is_comparable
    from mart.target
    where basis = 'assigned' and operator <> 'none' and is_current and asked_by = 'own_plan'
),

summed as (
    select
        level, unit_key, unit_code, unit_name, unit_map, year, indicator_key, unit_of_measure,
        sort_key, max(target_value) filter (where basis <> 'registered_sum') as assigned_sum,
        max(target_value) filter (where basis = 'registered_sum') as registered_value,
        max(units_expected) filter (where basis = 'registered_sum') as units_expected,
        max(units_reported) filter (where basis = 'registered_sum') as units_reported
    from mart.target
    where basis in ('assigned_sum', 'assigned_total', 'registered_sum')
    group by level, unit_key, unit_code, unit_name, unit_map, year, indicator_key, unit_of_measure, sort_key
)

select
    level, coalesce(a.unit_code, s.unit_code) as unit_code, unit_map, year, i.indicator_code,
    coalesce(a.unit_name, s.unit_name) as unit_name, a.operator as assigned_operator,
    a.target_value as assigned_value, a.target_value_high as assigned_value_high, s.registered_value,
    case when c.is_comparable then s.registered_value - a.target_value end as gap,
    case
        when a.target_value is null then 'not_assigned'
        when s.registered_value is null then 'not_registered'
        when a.unit_of_measure <> s.unit_of_measure then 'unit_differs'
        when not a.is_comparable then 'shape_differs'
        else ref.cover(
            s.registered_value,
            case
                when a.operator = 'between' and i.direction = 'down' then a.target_value_high
                else ref.bound(a.operator, i.direction, a.target_value)
            end,
            ref.is_cap(a.operator, i.direction), a.operator in ('<', '>')
        )
    end as verdict,
    s.assigned_sum,
    case when c.is_comparable then s.assigned_sum - a.target_value end as plan_sum_gap,
    case when c.is_comparable and a.operator <> 'between'
        then ref.agree(s.assigned_sum, a.target_value) end as plan_sum_verdict,
    s.units_expected, s.units_reported,
    round(100.0 * s.units_reported / nullif(s.units_expected, 0), 2) as coverage_pct,
    a.text_as_printed as assigned_text, coalesce(a.sort_key, s.sort_key) as sort_key
from planned as a
full join summed as s using (unit_map, level, unit_key, year, indicator_key)
inner join dw.dim_indicator as i using (indicator_key)
cross join lateral (select a.is_comparable and a.unit_of_measure = s.unit_of_measure as is_comparable) as c
where s.unit_key is not null or indicator_key in (select indicator_key from stg.summed_indicator);

-- makes stg.target_planned
-- reads mart.target
-- one row per target of a unit's own plan with a figure, or sum that its plan states nothing of
-- why what communes registered is held against the plan (`held_value`), or, where it states nothing,
--   against the total that its annex prints, Na Rì's end rate of 25,38 %; of a commune that others
--   became, against what these were assigned
create view stg.target_planned as
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
        max(target_value) filter (where basis = 'assigned_total') as printed_total,
        max(target_value) filter (where basis = 'registered_sum') as registered_value,
        max(units_expected) filter (where basis = 'registered_sum') as units_expected,
        max(units_reported) filter (where basis = 'registered_sum') as units_reported
    from mart.target
    where basis in ('assigned_sum', 'assigned_total', 'registered_sum')
    group by
        level, unit_key, unit_code, unit_name, unit_map, year, indicator_key, unit_of_measure, sort_key
)

select
    level, unit_key, coalesce(a.unit_code, s.unit_code) as unit_code,
    coalesce(a.unit_name, s.unit_name) as unit_name, unit_map, year, indicator_key,
    a.operator, a.target_value, a.target_value_high,
    coalesce(a.unit_of_measure, s.unit_of_measure) as unit_of_measure,
    s.unit_of_measure as sum_unit_of_measure, a.text_as_printed,
    coalesce(a.operator, '=') as held_operator,
    coalesce(
        a.target_value, s.printed_total, case when level = 'commune' then s.assigned_sum end
    ) as held_value,
    s.assigned_sum, s.printed_total,
    s.registered_value, s.units_expected, s.units_reported, s.unit_key is not null as is_summed,
    coalesce(a.unit_of_measure = s.unit_of_measure and a.is_comparable, a.unit_key is null)
    as is_comparable,
    coalesce(a.sort_key, s.sort_key) as sort_key
from planned as a
full join summed as s using (unit_map, level, unit_key, year, indicator_key);

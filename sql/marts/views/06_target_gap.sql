-- makes mart.target_gap
-- reads dw.dim_indicator, mart.target, dw.fact_target
-- one row per assigned target with a figure, or summed one that nothing was assigned for
-- why readers see whether what communes registered adds up to what was asked of their parent
create view mart.target_gap as
with assigned as (
    select
        level, unit_key, unit_code, unit_name, unit_map, year, indicator_code, indicator_key,
        operator, target_value, target_value_high, unit, text_as_printed, sort_key,
        obstacle is null and judged_by = 'unit' and (gathered = 'point' or is_yearly)
        and gathered <> 'average' and quantity in ('level', 'change', 'count', 'coverage')
        as is_comparable
    from mart.target
    where basis = 'assigned' and operator <> 'none' and is_current and asked_by = 'own_plan'
),

summed as (
    select
        level, unit_key, unit_code, unit_name, unit_map, year, indicator_code, indicator_key,
        target_value, unit, units_expected, units_reported, sort_key
    from mart.target
    where basis = 'summed'
)

select
    coalesce(a.level, s.level) as level, coalesce(a.unit_code, s.unit_code) as unit_code,
    coalesce(a.unit_name, s.unit_name) as unit_name, coalesce(a.unit_map, s.unit_map) as unit_map,
    coalesce(a.year, s.year) as year, a.operator as assigned_operator,
    coalesce(a.indicator_code, s.indicator_code) as indicator_code, a.target_value as assigned_value,
    a.target_value_high as assigned_value_high, s.target_value as registered_value,
    case
        when a.unit = s.unit and a.is_comparable then s.target_value - a.target_value
    end as gap,
    case
        when a.target_value is null then 'not_assigned'
        when s.target_value is null then 'not_registered'
        when a.unit <> s.unit then 'unit_differs'
        when not a.is_comparable then 'shape_differs'
        else ref.cover(
            s.target_value,
            case
                when a.operator = 'between' and i.direction = 'down' then a.target_value_high
                else ref.bound(a.operator, i.direction, a.target_value)
            end,
            ref.is_cap(a.operator, i.direction), a.operator in ('<', '>')
        )
    end as verdict,
    s.units_expected, s.units_reported,
    round(100.0 * s.units_reported / nullif(s.units_expected, 0), 2) as coverage_pct,
    a.text_as_printed as assigned_text,
    coalesce(a.sort_key, s.sort_key) as sort_key
from assigned as a
full join summed as s
    on s.unit_map = a.unit_map and s.level = a.level and s.unit_key = a.unit_key and s.year = a.year
    and s.indicator_key = a.indicator_key
inner join dw.dim_indicator as i on i.indicator_key = coalesce(a.indicator_key, s.indicator_key)
where s.unit_key is not null or exists (
    select from dw.fact_target as f
    where f.indicator_key = a.indicator_key and f.basis = 'registered'
);

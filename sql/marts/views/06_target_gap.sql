-- grain: one row an assigned target with a figure, or a summed one that nothing was assigned for
create view mart.target_gap as
with assigned as (
    select
        t.*,
        obstacle is null and source = 'unit' and (gathered = 'point' or is_yearly)
        and gathered <> 'average' and quantity in ('level', 'change', 'count', 'coverage')
        as is_comparable
    from mart.target as t
    where basis = 'assigned' and operator <> 'none' and is_current and asked_by = 'own_plan'
),

summed as (
    select * from mart.target where basis = 'summed'
)

select
    coalesce(a.level, s.level) as level,
    coalesce(a.unit_code, s.unit_code) as unit_code,
    coalesce(a.unit_name, s.unit_name) as unit_name,
    coalesce(a.unit_map, s.unit_map) as unit_map,
    coalesce(a.year, s.year) as year,
    coalesce(a.indicator_code, s.indicator_code) as indicator_code,
    a.operator as assigned_operator,
    a.target_value as assigned_value,
    a.target_value_high as assigned_value_high,
    s.target_value as registered_value,
    case
        when a.unit = s.unit and a.is_comparable then s.target_value - a.target_value
    end as gap,
    case
        when a.target_value is null then 'not_assigned'
        when s.target_value is null then 'not_registered'
        when a.unit <> s.unit then 'unit_differs'
        when not a.is_comparable then 'shape_differs'
        when a.operator = '<' and s.target_value >= a.target_value then 'short'
        when a.operator = '>' and s.target_value <= a.target_value then 'short'
        -- as mart.attainment reads them: by direction, "about" allows 5 %
        when a.operator = '<=' or (a.operator in ('=', '~', 'between') and i.direction = 'down')
            then case when s.target_value > case a.operator
                when '~' then a.target_value * 1.05
                when 'between' then a.target_value_high
                else a.target_value
            end then 'short' else 'covered' end
        when a.operator in ('>=', '=', 'between') and s.target_value < a.target_value then 'short'
        when a.operator = '~' and s.target_value < a.target_value * 0.95 then 'short'
        else 'covered'
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

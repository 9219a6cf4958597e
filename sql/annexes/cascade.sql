-- grain: one row per indicator and the unit (is_total), or one of those that its cascade goes down
-- to (mart.cascade_member); of a commune that others became, each of them as it was assigned
with member as (
    select level, unit_key, unit_map
    from mart.cascade_member
    where of_level = :level and of_key = :unit_key and not (is_former and :unit_map = 'as_filed')
    union
    select :level, :unit_key, :unit_map
),

shown as materialized ( -- first: the view is looked up by unit
    select c.*
    from mart.target_cascade as c
    inner join member as m using (level, unit_key, unit_map) where c.year = :year
)

select
    i.name_vi as indicator_vi, i.name_en as indicator_en, c.indicator_code, c.unit_of_measure, c.asked_unit_of_measure,
    ref.dated_name(
        c.unit_name, v.valid_from, v.valid_to, :year,
        count(*) over (partition by i.indicator_key, c.unit_name) > 1
    ) as unit_name,
    c.unit_map, c.level, c.unit_key, c.level = :level and c.unit_key = :unit_key as is_total,
    round(c.assigned_by_province, i.decimals) as assigned_by_province,
    round(c.assigned_by_province_high, i.decimals) as assigned_by_province_high,
    round(c.assigned_by_district, i.decimals) as assigned_by_district,
    round(c.assigned_by_district_high, i.decimals) as assigned_by_district_high,
    round(c.own_plan_value, i.decimals) as own_plan_value,
    round(c.own_plan_value_high, i.decimals) as own_plan_value_high,
    round(c.registered_value, i.decimals) as registered_value, c.asked_by,
    round(c.registered_gap, i.decimals) as registered_gap, c.registered_verdict,
    round(
        case c.asked_by when 'assigned_sum' then c.assigned_sum when 'assigned_total' then c.asked_value
            else c.assigned_below end, i.decimals
    ) as assigned_below,
    round(c.below_gap, i.decimals) as below_gap, c.below_verdict, c.plan_sum_verdict,
    c.gap_share_pct, c.is_below_parent, round(c.reached_value, i.decimals) as reached_value,
    c.reached_period, round(c.reached_gap, i.decimals) as reached_gap, c.reached_verdict,
    c.units_registered || '/' || c.units_expected as coverage
from shown as c
inner join mart.unit as v using (level, unit_key)
inner join dw.dim_indicator as i using (indicator_code)
where coalesce(i.programme_code, :programme) = :programme
    -- on the map only what came of others: the rest stands there as it was
    and (c.unit_map = 'as_filed' or c.level = :level or c.asked_by = 'assigned_sum')
order by
    -- what only the unit itself states comes last
    count(*) over (partition by i.indicator_key) = 1, i.indicator_key, is_total desc,
    c.unit_map <> 'as_filed', c.sort_key, c.unit_code, c.asked_by

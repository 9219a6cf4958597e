-- makes mart.target_gap
-- reads stg.target_planned, dw.dim_indicator, stg.summed_figure
-- one row per target of a unit's own plan with a figure, or sum that its plan states nothing of
-- why what communes registered covers the plan above them or not. What they were assigned is that
--   plan's own annex: it agrees with the plan or not, and covers nothing
create view mart.target_gap as
select
    p.level, p.unit_code, p.unit_map, p.year, i.indicator_code, p.unit_name,
    p.operator as assigned_operator, p.target_value as assigned_value,
    p.target_value_high as assigned_value_high, p.registered_value,
    case when p.is_comparable then p.registered_value - p.held_value end as gap,
    case
        when p.held_value is null then 'not_assigned'
        when p.registered_value is null then 'not_registered'
        when p.unit_of_measure <> p.sum_unit_of_measure then 'unit_differs'
        when not p.is_comparable then 'shape_differs'
        else ref.cover(
            p.registered_value,
            case
                when p.held_operator = 'between' and i.direction = 'down' then p.target_value_high
                else ref.bound(p.held_operator, i.direction, p.held_value)
            end,
            ref.is_cap(p.held_operator, i.direction), p.held_operator in ('<', '>')
        )
    end as verdict,
    p.assigned_sum,
    case when p.is_comparable then p.assigned_sum - p.target_value end as plan_sum_gap,
    case when p.is_comparable and p.operator <> 'between'
        then ref.agree(p.assigned_sum, p.target_value) end as plan_sum_verdict,
    p.units_expected, p.units_reported,
    round(100.0 * p.units_reported / nullif(p.units_expected, 0), 2) as coverage_pct,
    p.text_as_printed as assigned_text, p.unit_of_measure, p.printed_total, p.sort_key
from stg.target_planned as p
inner join dw.dim_indicator as i using (indicator_key)
where p.is_summed or indicator_key in (select indicator_key from stg.summed_figure);

-- makes judged_target
-- reads stated_target, target_twin, target_shape, dw.dim_indicator
-- one row per target that is judged by itself: all that verdicts ask of it and of its indicator
-- why the models after this one join it alone. `figure_key` is the indicator whose figures judge it,
--   `fall_key` the rate whose fall within a year it states, if so
create temporary table judged_target on commit drop as
select
    t.target_no, t.place_no, t.figures_of, t.paired_with, t.indicator_key as own_key,
    f.indicator_key as figure_key, d.indicator_key as fall_key,
    t.year_from, t.year, t.period_type, t.quantity, t.unit_scope, t.operator, t.target_value,
    t.target_value_high, t.target_exact, t.total_value, t.units_expected, t.units_reported,
    t.named_standard, t.in_force_from, t.in_force_to,
    t.unit_of_measure not in (i.unit_of_measure, i.unit_of_measure || '_per_year') as is_other_unit,
    s.judged_by, s.gathered, s.is_yearly, s.is_of_others, s.adds_up, s.obstacle, i.kind, i.timing,
    i.direction, i.merger, i.by_standard, i.per,
    case s.gathered when 'average' then greatest(i.decimals, 2) else i.decimals end as decimals,
    i.timing = 'flow' and i.kind = 'rate' and coalesce(
        t.quantity = 'share_of_flow' or o.timing = 'flow' or i.population ~ '_with_demand$', false
    ) as is_rate_so_far
from stated_target as t
inner join target_shape as s using (target_no)
inner join dw.dim_indicator as i using (indicator_key)
inner join dw.dim_indicator as f
    on f.indicator_code = case s.judged_by
        when 'each' then i.each_unit_of when 'fall' then i.fall_of else i.indicator_code
    end
left join dw.dim_indicator as o on o.indicator_code = i.denominator_code
left join dw.dim_indicator as d
    on i.kind = 'rate' and s.gathered = 'year' and s.judged_by = 'unit'
    and d.indicator_code = i.fall_of
where t.target_no not in (select target_no from target_twin)

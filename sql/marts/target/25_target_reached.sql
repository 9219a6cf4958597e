-- makes target_reached
-- reads target_figure, target_goal, target_variant, target_reported, stated_target, dw.dim_indicator
-- one row per target of a stale map unit and reported period: whether its figure reaches it, or
--   goes beyond
-- why a figure is compared as it is published, rounded
create temporary table target_reached on commit drop as
select
    report_no, v.variant_value,
    case g.operator_read
        when '>=' then f.actual >= g.bound
        when '>' then f.actual > g.bound
        when '<=' then f.actual <= g.bound
        when '<' then f.actual < g.bound
        else f.actual between t.target_value and t.target_value_high
    end as is_reached,
    case g.operator_read
        when '>=' then v.variant_value >= g.bound
        when '>' then v.variant_value > g.bound
        when '<=' then v.variant_value <= g.bound
        when '<' then v.variant_value < g.bound
        else v.variant_value between t.target_value and t.target_value_high
    end as is_reached_by_variant,
    case
        when t.operator = '~' then false
        when t.operator = 'between' then case i.direction
            when 'up' then f.actual > t.target_value_high
            when 'down' then f.actual < t.target_value
        end
        when g.operator_read = '>=' then i.direction = 'up' and f.actual > g.goal
        when g.operator_read = '<=' then i.direction = 'down' and f.actual < g.goal
    end as is_beyond
from target_figure as f
inner join target_goal as g using (report_no)
inner join target_reported as r using (report_no)
inner join stated_target as t using (target_no)
inner join dw.dim_indicator as i using (indicator_key)
left join target_variant as v using (report_no)

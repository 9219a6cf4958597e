-- makes target_left
-- reads target_pair, target_figure, target_reached, target_goal, target_coverage, target_reported,
--   target_shape, stated_target, dw.dim_indicator
-- one row per target of a stale map unit and reported period: what is still to do until its figure
--   reaches it, and how far one that keeps to a limit may still go
-- why it is counted up to the first figure, as published, that reaches it: of "more than 98" that
--   is 98.01. What missing communes or years could only add to is not shown. In words:
--   docs/attainment.md
create temporary table target_left on commit drop as
with edge as (
    select
        report_no, f.actual, g.is_cap, e.is_reached or e.is_beyond is true as is_reached,
        case g.operator_read
            when '>=' then ceil(g.bound * p.parts) / p.parts
            when '>' then (floor(g.bound * p.parts) + 1) / p.parts
            when '<=' then floor(g.bound * p.parts) / p.parts
            when '<' then (ceil(g.bound * p.parts) - 1) / p.parts
            when 'between' then
                case when g.is_cap or f.actual > t.target_value_high then t.target_value_high
                    else t.target_value end
        end as reached_at
    from target_pair as v
    inner join target_figure as f using (report_no)
    inner join target_reached as e using (report_no)
    inner join target_goal as g using (report_no)
    inner join target_coverage as c using (report_no)
    inner join target_reported as r using (report_no)
    inner join target_shape as s using (target_no)
    inner join stated_target as t using (target_no)
    inner join dw.dim_indicator as i using (indicator_key)
    cross join lateral (select 10::numeric ^ f.decimals as parts) as p
    where
        -- a figure can be held against its target where only the way to it is not known
        coalesce(v.why_not in ('no_path_without_baseline', 'crosses_poverty_standards'), true)
        and not (c.is_missing and (s.judged_by = 'lowest' or s.adds_up and g.is_cap))
)

select
    f.report_no, round(e.reached_at, f.decimals) as reached_at,
    case when not e.is_reached then round(abs(e.reached_at - e.actual), f.decimals) end
    as remaining_value,
    case when e.is_reached and e.is_cap then round(e.reached_at - e.actual, f.decimals) end
    as room_value
from target_figure as f
left join edge as e using (report_no)

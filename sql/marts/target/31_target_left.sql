-- makes target_left
-- reads target_pair, target_figure, target_reached, judged_target
-- one row per target of a stale map unit and reported period: what is still to do until its figure
--   reaches it, and how far one that keeps to a limit may still go
-- why it is counted up to the first figure, as published, that reaches it: of "more than 98" that
--   is 98.01. What missing communes or years could only add to is not shown. In words:
--   docs/attainment.md
create temporary table target_left on commit drop as
with edge as (
    select
        report_no, f.actual, t.decimals, e.is_cap,
        e.is_reached or e.is_beyond is true as is_reached,
        case
            -- a figure can be held against its target where only the way to it is not known
            when v.why_not not in ('no_path_without_baseline', 'crosses_poverty_standards')
                or (f.is_missing and (t.judged_by = 'lowest' or t.adds_up and e.is_cap)) is not false
                then null
            when e.operator_read = '>=' then ceil(e.bound * p.parts) / p.parts
            when e.operator_read = '>' then (floor(e.bound * p.parts) + 1) / p.parts
            when e.operator_read = '<=' then floor(e.bound * p.parts) / p.parts
            when e.operator_read = '<' then (ceil(e.bound * p.parts) - 1) / p.parts
            when e.operator_read = 'between' then
                case when e.is_cap or f.actual > t.target_value_high then t.target_value_high
                    else t.target_value end
        end as reached_at
    from target_pair as v
    inner join target_figure as f using (report_no)
    inner join target_reached as e using (report_no)
    inner join judged_target as t using (target_no)
    cross join lateral (select 10::numeric ^ t.decimals as parts) as p
    offset 0 -- worked out once
)

select
    report_no, round(reached_at, decimals) as reached_at,
    case when not is_reached then round(abs(reached_at - actual), decimals) end as remaining_value,
    case when is_reached and is_cap then round(reached_at - actual, decimals) end as room_value
from edge

-- makes target_progress
-- reads target_figure, target_goal, target_start, target_to_date, target_reported, target_shape,
--   stated_target
-- one row per target of a stale map unit and reported period: how far along its way it is, per cent,
--   and how far it should be by then
-- why a flow starts at zero, a level at its baseline. Of "about" as much less is due as is enough
--   at the end
create temporary table target_progress on commit drop as
with way as (
    select
        report_no, f.actual_exact, f.due_pct, g.aim, g.bound, t.operator,
        case
            when g.is_cap and b.timing = 'flow' then null
            when d.is_direct or b.timing = 'flow'
                and (s.is_yearly or s.gathered <> 'year' or s.judged_by <> 'unit') then 0
            when coalesce(b.is_crossing, false) then null
            when g.is_cap and round(g.aim, f.decimals) >= round(f.baseline_value, f.decimals)
                then null
            when not g.is_cap and round(g.aim, f.decimals) <= round(f.baseline_value, f.decimals)
                then null
            else f.baseline_value
        end as way_start
    from target_figure as f
    inner join target_goal as g using (report_no)
    inner join target_start as b using (report_no)
    inner join target_to_date as d using (report_no)
    inner join target_reported as r using (report_no)
    inner join target_shape as s using (target_no)
    inner join stated_target as t using (target_no)
)

select
    report_no, 100 * (actual_exact - way_start) / nullif(aim - way_start, 0) as progress,
    due_pct * case
        when operator = '~' and aim <> way_start
            then greatest((bound - way_start) / (aim - way_start), 0)
        else 1
    end as due_pct
from way

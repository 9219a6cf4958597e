-- makes target_progress
-- reads target_figure, target_goal, target_start, target_shape
-- one row per target of a stale map unit and reported period: how far along its way it is, per cent
-- why a flow starts at zero, a level at its baseline
create temporary table target_progress on commit drop as
select
    report_no,
    case
        when g.is_cap and b.flow = 'flow' then null
        when b.flow = 'flow' and (s.is_yearly or s.gathered <> 'year' or s.judged_by <> 'unit')
            then 100 * f.actual_exact / nullif(g.aim, 0)
        when coalesce(b.is_crossing, false) then null
        when g.is_cap and round(g.aim, f.decimals) >= round(f.baseline_value, f.decimals)
            then null
        when not g.is_cap and round(g.aim, f.decimals) <= round(f.baseline_value, f.decimals)
            then null
        else 100 * (f.actual_exact - f.baseline_value) / nullif(g.aim - f.baseline_value, 0)
    end as progress
from target_figure as f
inner join target_goal as g using (report_no)
inner join target_start as b using (report_no)
inner join target_shape as s using (target_no)

-- makes target_progress
-- reads target_figure, target_reached, judged_target
-- one row per target of a stale map unit and reported period: how far along its way it is, per cent,
--   how far it should be by then, and the verdict that its figures give
-- why a flow starts at zero, a level at its baseline. Of "about" as much less is due as is enough
--   at the end. A final figure decides; one in mid-period is held against the share of the way that
--   is due
create temporary table target_progress on commit drop as
with way as (
    select
        report_no, f.actual_exact, f.due_pct, f.is_final, e.is_reached, e.is_beyond, e.aim, e.bound,
        t.operator, t.gathered,
        case
            when e.is_cap and t.timing = 'flow' then null
            when f.is_direct or t.timing = 'flow'
                and (t.is_yearly or t.gathered <> 'year' or t.judged_by <> 'unit') then 0
            when coalesce(f.is_crossing, false) then null
            when e.is_cap and round(e.aim, t.decimals) >= round(f.baseline_value, t.decimals)
                then null
            when not e.is_cap and round(e.aim, t.decimals) <= round(f.baseline_value, t.decimals)
                then null
            else f.baseline_value
        end as way_start
    from target_figure as f
    inner join target_reached as e using (report_no)
    inner join judged_target as t using (target_no)
    offset 0 -- worked out once
),

gone as (
    select
        report_no, is_final, is_reached, is_beyond, gathered,
        100 * (actual_exact - way_start) / nullif(aim - way_start, 0) as progress,
        due_pct * case
            when operator = '~' and aim <> way_start
                then greatest((bound - way_start) / (aim - way_start), 0)
            else 1
        end as due_pct
    from way
    offset 0
)

select
    report_no, round(progress, 2) as progress, round(due_pct, 2) as due_pct,
    case
        when is_final and is_beyond then 'exceeded'
        when is_final and is_reached then 'met'
        when is_final then 'not_met'
        when is_beyond or is_reached then 'on_track'
        when gathered <> 'average' and round(progress, 2) >= round(due_pct, 2) then 'on_track'
        else 'behind'
    end as verdict
from gone

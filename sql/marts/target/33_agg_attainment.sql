-- makes dw.agg_attainment
-- reads target_pair, target_reason, target_figure, target_reached, target_goal, target_coverage,
--   target_progress, target_start, target_to_date, target_reported, target_shape, stated_target,
--   target_left, target_pace, dw.dim_indicator
-- one row per target of a stale map unit and reported period: its verdict and reason or caveat
-- why a progress that missing communes or years could only lower is not shown. In words:
--   docs/attainment.md
insert into dw.agg_attainment (
    unit_map, level, unit_key, target_id, year, period, operator_read, baseline_value, actual_value,
    attainment_pct, verdict, reason, units_expected, units_reported, actual_total, units_needed,
    units_below, units_listed, due_pct, years_known, years_expected, variant_value,
    poverty_standard, is_self_filed, paired_verdict, remaining_value, room_value, pace_per,
    pace_so_far, pace_needed
)
select
    t.unit_map, t.level, t.unit_key, t.target_id, coalesce(r.actual_year, t.year),
    coalesce(r.actual_period, t.period), g.operator_read,
    case when not b.is_crossing then round(f.baseline_value, f.decimals) end, f.actual,
    case
        when v.why_not is null
            and not (c.is_missing and (s.judged_by = 'lowest' or s.adds_up and g.is_cap))
            then round(p.progress, 2)
    end,
    v.verdict, n.reason, coalesce(r.actual_expected, t.units_expected), coalesce(c.units_known, 0),
    r.actual_total,
    case
        when t.quantity <> 'share_of_units' or g.is_cap then null
        when g.operator_read = '>' then floor(g.bound * nullif(r.actual_total, 0) / 100) + 1
        else ceil(g.bound * nullif(r.actual_total, 0) / 100)
    end,
    r.units_below, r.units_listed, round(p.due_pct, 2), y.years_known, y.years_expected,
    e.variant_value, b.poverty_standard, r.is_self_filed, v.paired_verdict, l.remaining_value,
    l.room_value, w.pace_per, w.pace_so_far, w.pace_needed
from target_pair as v
inner join target_reason as n using (report_no)
inner join target_figure as f using (report_no)
inner join target_reached as e using (report_no)
inner join target_goal as g using (report_no)
inner join target_coverage as c using (report_no)
inner join target_progress as p using (report_no)
inner join target_start as b using (report_no)
inner join target_to_date as y using (report_no)
inner join target_left as l using (report_no)
inner join target_reported as r using (report_no)
inner join target_shape as s using (target_no)
inner join stated_target as t using (target_no)
inner join dw.dim_indicator as i using (indicator_key)
left join target_pace as w using (report_no)

-- makes dw.agg_attainment
-- reads stated_target, target_twin, judged_target, target_pair, target_reason, target_figure,
--   target_reached, target_progress, target_left, target_pace
-- one row per target of a stale map unit and reported period: its verdict and reason or caveat
-- why a progress that missing communes or years could only lower is not shown; a target that has a
--   twin has its verdict. In words: docs/attainment.md
insert into dw.agg_attainment (
    unit_map, level, unit_key, target_id, year, period, operator_read, baseline_value, actual_value,
    attainment_pct, verdict, reason, units_expected, units_reported, actual_total, units_needed,
    units_below, units_listed, due_pct, years_known, years_expected, variant_value,
    poverty_standard, is_self_filed, paired_verdict, remaining_value, room_value, pace_per,
    pace_so_far, pace_needed
)
with verdict as (
    select
        f.target_no, coalesce(f.actual_year, t.year) as year, f.actual_period, e.operator_read,
        case when not f.is_crossing then round(f.baseline_value, t.decimals) end as baseline_value,
        f.actual,
        case
            when v.why_not is null
                and not (f.is_missing and (t.judged_by = 'lowest' or t.adds_up and e.is_cap))
                then p.progress
        end as progress,
        v.verdict, n.reason, coalesce(f.actual_expected, t.units_expected) as units_expected,
        coalesce(f.units_known, 0) as units_known, f.actual_total,
        case
            when t.quantity <> 'share_of_units' or e.is_cap then null
            when e.operator_read = '>' then floor(e.bound * nullif(f.actual_total, 0) / 100) + 1
            else ceil(e.bound * nullif(f.actual_total, 0) / 100)
        end as units_needed,
        f.units_below, f.units_listed, p.due_pct, f.years_known, f.years_expected,
        e.variant_value, f.poverty_standard, f.is_self_filed, v.paired_verdict, l.remaining_value,
        l.room_value, w.pace_per, w.pace_so_far, w.pace_needed
    from target_pair as v
    inner join target_reason as n using (report_no)
    inner join target_figure as f using (report_no)
    inner join target_reached as e using (report_no)
    inner join target_progress as p using (report_no)
    inner join target_left as l using (report_no)
    inner join judged_target as t using (target_no)
    left join target_pace as w using (report_no)
)

select
    t.unit_map, t.level, t.unit_key, t.target_id, v.year, coalesce(v.actual_period, t.period),
    v.operator_read, v.baseline_value, v.actual, v.progress, v.verdict, v.reason, v.units_expected,
    v.units_known, v.actual_total, v.units_needed, v.units_below, v.units_listed, v.due_pct,
    v.years_known, v.years_expected, v.variant_value, v.poverty_standard, v.is_self_filed,
    v.paired_verdict, v.remaining_value, v.room_value, v.pace_per, v.pace_so_far, v.pace_needed
from stated_target as t
left join target_twin as w using (target_no)
inner join verdict as v on v.target_no = coalesce(w.judged_no, t.target_no)

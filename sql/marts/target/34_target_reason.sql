-- makes target_reason
-- reads target_pair, target_figure, target_reached, target_progress, judged_target,
--   target_unopened
-- one row per target of a stale map unit and reported period: why it has no verdict, or what to
--   know of its verdict
-- why a verdict on part of the figures, or in mid-period, says so. In words: docs/attainment.md
create temporary table target_reason on commit drop as
select
    report_no,
    case
        when v.why_not = 'no_actual' and u.target_no is not null then 'opening_missing'
        when v.why_not is not null then v.why_not
        when f.years_known < f.years_expected then 'years_missing'
        when f.actual_reported < f.actual_expected or f.is_registered_in_part
            or f.is_gathered and f.was_partial then 'partial_coverage'
        when 'not_assessable' not in (v.verdict, v.paired_verdict)
            and v.verdict in ('exceeded', 'met', 'on_track')
            <> (v.paired_verdict in ('exceeded', 'met', 'on_track'))
            then 'pair_disagrees'
        when e.is_reached <> e.is_reached_by_variant then 'definitions_disagree'
        when f.is_final then ''
        when t.gathered = 'average' then 'average_so_far'
        when t.is_rate_so_far and f.due_pct = 100 then 'rate_so_far'
        when e.is_reached and t.period_type in ('standing', 'each_year') and p.progress is null
            then 'holds_now'
        when e.is_reached and p.progress is null and e.is_cap
            then 'within_its_limit'
        when e.is_beyond or e.is_reached then 'already_reached'
        when p.progress is not null then 'mid_period_linear_path'
        when e.is_cap then 'above_its_limit'
        else 'below_its_limit'
    end as reason
from target_pair as v
inner join target_figure as f using (report_no)
inner join target_reached as e using (report_no)
inner join target_progress as p using (report_no)
inner join judged_target as t using (target_no)
left join target_unopened as u on u.target_no = t.target_no

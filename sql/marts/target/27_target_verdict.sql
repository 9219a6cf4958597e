-- makes target_verdict
-- reads target_figure, target_reached, target_progress, target_reported, target_shape,
--   stated_target
-- one row per target of a stale map unit and reported period: the verdict that its figures give,
--   and the day that it is about
-- why a final figure decides; one in mid-period is held against the share of the way that is due
create temporary table target_verdict on commit drop as
select
    report_no,
    case
        when r.actual_period is null then make_date(coalesce(r.actual_year, t.year), 12, 31)
        else ref.last_day(r.actual_period, r.actual_year)
    end as judged_on,
    case
        when f.is_final and e.is_beyond then 'exceeded'
        when f.is_final and e.is_reached then 'met'
        when f.is_final then 'not_met'
        when e.is_beyond or e.is_reached then 'on_track'
        when s.gathered <> 'average' and round(p.progress, 2) >= round(p.due_pct, 2)
            then 'on_track'
        else 'behind'
    end as verdict
from target_figure as f
inner join target_reached as e using (report_no)
inner join target_progress as p using (report_no)
inner join target_reported as r using (report_no)
inner join target_shape as s using (target_no)
inner join stated_target as t using (target_no)

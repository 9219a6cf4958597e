-- makes target_pace
-- reads target_left, target_figure, target_goal, target_start, target_to_date, target_coverage,
--   target_reported, target_shape, stated_target
-- one row per target of a stale map unit and reported period: how fast its figure went so far
--   towards the target, and must go from the period's end to the target's end to reach it
-- why an average, or a yearly figure to be reached by the end, goes by years, the others by months.
--   A cap on a flow is no way to go; a rate of a year's demand goes nowhere, it only holds
create temporary table target_pace on commit drop as
with way as (
    select
        report_no, l.remaining_value, l.reached_at, f.actual_exact, g.is_cap, y.years_known,
        s.gathered = 'average' as is_average, c.is_missing,
        t.year - t.year_from + 1 as years,
        case
            when s.gathered = 'average' or s.gathered = 'year' and not s.is_yearly then 'year'
            else 'month'
        end as pace_per,
        f.actual_exact - case
            when b.is_crossing then null
            when b.timing = 'flow' and (s.is_yearly or s.gathered <> 'year' or s.judged_by <> 'unit')
                then 0
            else f.baseline_value
        end as way_gone,
        12 * (r.actual_year - case when s.is_yearly then r.actual_year else t.year_from end)
        + m.months as months_gone,
        12 * (case when s.is_yearly then r.actual_year else t.year end - r.actual_year)
        + 12 - m.months as months_left
    from target_left as l
    inner join target_figure as f using (report_no)
    inner join target_goal as g using (report_no)
    inner join target_start as b using (report_no)
    inner join target_coverage as c using (report_no)
    inner join target_to_date as y using (report_no)
    inner join target_reported as r using (report_no)
    inner join target_shape as s using (target_no)
    inner join stated_target as t using (target_no)
    cross join lateral (
        select extract(month from ref.last_day(r.actual_period, r.actual_year)) as months
    ) as m
    where
        not (g.is_cap and b.timing = 'flow') and not (y.is_rate_so_far and f.due_pct = 100)
        and not (b.timing = 'stock' and t.period_type in ('standing', 'each_year'))
)

select
    report_no, case when remaining_value is not null then pace_per end as pace_per,
    case when not is_missing and remaining_value is not null then round(case
        when is_average then actual_exact
        else way_gone * case when is_cap then -1 else 1 end * u.months / months_gone
    end, 2) end as pace_so_far,
    round(case
        when remaining_value is null then null
        when is_average
            then (reached_at * years - actual_exact * years_known) / nullif(years - years_known, 0)
        else remaining_value * u.months / nullif(months_left, 0)
    end, 2) as pace_needed
from way
cross join lateral (select case pace_per when 'year' then 12 else 1 end as months) as u

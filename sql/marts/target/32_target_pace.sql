-- makes target_pace
-- reads target_left, target_figure, target_reached, judged_target
-- one row per target of a stale map unit and reported period: how fast its figure went so far
--   towards the target, and must go from the period's end to the target's end to reach it
-- why an average, or a yearly figure to be reached by the end, goes by years, the others by months.
--   A cap on a flow is no way to go; a rate of a year's demand goes nowhere, it only holds
create temporary table target_pace on commit drop as
with way as (
    select
        report_no, l.remaining_value, l.reached_at, f.actual_exact, e.is_cap, f.years_known,
        t.gathered = 'average' as is_average, f.is_missing,
        t.year - t.year_from + 1 as years,
        case
            when t.gathered = 'average' or t.gathered = 'year' and not t.is_yearly then 'year'
            else 'month'
        end as pace_per,
        f.actual_exact - case
            when f.is_crossing then null
            when t.timing = 'flow' and (t.is_yearly or t.gathered <> 'year' or t.judged_by <> 'unit')
                then 0
            else f.baseline_value
        end as way_gone,
        12 * (f.actual_year - case when t.is_yearly then f.actual_year else t.year_from end)
        + m.months as months_gone,
        12 * (case when t.is_yearly then f.actual_year else t.year end - f.actual_year)
        + 12 - m.months as months_left
    from target_left as l
    inner join target_figure as f using (report_no)
    inner join target_reached as e using (report_no)
    inner join judged_target as t using (target_no)
    cross join lateral (
        select extract(month from ref.last_day(f.actual_period, f.actual_year)) as months
    ) as m
    where
        l.remaining_value is not null
        and not (e.is_cap and t.timing = 'flow') and not (t.is_rate_so_far and f.due_pct = 100)
        and not (t.timing = 'stock' and t.period_type in ('standing', 'each_year'))
)

select
    report_no, pace_per,
    case when not is_missing then round(case
        when is_average then actual_exact
        else way_gone * case when is_cap then -1 else 1 end * u.months / months_gone
    end, 2) end as pace_so_far,
    round(case
        when is_average
            then (reached_at * years - actual_exact * years_known) / nullif(years - years_known, 0)
        else remaining_value * u.months / nullif(months_left, 0)
    end, 2) as pace_needed
from way
cross join lateral (select case pace_per when 'year' then 12 else 1 end as months) as u

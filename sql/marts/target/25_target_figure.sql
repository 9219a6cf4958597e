-- makes target_figure
-- reads target_reported, target_to_date, target_start, sum_member, judged_target, dw.dim_period
-- one row per target of a stale map unit and reported period: the figure that it is judged by, on how
--   many communes it rests and whether some are missing or too many, and how much of its way is due by
--   then (dw.dim_period)
-- why formulas in words stand in docs/attainment.md; an average is due whole in every year, and so is
--   the rate so far of those with demand; where that is to be reached by a later year, no half of a year
--   is taken off. A sum of registrations is compared with the communes that registered
create temporary table target_figure on commit drop as
with overlap as (  -- of those that stated a sum, those that started and those that reported
    select
        report_no, bool_or(has_stated and not has_reported) as is_missing,
        bool_or(has_reported and not has_stated) as is_surplus,
        bool_and(has_started = has_stated) as is_start_theirs,
        count(*) filter (where has_stated and has_reported) as units_in_both
    from sum_member
    group by report_no
)

select
    report_no, r.target_no, r.actual_year, r.actual_period, r.figure_denominator, r.actual_expected,
    r.actual_reported, r.is_self_filed, r.actual_shares_unknown, r.actual_total, r.units_listed,
    r.units_below, d.year_no, d.years_known, d.years_expected, d.is_gathered, d.was_partial,
    d.is_direct, b.is_crossing, b.is_other_standard, b.poverty_standard,
    -- of a part of them, or of others too, it is not where they started
    case when coalesce(o.is_start_theirs, b.start_reported >= b.start_expected) then b.start_value end
    as baseline_value,
    e.actual_exact, round(e.actual_exact, t.decimals) as actual,
    coalesce(r.actual_period = 'Y' and (t.is_yearly or r.actual_year = t.year), false) as is_final,
    100 * case
        when t.gathered = 'average' or d.is_direct then 1
        when t.is_yearly then coalesce(p.due_share, 1)
        when t.is_rate_so_far then d.year_no::numeric / (t.year - t.year_from + 1)
        else (d.year_no - 1 + coalesce(p.due_share, 1)) / (t.year - t.year_from + 1)
    end as due_pct,
    case when t.units_expected = r.actual_expected
        then coalesce(o.units_in_both, r.actual_reported)
        else coalesce(r.actual_reported, t.units_reported)
    end as units_known,
    coalesce(o.is_missing and r.actual_reported is not null, r.actual_reported < r.actual_expected)
    or coalesce(d.years_known < d.years_expected, false)
    or d.is_gathered and d.was_partial as is_missing,
    coalesce(o.is_surplus, false) as is_surplus,
    coalesce(t.units_reported < t.units_expected, false) as is_registered_in_part
from target_reported as r
inner join target_to_date as d using (report_no)
inner join target_start as b using (report_no)
inner join judged_target as t using (target_no)
left join overlap as o using (report_no)
left join dw.dim_period as p on p.period = r.actual_period
cross join lateral (
    select case
        when b.is_crossing and (d.is_gathered or t.judged_by = 'fall') then null
        when not d.is_gathered then r.figure
        when t.gathered = 'average' then
            case when d.years_known = d.years_expected then d.figure_to_date / d.years_known end
        else d.figure_to_date
    end as actual_exact
) as e

-- makes target_figure
-- reads target_reported, target_to_date, target_start, target_shape, stated_target,
--   dw.dim_indicator, dw.dim_period
-- one row per target of a stale map unit and reported period: the figure that it is judged by,
--   where it started, and how much of its way is due by then (dw.dim_period)
-- why formulas in words stand in docs/attainment.md; an average is due whole in every year, and so
--   is the rate so far of those with demand; where that is to be reached by a later year, no half
--   of a year is taken off
create temporary table target_figure on commit drop as
with exact as (
    select
        r.report_no, t.year, t.year_from, r.actual_year, r.actual_period, d.year_no,
        s.gathered, s.is_yearly, d.is_rate_so_far, d.is_direct, b.is_crossing,
        case s.gathered when 'average' then greatest(i.decimals, 2) else i.decimals end
        as decimals,
        case
            when b.is_crossing and (d.is_gathered or s.judged_by = 'fall') then null
            when not d.is_gathered then r.figure
            when s.gathered = 'average' then
                case when d.years_known = d.years_expected then d.figure_to_date / d.years_known end
            else d.figure_to_date
        end as actual_exact,
        -- where only some communes filed their opening count, nobody knows where all started
        case
            when not b.adds_up or b.start_reported >= case
                when b.units_expected = b.start_expected then b.units_reported
                else b.start_expected
            end
                then b.start_value
        end as baseline_value
    from target_reported as r
    inner join target_to_date as d using (report_no)
    inner join target_start as b using (report_no)
    inner join target_shape as s using (target_no)
    inner join stated_target as t using (target_no)
    inner join dw.dim_indicator as i using (indicator_key)
)

select
    report_no, decimals, actual_exact, round(actual_exact, decimals) as actual,
    baseline_value,
    coalesce(actual_period = 'Y' and (is_yearly or actual_year = year), false) as is_final,
    100 * case
        when gathered = 'average' or is_direct then 1
        when is_yearly then coalesce(p.due_share, 1)
        when is_rate_so_far then year_no::numeric / (year - year_from + 1)
        else (year_no - 1 + coalesce(p.due_share, 1)) / (year - year_from + 1)
    end as due_pct
from exact
left join dw.dim_period as p on p.period = actual_period

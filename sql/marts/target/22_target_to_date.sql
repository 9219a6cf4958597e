-- makes target_to_date
-- reads target_reported, judged_target
-- one row per target of a stale map unit and reported period: its figures up to then, and the year
--   whose opening it starts from
-- why a target over several years is judged by all of them; a half-year never adds to a later year.
--   A rate both of whose counts run since 1 January is one at any time (is_rate_so_far); where no
--   later year is named for it, it is held against its target at any time (is_direct)
create temporary table target_to_date on commit drop as
with reported as (
    select
        r.report_no, r.target_no, r.actual_year, r.actual_period, r.figure, r.actual_reported,
        r.actual_expected, t.year_from, t.year, t.period_type, t.is_yearly, t.is_rate_so_far,
        -- a minimum or an average of each commune gathers its years commune by commune
        t.gathered in ('sum', 'average') and t.judged_by <> 'lowest' as is_gathered
    from target_reported as r
    inner join judged_target as t using (target_no)
)

select
    report_no, is_gathered, is_rate_so_far and (is_yearly or period_type = 'unstated') as is_direct,
    coalesce(sum(figure) filter (where actual_period = 'Y') over before, 0) + figure
    as figure_to_date,
    case
        when is_gathered then
            count(figure) filter (where actual_period = 'Y') over before
            + (figure is not null)::integer
    end as years_known,
    case when is_gathered then actual_year - year_from + 1 end as years_expected,
    coalesce(
        bool_or(actual_reported < actual_expected)
        filter (where actual_period = 'Y') over before, false
    ) as was_partial,
    actual_year - year_from + 1 as year_no,
    case
        when period_type in ('standing', 'each_year') then null
        when is_yearly then coalesce(actual_year, year)
        else year_from
    end as baseline_year
from reported
window before as (
    partition by target_no
    order by actual_year, actual_period
    rows between unbounded preceding and 1 preceding
)

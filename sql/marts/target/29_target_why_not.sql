-- makes target_why_not
-- reads target_progress, target_figure, target_reached, judged_target
-- one row per target of a stale map unit and reported period: why its verdict cannot stand, if so
-- why no verdict is given that what is missing could overturn; where other units report than
--   registered, all of both must be known. In words: docs/attainment.md
create temporary table target_why_not on commit drop as
select
    report_no, f.target_no, p.verdict,
    case
        when t.in_force_to <= d.judged_on then 'amended'
        when t.in_force_from > d.judged_on then 'not_in_force_yet'
        when t.obstacle is not null then t.obstacle
        when t.is_other_unit then 'unit_differs'
        when f.actual_period is null then 'no_actual'
        when f.is_other_standard then 'other_standard'
        when t.gathered = 'average' and f.year_no = 1 then 'average_judged_too_early'
        when f.is_crossing and (f.is_gathered or t.judged_by = 'fall')
            then 'crosses_poverty_standards'
        when t.quantity in ('n_of_m', 'share_of_units', 'per_unit_average') and f.actual_total is null
            or f.actual is null and f.actual_shares_unknown > 0 then 'split_without_weights'
        when f.units_listed = 0 and f.actual_reported >= f.actual_expected then 'list_is_empty'
        when f.actual is null and t.merger = 'none' and f.actual_reported > 1 then 'parts_make_no_number'
        when f.actual is null and f.figure_denominator = 0 then 'denominator_is_zero'
        when f.actual is null and t.judged_by = 'fall' then 'no_path_without_baseline'
        when f.actual is null and f.years_known < f.years_expected then 'years_missing'
        when f.actual is null and f.actual_reported < f.actual_expected then 'partial_coverage'
        when f.actual is null then 'no_actual'
        -- "12 of 19" says nothing certain of 18, unless 12 are reached
        when t.quantity = 'n_of_m' and not e.is_reached and t.target_value <> t.total_value
            and f.actual_total <> t.total_value then 'total_changed'
        -- the mean of the yearly minima is the least that the lowest commune can have had
        when t.quantity = 'per_unit_minimum' and t.judged_by = 'unit' and t.gathered = 'average'
            and not e.is_reached then 'partial_coverage'
        when t.gathered = 'year' and not (t.is_yearly or t.is_rate_so_far) and f.actual_period <> 'Y'
            and not e.is_reached and e.is_beyond is not true then 'half_year_of_a_yearly_figure'
        -- what is missing only adds to what adds up or lowers a minimum, and moves a rate either way
        when case
            when not t.adds_up and t.judged_by <> 'lowest' then f.is_missing or f.is_surplus
            when (e.is_cap or t.judged_by = 'lowest')
                = (p.verdict in ('exceeded', 'met', 'on_track')) then f.is_missing
            else f.is_surplus
        end
            then
            case when f.years_known < f.years_expected then 'years_missing' else 'partial_coverage' end
        when p.verdict = 'behind' and f.due_pct < 100 and t.period_type not in ('standing', 'each_year')
            and (t.timing = 'stock' or t.gathered = 'year' and not t.is_yearly and t.judged_by = 'unit')
            then case when f.is_crossing then 'crosses_poverty_standards'
                when f.baseline_value is null then 'no_path_without_baseline' end
    end as why_not
from target_progress as p
inner join target_figure as f using (report_no)
inner join target_reached as e using (report_no)
inner join judged_target as t using (target_no)
cross join lateral (
    select case
        when f.actual_period is null then make_date(coalesce(f.actual_year, t.year), 12, 31)
        else ref.last_day(f.actual_period, f.actual_year)
    end as judged_on
) as d

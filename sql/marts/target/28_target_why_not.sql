-- makes target_why_not
-- reads target_verdict, target_figure, target_reached, target_goal, target_coverage, target_start,
--   target_to_date, target_reported, target_shape, stated_target, dw.dim_indicator
-- one row per target of a stale map unit and reported period: why its verdict cannot stand, if so
-- why no verdict is given that what is missing could overturn. In words: docs/attainment.md
create temporary table target_why_not on commit drop as
select
    report_no, d.verdict,
    case
        when t.in_force_to <= d.judged_on then 'amended'
        when t.in_force_from > d.judged_on then 'not_in_force_yet'
        when s.obstacle is not null then s.obstacle
        when t.unit_of_measure not in (i.unit_of_measure, i.unit_of_measure || '_per_year') then 'unit_differs'
        when r.actual_period is null then 'no_actual'
        when b.is_other_standard then 'other_standard'
        when s.gathered = 'average' and y.year_no = 1 then 'average_judged_too_early'
        when b.is_crossing and (y.is_gathered or s.judged_by = 'fall')
            then 'crosses_poverty_standards'
        when t.quantity in ('n_of_m', 'share_of_units', 'per_unit_average') and r.actual_total is null
            or f.actual is null and r.actual_shares_unknown > 0 then 'split_without_weights'
        when r.units_listed = 0 and r.actual_reported >= r.actual_expected then 'list_is_empty'
        when f.actual is null and i.merger = 'none' and r.actual_reported > 1 then 'parts_make_no_number'
        when f.actual is null and r.figure_denominator = 0 then 'denominator_is_zero'
        when f.actual is null and s.judged_by = 'fall' then 'no_path_without_baseline'
        when f.actual is null and y.years_known < y.years_expected then 'years_missing'
        when f.actual is null and r.actual_reported < r.actual_expected then 'partial_coverage'
        when f.actual is null then 'no_actual'
        -- "12 of 19" says nothing certain of 18, unless 12 are reached
        when t.quantity = 'n_of_m' and not e.is_reached and t.target_value <> t.total_value
            and r.actual_total <> t.total_value then 'total_changed'
        -- the mean of the yearly minima is the least that the lowest commune can have had
        when t.quantity = 'per_unit_minimum' and s.judged_by = 'unit' and s.gathered = 'average'
            and not e.is_reached then 'partial_coverage'
        when s.gathered = 'year' and not (s.is_yearly or y.is_rate_so_far) and r.actual_period <> 'Y'
            and not e.is_reached and e.is_beyond is not true then 'half_year_of_a_yearly_figure'
        -- what is missing only adds to what adds up or lowers a minimum, and moves a rate either way
        when case
            when not s.adds_up and s.judged_by <> 'lowest' then c.is_missing or c.is_surplus
            when (g.is_cap or s.judged_by = 'lowest')
                = (d.verdict in ('exceeded', 'met', 'on_track')) then c.is_missing
            else c.is_surplus
        end
            then
            case when y.years_known < y.years_expected then 'years_missing' else 'partial_coverage' end
        when d.verdict = 'behind' and f.due_pct < 100 and t.period_type not in ('standing', 'each_year')
            and (i.timing = 'stock' or s.gathered = 'year' and not s.is_yearly and s.judged_by = 'unit')
            then case when b.is_crossing then 'crosses_poverty_standards'
                when f.baseline_value is null then 'no_path_without_baseline' end
    end as why_not
from target_verdict as d
inner join target_figure as f using (report_no)
inner join target_reached as e using (report_no)
inner join target_goal as g using (report_no)
inner join target_coverage as c using (report_no)
inner join target_start as b using (report_no)
inner join target_to_date as y using (report_no)
inner join target_reported as r using (report_no)
inner join target_shape as s using (target_no)
inner join stated_target as t using (target_no)
inner join dw.dim_indicator as i using (indicator_key)

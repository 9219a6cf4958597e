-- grain: one row a target of a stale place and a reported period: the verdict that its figures give
-- (finding), and why it cannot stand, if so (why_not). In words: docs/attainment.md
create temporary table target_verdict on commit drop as
with found as (
    select
        m.*,
        case actual_period
            when 'H1' then make_date(actual_year, 6, 30)
            else make_date(coalesce(actual_year, year), 12, 31)
        end as judged_on,
        case
            when is_final and is_beyond then 'exceeded'
            when is_final and is_reached then 'met'
            when is_final then 'not_met'
            when is_beyond or is_reached then 'on_track'
            when gathered <> 'average' and round(progress, 2) >= round(due_pct, 2)
                then 'on_track'
            else 'behind'
        end as finding
    from target_progress as m
)

select
    f.*,
    case
        when in_force_to <= judged_on then 'amended'
        when in_force_from > judged_on then 'not_in_force_yet'
        when obstacle is not null then obstacle
        when unit not in (indicator_unit, indicator_unit || '_per_year') then 'unit_differs'
        when actual_period is null then 'no_actual'
        when gathered = 'average' and year_no = 1 then 'average_judged_too_early'
        when is_crossing and (is_gathered or source = 'fall') then 'crosses_poverty_standards'
        when actual is null and actual_shares_unknown > 0 then 'split_without_weights'
        when units_listed = 0 then 'list_is_empty'
        when actual is null and figure_denominator = 0 then 'denominator_is_zero'
        when actual is null and source = 'fall' then 'no_path_without_baseline'
        when actual is null and years_known < years_expected then 'years_missing'
        when actual is null and actual_reported < actual_expected then 'partial_coverage'
        when actual is null then 'no_actual'
        -- "12 of 19" says nothing certain of 18, unless 12 are reached
        when quantity = 'n_of_m' and not is_reached and target_value <> total_value
            and actual_total <> total_value then 'total_changed'
        -- the mean of the yearly minima is the least that the lowest commune can have had
        when quantity = 'per_unit_minimum' and source = 'unit' and gathered = 'average'
            and not is_reached then 'partial_coverage'
        when gathered = 'year' and not is_yearly and actual_period = 'H1' and not is_reached
            and is_beyond is not true
            then 'half_year_of_a_yearly_figure'
        -- missing communes and years can only add to a count, one more can only lower a
        -- minimum: no verdict that this could overturn
        when (kind = 'count' or source in ('lowest', 'each')) and case
            when (is_cap or source = 'lowest')
                = (finding in ('exceeded', 'met', 'on_track')) then is_missing
            else is_surplus
        end
            then case when years_known < years_expected then 'years_missing'
                else 'partial_coverage' end
        when finding = 'behind' and period_type not in ('standing', 'each_year')
            and (flow = 'stock' or gathered = 'year' and not is_yearly and source = 'unit')
            then case
                when is_crossing then 'crosses_poverty_standards'
                when baseline_value is null then 'no_path_without_baseline'
            end
    end as why_not
from found as f

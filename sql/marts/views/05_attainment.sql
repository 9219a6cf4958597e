-- grain: one row a map, target and reported period. Formulas in words: docs/attainment.md
create view mart.attainment as
with found as (
    select
        m.*,
        case
            when actual_period = 'Y' and is_beyond then 'exceeded'
            when actual_period = 'Y' and is_reached then 'met'
            when actual_period = 'Y' then 'not_met'
            when is_beyond or is_reached or round(progress, 2) >= 50 then 'on_track'
            else 'behind'
        end as finding
    from mart.target_progress as m
),

judged as (
    select
        f.*,
        case
            when obstacle is not null then obstacle
            when unit <> indicator_unit then 'unit_differs'
            when actual is null and shares_unknown > 0 then 'split_without_weights'
            when actual is null and actual_denominator = 0 then 'denominator_is_zero'
            when actual is null then 'no_actual'
            -- missing communes can only add to a count, communes that never registered have added:
            -- no verdict that this could overturn
            when kind = 'count' and case
                when is_cap = (finding in ('exceeded', 'met', 'on_track')) then is_missing
                else is_surplus
            end then 'partial_coverage'
            when finding = 'behind' and flow = 'stock' and baseline_value is null
                then 'no_path_without_baseline'
            -- half-way through its last year, a target over several years is due almost whole
            when
                year_from < year and actual_period = 'H1'
                and not coalesce(is_beyond or is_reached, false)
                then 'several_years_at_mid_year'
        end as why_not
    from found as f
)

select
    level, unit_code, unit_name, province_name, district_name, unit_map,
    year, coalesce(actual_period, period) as period, indicator_code, basis,
    operator, operator_read, target_value, target_value_high, unit,
    round(baseline_value, decimals) as baseline_value, actual as actual_value,
    case
        when why_not is null and year_from = year
            and not (kind = 'count' and is_cap and is_missing)
            then round(progress, 2)
    end as attainment_pct,
    case when why_not is null then finding else 'not_assessable' end as verdict,
    case
        when why_not is not null then why_not
        when actual_reported < actual_expected or is_registered_in_part then 'partial_coverage'
        when actual_period = 'Y' then ''
        when is_reached and progress is null and operator_read in ('<', '<=')
            then 'within_its_limit'
        when is_beyond or is_reached then 'already_reached'
        when progress is not null then 'mid_period_linear_path'
        when is_cap then 'above_its_limit'
        else 'below_its_limit'
    end as reason,
    coalesce(actual_expected, units_expected) as units_expected,
    coalesce(units_known, 0) as units_reported,
    round(
        100.0 * units_known
        / nullif(coalesce(actual_expected, units_expected), 0), 2
    ) as coverage_pct,
    text_as_printed, section, sort_key
from judged;

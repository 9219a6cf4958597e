-- grain: one row a target and reported period. Formulas: docs/attainment.md
create view mart.attainment as
with joined as (
    select
        t.*, i.direction, i.flow, i.decimals,
        r.period as actual_period, r.value as actual_value, b.value as baseline_value,
        r.units_expected as actual_expected, r.units_reported as actual_reported
    from mart.target as t
    inner join dw.dim_indicator as i using (indicator_key)
    left join dw.agg_indicator as r
        on r.level = t.level and r.unit_key = t.unit_key and r.year = t.year
        and r.indicator_key = t.indicator_key and r.measure = 'actual'
    left join dw.agg_indicator as b
        on b.level = t.level and b.unit_key = t.unit_key and b.year = t.year
        and b.indicator_key = t.indicator_key and b.measure = 'baseline'
        and b.period = 'OPEN'
),

-- a bare "=" on a figure that is better higher is read as at least, lower as at most
read as (
    select
        j.*,
        case
            when operator in ('=', '~') and direction = 'down' then '<='
            when operator in ('=', '~') then '>='
            else operator
        end as operator_read,
        case
            when operator = '~' and direction = 'down' then target_value * 1.05
            when operator = '~' then target_value * 0.95
            else target_value
        end as bound,
        round(actual_value, decimals) as actual
    from joined as j
),

measured as (
    select
        r.*,
        case operator_read
            when '>=' then actual >= bound
            when '>' then actual > bound
            when '<=' then actual <= bound
            when '<' then actual < bound
            else actual between target_value and target_value_high
        end as is_reached,
        case
            when direction = 'down' and flow = 'stock' then
                100 * (baseline_value - actual_value)
                / nullif(baseline_value - target_value, 0)
            else 100 * actual_value / nullif(target_value, 0)
        end as progress
    from read as r
)

select
    level, unit_code, unit_name, province_name, district_name, 'as_filed'::text as unit_map,
    year, coalesce(actual_period, period) as period, indicator_code, basis,
    operator, operator_read, target_value, target_value_high, unit,
    round(baseline_value, decimals) as baseline_value, actual as actual_value,
    round(progress, 2) as attainment_pct,
    case
        when unit = 'pp_per_year' or actual is null then 'not_assessable'
        when actual_period = 'Y' and not is_reached then 'not_met'
        when actual_period = 'Y' and operator <> '~' and (
            (operator_read = '>=' and actual > target_value)
            or (operator_read = '<=' and actual < target_value)
        ) then 'exceeded'
        when actual_period = 'Y' then 'met'
        when is_reached then 'on_track'
        when direction = 'up' and flow = 'stock' or progress is null then 'not_assessable'
        when progress >= 50 then 'on_track'
        else 'behind'
    end as verdict,
    case
        when unit = 'pp_per_year' then 'average_judged_too_early'
        when actual is null then 'no_actual'
        when actual_reported < actual_expected then 'partial_coverage'
        when actual_period <> 'Y' and not is_reached and (
            direction = 'up' and flow = 'stock' or progress is null
        ) then 'no_path_without_baseline'
        when actual_period <> 'Y' then 'mid_period_linear_path'
        else ''
    end as reason,
    coalesce(actual_expected, units_expected) as units_expected,
    coalesce(actual_reported, units_reported, 0) as units_reported,
    round(
        100.0 * actual_reported / nullif(actual_expected, 0), 2
    ) as coverage_pct,
    text_as_printed, section, sort_key
from measured;

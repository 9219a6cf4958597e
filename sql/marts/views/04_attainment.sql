-- grain: one row a target and reported period. Formulas in words: docs/attainment.md
create view mart.attainment as
with joined as (
    select
        t.*, i.direction, i.flow, i.kind, i.decimals, i.unit as indicator_unit,
        r.period as actual_period, r.value as actual_exact, round(r.value, i.decimals) as actual,
        r.denominator as actual_denominator,
        -- where only some communes filed their opening count, nobody knows where all started
        case
            when i.kind = 'rate' or b.units_reported >= coalesce(t.units_reported, b.units_expected)
                then b.value
        end as baseline_value,
        r.units_expected as actual_expected, r.units_reported as actual_reported,
        -- a sum of registrations is compared with the communes that registered
        r.units_reported < coalesce(t.units_reported, r.units_expected) as is_missing,
        coalesce(r.units_reported > t.units_reported, false) as is_surplus,
        case
            when t.operator in ('=', '~') and i.direction = 'down' then '<='
            when t.operator in ('=', '~') then '>='
            else t.operator
        end as operator_read
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

-- a bare "=" and "about" are read by the indicator's direction; "about" allows 5 %
read as (
    select
        j.*,
        operator_read in ('<', '<=') or (operator = 'between' and direction = 'down') as is_cap,
        -- the way leads to the nearer end of a range
        case
            when operator = 'between' and direction = 'down' then target_value_high
            else target_exact
        end as aim,
        case
            when operator = '~' and direction = 'down' then target_value * 1.05
            when operator = '~' then target_value * 0.95
            else target_value
        end as bound
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
        case operator_read
            when '>=' then direction = 'up' and operator <> '~' and actual > target_value
            when '<=' then direction = 'down' and operator <> '~' and actual < target_value
            when 'between' then case direction
                when 'up' then actual > target_value_high
                when 'down' then actual < target_value
            end
        end as is_beyond,
        -- how far along the way: a flow starts at zero, a level at its baseline
        case
            when operator_read in ('<', '<=') and flow = 'flow' then null
            when flow = 'flow' then 100 * actual_exact / nullif(aim, 0)
            when is_cap and round(aim, decimals) >= round(baseline_value, decimals) then null
            when not is_cap and round(aim, decimals) <= round(baseline_value, decimals) then null
            else 100 * (actual_exact - baseline_value) / nullif(aim - baseline_value, 0)
        end as progress
    from read as r
),

found as (
    select
        m.*,
        case
            when actual_period = 'Y' and is_beyond then 'exceeded'
            when actual_period = 'Y' and is_reached then 'met'
            when actual_period = 'Y' then 'not_met'
            when is_beyond or is_reached or round(progress, 2) >= 50 then 'on_track'
            else 'behind'
        end as finding
    from measured as m
),

obstacle as (
    select
        f.*,
        case
            when unit = 'pp_per_year' then 'average_judged_too_early'
            when unit <> indicator_unit then 'unit_differs'
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
        end as why_not
    from found as f
)

select
    level, unit_code, unit_name, province_name, district_name, 'as_filed'::text as unit_map,
    year, coalesce(actual_period, period) as period, indicator_code, basis,
    operator, operator_read, target_value, target_value_high, unit,
    round(baseline_value, decimals) as baseline_value, actual as actual_value,
    case
        when why_not is null and not (kind = 'count' and is_cap and is_missing)
            then round(progress, 2)
    end as attainment_pct,
    case when why_not is null then finding else 'not_assessable' end as verdict,
    case
        when why_not is not null then why_not
        when least(actual_reported, units_reported) < actual_expected then 'partial_coverage'
        when actual_period = 'Y' then ''
        when is_reached and progress is null and operator_read in ('<', '<=')
            then 'within_its_limit'
        when is_beyond or is_reached then 'already_reached'
        when progress is not null then 'mid_period_linear_path'
        when is_cap then 'above_its_limit'
        else 'below_its_limit'
    end as reason,
    coalesce(actual_expected, units_expected) as units_expected,
    coalesce(least(actual_reported, units_reported), 0) as units_reported,
    round(
        100.0 * least(actual_reported, units_reported)
        / nullif(coalesce(actual_expected, units_expected), 0), 2
    ) as coverage_pct,
    text_as_printed, section, sort_key
from obstacle;

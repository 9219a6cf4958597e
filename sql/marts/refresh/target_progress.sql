-- grain: one row a target of a stale place and a reported period: how far along, not yet judged
-- (agg_attainment). Formulas in words: docs/attainment.md
create temporary table target_progress on commit drop as
with joined as (
    select
        f.*, round(f.actual_exact, f.decimals) as actual,
        -- the other definition of a cut: the rate at the start less the rate now
        round(o.value - n.value, f.decimals) as variant_value,
        -- a sum of registrations is compared with the communes that registered; where other
        -- units report than registered, all of both must be known
        case when f.units_expected = f.actual_expected
            then least(f.actual_reported, f.units_reported)
            else coalesce(f.actual_reported, f.units_reported)
        end as units_known,
        f.actual_reported < case
            when f.units_expected = f.actual_expected then f.units_reported
            else f.actual_expected
        end or coalesce(f.years_known < f.years_expected, false)
        or f.is_gathered and f.was_partial as is_missing,
        coalesce(case
            when f.units_expected = f.actual_expected then f.actual_reported > f.units_reported
            else f.units_reported < f.units_expected
        end, false) as is_surplus,
        coalesce(f.units_reported < f.units_expected, false) as is_registered_in_part,
        case
            when f.operator in ('=', '~') and f.direction = 'down' then '<='
            when f.operator in ('=', '~') then '>='
            -- of a minimum stated as a range the lower end is asked of each
            when f.operator = 'between' and f.quantity = 'per_unit_minimum' then '>='
            else f.operator
        end as operator_read,
        -- "all of them" is all there are on the day, however many there were when it was stated
        case
            when f.quantity = 'n_of_m' and f.target_value = f.total_value
                then coalesce(nullif(f.actual_total, 0), f.target_value)
            else f.target_value
        end as goal
    from target_figure as f
    left join dw.dim_indicator as d
        on d.indicator_code = f.fall_of and f.kind = 'rate' and f.gathered = 'year'
        and f.source = 'unit'
    left join place_figure as o
        on o.unit_map = f.unit_map and o.level = f.level and o.unit_key = f.unit_key
        and o.year = f.actual_year and o.period = 'OPEN' and o.measure = 'baseline'
        and o.indicator_key = d.indicator_key
    left join place_figure as n
        on n.unit_map = f.unit_map and n.level = f.level and n.unit_key = f.unit_key
        and n.year = f.actual_year and n.period = f.actual_period and n.measure = 'actual'
        and n.indicator_key = d.indicator_key
),

-- a bare "=" and "about" are read by the indicator's direction; "about" allows 5 %
read as (
    select
        j.*,
        operator_read in ('<', '<=') or (operator = 'between' and direction = 'down') as is_cap,
        -- the way leads to the nearer end of a range
        case
            when operator = 'between' and direction = 'down' then target_value_high
            when quantity = 'n_of_m' then goal
            else target_exact
        end as aim,
        case
            when operator = '~' and direction = 'down' then target_value * 1.05
            when operator = '~' then target_value * 0.95
            else goal
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
            when '>=' then variant_value >= bound
            when '>' then variant_value > bound
            when '<=' then variant_value <= bound
            when '<' then variant_value < bound
            else variant_value between target_value and target_value_high
        end as is_reached_by_variant,
        case
            when operator = '~' then false
            when operator = 'between' then case direction
                when 'up' then actual > target_value_high
                when 'down' then actual < target_value
            end
            when operator_read = '>=' then direction = 'up' and actual > goal
            when operator_read = '<=' then direction = 'down' and actual < goal
        end as is_beyond
    from read as r
)

select
    m.*,
    -- how far along the way: a flow starts at zero, a level at its baseline
    case
        when is_cap and flow = 'flow' then null
        -- both flows are of six months: no half of the share is due
        when quantity = 'share_of_flow' and actual_period = 'H1' then null
        when flow = 'flow' and (is_yearly or gathered <> 'year' or source <> 'unit')
            then 100 * actual_exact / nullif(aim, 0)
        when coalesce(is_crossing, false) then null
        when is_cap and round(aim, decimals) >= round(baseline_value, decimals) then null
        when not is_cap and round(aim, decimals) <= round(baseline_value, decimals) then null
        else 100 * (actual_exact - baseline_value) / nullif(aim - baseline_value, 0)
    end as progress
from measured as m

-- grain: one row a target and reported period: how far along, before it is judged
-- (mart.attainment). Formulas in words: docs/attainment.md
create view mart.target_progress as
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
)

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
from read as r;

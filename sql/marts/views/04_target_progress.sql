-- grain: one row a map, target and reported period: how far along, before it is judged
-- (mart.attainment). Formulas in words: docs/attainment.md
create view mart.target_progress as
with joined as (
    select
        t.*, i.direction, i.flow, i.kind, i.decimals, i.unit as indicator_unit,
        r.period as actual_period, r.value as actual_exact, round(r.value, i.decimals) as actual,
        r.denominator as actual_denominator,
        -- where only some communes filed their opening count, nobody knows where all started
        case
            when
                i.kind = 'rate' or b.units_reported >= case
                    when t.units_expected = b.units_expected then t.units_reported
                    else b.units_expected
                end
                then b.value
        end as baseline_value,
        r.units_expected as actual_expected, r.units_reported as actual_reported,
        -- a sum of registrations is compared with the communes that registered; where other
        -- units report than registered, all of both must be known
        case when t.units_expected = r.units_expected
            then least(r.units_reported, t.units_reported)
            else coalesce(r.units_reported, t.units_reported)
        end as units_known,
        r.units_reported < case
            when t.units_expected = r.units_expected then t.units_reported
            else r.units_expected
        end as is_missing,
        coalesce(case
            when t.units_expected = r.units_expected then r.units_reported > t.units_reported
            else t.units_reported < t.units_expected
        end, false) as is_surplus,
        coalesce(t.units_reported < t.units_expected, false) as is_registered_in_part,
        r.shares_unknown,
        case
            when t.operator in ('=', '~') and i.direction = 'down' then '<='
            when t.operator in ('=', '~') then '>='
            else t.operator
        end as operator_read
    from mart.target as t
    inner join dw.dim_indicator as i using (indicator_key)
    left join mart.indicator_on_map as r
        on r.unit_map = t.unit_map and r.level = t.level and r.unit_key = t.unit_key
        and r.year = t.year
        and r.indicator_key = t.indicator_key and r.measure = 'actual'
    left join mart.indicator_on_map as b
        on b.unit_map = t.unit_map and b.level = t.level and b.unit_key = t.unit_key
        and b.year = t.year
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

-- makes target_reached
-- reads target_figure, judged_target, target_variant
-- one row per target of a stale map unit and reported period: what its figure is held against, and
--   whether it reaches that, or goes beyond
-- why a bare "=" and "about" are read by the indicator's direction, of a minimum stated as a range the
--   lower end; "all of them" is all there are on the day, and so is a part that is more than there
--   are. A figure is compared as it is published, rounded
create temporary table target_reached on commit drop as
with read as (
    select
        report_no, f.actual, v.variant_value, t.direction, t.operator, t.target_value,
        t.target_value_high, t.target_exact, t.quantity, case
            when t.operator in ('=', '~') and t.direction = 'down' then '<='
            when t.operator in ('=', '~') then '>='
            when t.operator = 'between' and t.quantity = 'per_unit_minimum' then '>='
            else t.operator
        end as operator_read, case
            when t.quantity = 'n_of_m' and t.target_value = t.total_value
                then coalesce(nullif(f.actual_total, 0), t.target_value)
            when t.quantity = 'n_of_m' and t.target_value < t.total_value
                then least(t.target_value, nullif(f.actual_total, 0))
            else t.target_value
        end as goal
    from target_figure as f
    inner join judged_target as t using (target_no)
    left join target_variant as v using (report_no)
)

select
    report_no, operator_read, variant_value, b.bound,
    operator_read in ('<', '<=') or (operator_read = 'between' and direction = 'down') as is_cap,
    case -- the way leads to the nearer end of a range
        when operator_read = 'between' and direction = 'down' then target_value_high
        when quantity = 'n_of_m' then goal
        else target_exact
    end as aim,
    case operator_read
        when '>=' then actual >= b.bound when '>' then actual > b.bound
        when '<=' then actual <= b.bound when '<' then actual < b.bound
        else actual between target_value and target_value_high
    end as is_reached,
    case operator_read
        when '>=' then variant_value >= b.bound when '>' then variant_value > b.bound
        when '<=' then variant_value <= b.bound when '<' then variant_value < b.bound
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
from read
cross join lateral (
    select ref.bound(operator, direction, case operator when '~' then target_value else goal end)
    as bound
) as b

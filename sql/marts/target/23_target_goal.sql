-- makes target_goal
-- reads target_reported, stated_target, dw.dim_indicator
-- one row per target of a stale map unit and reported period: what its figure is held against
-- why a bare "=" and "about" are read by the indicator's direction; of a minimum stated as a range
--   the lower end is asked of each; "all of them" is all there are on the day, however many there
--   were when it was stated, and so is a part of them that is more than there are
create temporary table target_goal on commit drop as
with read as (
    select
        r.report_no, i.direction, t.operator, t.target_value, t.target_value_high, t.target_exact,
        t.quantity,
        case
            when t.operator in ('=', '~') and i.direction = 'down' then '<='
            when t.operator in ('=', '~') then '>='
            when t.operator = 'between' and t.quantity = 'per_unit_minimum' then '>='
            else t.operator
        end as operator_read,
        case
            when t.quantity = 'n_of_m' and t.target_value = t.total_value
                then coalesce(nullif(r.actual_total, 0), t.target_value)
            when t.quantity = 'n_of_m' and t.target_value < t.total_value
                then least(t.target_value, nullif(r.actual_total, 0))
            else t.target_value
        end as goal
    from target_reported as r
    inner join stated_target as t using (target_no)
    inner join dw.dim_indicator as i using (indicator_key)
)

select
    report_no, operator_read, goal,
    operator_read in ('<', '<=') or (operator_read = 'between' and direction = 'down') as is_cap,
    -- the way leads to the nearer end of a range
    case
        when operator_read = 'between' and direction = 'down' then target_value_high
        when quantity = 'n_of_m' then goal
        else target_exact
    end as aim,
    ref.bound(
        operator, direction, case operator when '~' then target_value else goal end
    ) as bound
from read

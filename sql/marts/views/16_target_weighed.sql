-- makes stg.target_weighed
-- reads stg.target_compared
-- one row per row of stg.target_compared, with what is said of each figure in it
-- why what was registered and what was passed on cover what a superior asked, or not. A unit's own
--   plan is not covered by what it assigned below: that is the plan's annex, and agrees or does not
create view stg.target_weighed as
select
    unit_map, level, unit_key, year, indicator_code, unit_of_measure, assigned_by_province,
    assigned_by_province_high, assigned_by_district, assigned_by_district_high, own_plan_value,
    own_plan_value_high, assigned_sum, registered_value, reached_value,
    reached_period, assigned_below, asked_by, operator as asked_operator,
    target_value as asked_value, asked_unit_of_measure, text_as_printed as asked_text,
    case when is_comparable then registered_value - target_value end as registered_gap,
    case
        when registered_value is null and shares_unknown > 0 then 'split_without_weights'
        when registered_value is null and asked_by is not null then 'not_registered'
        when registered_value is not null
            then coalesce(why_not, ref.cover(registered_value, bound, is_cap, is_strict))
    end as registered_verdict,
    case when is_comparable and not is_own then assigned_below - target_value end as below_gap,
    case
        when level = 'commune' then null
        when units_assigned is null and asked_by is not null then 'not_passed_on'
        when units_assigned is null or is_own then null
        when why_not is not null then why_not
        when assigned_below is not null then ref.cover(assigned_below, bound, is_cap, is_strict)
    end as below_verdict,
    case when is_own_comparable then assigned_below - own_plan_value end as plan_sum_gap,
    case
        when assigned_below is null or is_own_comparable is null then null
        when not is_own_comparable or own_plan_value_high is not null then 'shape_differs'
        else ref.agree(assigned_below, own_plan_value)
    end as plan_sum_verdict,
    case
        when is_comparable and is_own_comparable and asked_by <> 'own_plan'
            then own_plan_value - target_value
    end as plan_gap,
    case
        when is_own_comparable is null then null
        when asked_by = 'own_plan' then 'not_assigned'
        when not (is_comparable and is_own_comparable) then 'shape_differs'
        else ref.cover(own_plan_value, bound, is_cap, is_strict)
    end as plan_verdict,
    case when is_all_known then reached_value - registered_value end as reached_gap,
    case when is_all_known
        then ref.cover(reached_value, registered_value, ref.is_cap('=', direction), false)
    end as reached_verdict,
    units_expected, units_registered, units_assigned, units_short, shortfall as shortfall_below,
    gap_share_pct, is_below_parent
from stg.target_compared
cross join lateral (select asked_by in ('own_plan', 'assigned_total') as is_own) as o;

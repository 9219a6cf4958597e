-- makes mart.target_cascade
-- reads stg.target_compared, mart.unit
-- one row per map, unit, year and indicator that was asked of the unit, that it registered, or
--   that it assigned to the units below
-- why readers see whether what was asked is covered by what was registered, passed on and
--   planned. Compared whole, before anybody's filter: a planner that guesses few rows would join
--   them one by one
create view mart.target_cascade as
with compared as materialized (
    select
        c.unit_map, c.level, c.unit_key, u.unit_code, u.unit_name, u.province_name,
        u.district_name, c.year, c.indicator_code, c.unit, c.assigned_by_province,
        c.assigned_by_district, c.own_plan_value, c.is_own_comparable, c.registered_value,
        c.units_expected, c.units_registered, c.shares_unknown, c.assigned_below,
        c.units_assigned, c.units_short, c.shortfall, c.asked_by, c.operator, c.target_value,
        c.text_as_printed, c.is_comparable, c.is_cap, c.bound, c.is_strict, c.gap_share_pct,
        c.is_below_parent, u.sort_key,
        c.is_comparable and c.is_own_comparable as is_plan_comparable,
        case
            when c.asked_by is null then 'not_assigned'
            when c.asked_unit <> c.unit then 'unit_differs'
            when not c.is_comparable then 'shape_differs'
        end as obstacle
    from stg.target_compared as c
    inner join mart.unit as u using (level, unit_key)
)

select
    unit_map, level, unit_key, unit_code, unit_name, province_name, district_name, year,
    indicator_code, unit, assigned_by_province, assigned_by_district, own_plan_value,
    registered_value, assigned_below, asked_by, operator as asked_operator,
    target_value as asked_value, text_as_printed as asked_text,
    case when is_comparable then registered_value - target_value end as registered_gap,
    case
        when registered_value is null and shares_unknown > 0 then 'split_without_weights'
        when registered_value is null and asked_by is not null then 'not_registered'
        when registered_value is not null
            then coalesce(obstacle, ref.cover(registered_value, bound, is_cap, is_strict))
    end as registered_verdict,
    case when is_comparable then assigned_below - target_value end as below_gap,
    case
        when level = 'commune' then null
        when units_assigned is null and asked_by is not null then 'not_passed_on'
        when units_assigned is null then null
        when obstacle is not null then obstacle
        when assigned_below is not null then ref.cover(assigned_below, bound, is_cap, is_strict)
    end as below_verdict,
    case
        when is_plan_comparable and asked_by <> 'own_plan' then own_plan_value - target_value
    end as plan_gap,
    case
        when is_own_comparable is null then null
        when asked_by = 'own_plan' then 'not_assigned'
        when not is_plan_comparable then 'shape_differs'
        else ref.cover(own_plan_value, bound, is_cap, is_strict)
    end as plan_verdict,
    units_expected, units_registered, units_assigned, units_short, shortfall as shortfall_below,
    gap_share_pct, is_below_parent, sort_key
from compared;

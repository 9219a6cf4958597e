-- makes mart.target_cascade
-- reads stg.target_weighed, mart.unit
-- one row per map, unit, year and indicator that was asked of the unit, that its communes were
--   assigned or registered, or that it assigned to the units below
-- why readers see what was asked, passed on, planned, registered and reached side by side.
--   Compared whole, before anybody's filter: a planner that guesses few rows would join them one
--   by one
create view mart.target_cascade as
with weighed as materialized (
    select
        w.unit_map, w.level, w.unit_key, u.unit_code, u.unit_name, u.province_name,
        u.district_name, w.year, w.indicator_code, w.unit_of_measure, w.assigned_by_province,
        w.assigned_by_province_high, w.assigned_by_district, w.assigned_by_district_high,
        w.own_plan_value, w.own_plan_value_high, w.assigned_sum, w.registered_value,
        w.reached_value, w.reached_period, w.assigned_below, w.asked_by, w.asked_operator,
        w.asked_value, w.asked_unit_of_measure, w.asked_text, w.registered_gap, w.registered_verdict,
        w.below_gap, w.below_verdict, w.plan_sum_gap, w.plan_sum_verdict, w.plan_gap, w.plan_verdict,
        w.reached_gap, w.reached_verdict, w.units_expected, w.units_registered,
        w.units_assigned, w.units_short, w.shortfall_below, w.gap_share_pct, w.is_below_parent,
        u.sort_key
    from stg.target_weighed as w
    inner join mart.unit as u using (level, unit_key)
)

select
    unit_map, level, unit_key, unit_code, unit_name, province_name, district_name, year,
    indicator_code, unit_of_measure, assigned_by_province, assigned_by_province_high,
    assigned_by_district, assigned_by_district_high, own_plan_value, own_plan_value_high, assigned_sum,
    registered_value, reached_value, reached_period, assigned_below, asked_by, asked_operator,
    asked_value, asked_unit_of_measure, asked_text, registered_gap, registered_verdict, below_gap,
    below_verdict, plan_sum_gap, plan_sum_verdict, plan_gap, plan_verdict, reached_gap, reached_verdict,
    units_expected, units_registered, units_assigned, units_short, shortfall_below, gap_share_pct,
    is_below_parent, sort_key
from weighed;

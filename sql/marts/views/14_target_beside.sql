-- makes stg.target_beside
-- reads mart.indicator_on_map, dw.dim_indicator, mart.target_asked, mart.target_passed_on,
--   dw.fact_target
-- one row per map, unit, year and indicator that was asked of the unit, that it registered, or
--   that it assigned to the units below
-- why the three are set side by side before they are compared
create view stg.target_beside as
with registered as materialized (
    select
        a.unit_map, a.level, a.unit_key, a.year, a.indicator_key,
        round(a.value, i.decimals) as registered_value,
        a.units_expected, a.units_reported as units_registered, a.shares_unknown
    from mart.indicator_on_map as a
    inner join dw.dim_indicator as i using (indicator_key)
    where
        a.measure = 'target' and a.period = 'Y'
        and exists (
            select from dw.fact_target as f
            where f.indicator_key = a.indicator_key and f.basis = 'registered'
        )
),

statements as materialized (
    select
        unit_map, level, unit_key, year, indicator_key,
        max(target_value) filter (where asked_by = 'province') as assigned_by_province,
        max(target_value) filter (where asked_by = 'district') as assigned_by_district,
        max(target_value) filter (where asked_by = 'own_plan') as own_plan_value,
        bool_and(is_comparable) filter (where asked_by = 'own_plan') as is_own_comparable
    from mart.target_asked
    group by unit_map, level, unit_key, year, indicator_key
),

passed as materialized (
    select
        unit_map, level, unit_key, year, indicator_key, assigned_below, units_assigned,
        units_short, shortfall
    from mart.target_passed_on
)

select
    unit_map, level, unit_key, year, indicator_key,
    t.assigned_by_province, t.assigned_by_district, t.own_plan_value, t.is_own_comparable,
    r.registered_value, r.units_expected, r.units_registered, r.shares_unknown,
    p.assigned_below, p.units_assigned, p.units_short, p.shortfall
from statements as t
full join registered as r using (unit_map, level, unit_key, year, indicator_key)
full join passed as p using (unit_map, level, unit_key, year, indicator_key);

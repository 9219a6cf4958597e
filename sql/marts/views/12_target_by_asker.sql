-- makes stg.target_by_asker
-- reads mart.target_asked
-- one row per map, unit, year and indicator that something is asked of
-- why what the province, the district and the unit's own plan ask stand beside each other; of a
--   range both ends
create view stg.target_by_asker as
select
    unit_map, level, unit_key, year, indicator_key,
    max(target_value) filter (where asked_by = 'province') as assigned_by_province,
    max(target_value_high) filter (where asked_by = 'province') as assigned_by_province_high,
    max(target_value) filter (where asked_by = 'district') as assigned_by_district,
    max(target_value_high) filter (where asked_by = 'district') as assigned_by_district_high,
    max(target_value) filter (where asked_by = 'own_plan') as own_plan_value,
    max(target_value_high) filter (where asked_by = 'own_plan') as own_plan_value_high,
    bool_and(is_comparable) filter (where asked_by = 'own_plan') as is_own_comparable
from mart.target_asked
group by unit_map, level, unit_key, year, indicator_key;

-- makes mart.count_district
-- reads stg.star_year_named
-- one row per district on the latest map, year and count
-- why the sum over any dimension is right; what communes or districts cannot be told of has a
--   row of its own
create view mart.count_district as
select
    unit_id, unit_code, unit_name, unit_label, is_rest, province_id, province_code,
    province_name,
    year, period_key, period_vi, period_en, figure_on, indicator_key, indicator_code, indicator_vi, indicator_en, unit_of_measure,
    unit_of_measure_vi, programme_code, programme_vi, programme_en, poverty_standard,
    value, opening, assigned, registered, preliminary, estimate, plan_next,
    units_expected, units_reported, is_self_filed, is_illustrative,
    reason, reason_vi, reason_en, sort_order
from stg.star_year_named
where level = 'district' and not is_rate;

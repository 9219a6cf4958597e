-- makes mart.count_province
-- reads stg.star_year_named
-- one row per province on the latest map, year and count
-- why the sum over any dimension is right
create view mart.count_province as
select
    unit_id, unit_code, unit_name, unit_label, province_id, province_code, province_name,
    year, period_key, period_vi, period_en, figure_on, indicator_key, indicator_code, indicator_vi, indicator_en, unit_of_measure,
    unit_of_measure_vi, programme_code, programme_vi, programme_en, poverty_standard,
    value, opening, assigned, registered, preliminary, estimate, plan_next,
    units_expected, units_reported, is_self_filed, is_illustrative,
    reason, reason_vi, reason_en, sort_order
from stg.star_year_named
where level = 'province' and not is_rate;

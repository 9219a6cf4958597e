-- makes mart.count_province_by_period
-- reads stg.star_period_named
-- one row per province on the latest map, period of a year and count
-- why whoever asks for a period names it: it has no column for the year alone, since two periods of
--   a year are never added up
create view mart.count_province_by_period as
select
    unit_id, unit_code, unit_name, unit_label, province_id, province_code, province_name,
    period_key, period_vi, period_en, figure_on, indicator_key, indicator_code, indicator_vi, indicator_en, unit_of_measure,
    unit_of_measure_vi, programme_code, programme_vi, programme_en, poverty_standard,
    value,
    units_expected, units_reported, is_self_filed, is_illustrative,
    reason, reason_vi, reason_en, sort_order
from stg.star_period_named
where level = 'province' and kind <> 'rate';

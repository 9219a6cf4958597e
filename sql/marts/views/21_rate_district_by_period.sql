-- makes mart.rate_district_by_period
-- reads stg.star_period_named
-- one row per district on the latest map, period of a year and rate
-- why a rate is 100 * sum(numerator) / sum(denominator) of one period; no number of it to add up
create view mart.rate_district_by_period as
select
    unit_id, unit_code, unit_name, unit_label, is_rest, province_id, province_code,
    province_name,
    period_key, period_vi, period_en, figure_on, indicator_key, indicator_code, indicator_vi, indicator_en, unit_of_measure,
    unit_of_measure_vi, programme_code, programme_vi, programme_en, poverty_standard,
    numerator, denominator, per,
    ref.number_text(round(value, decimals)) as rate_text,
    units_expected, units_reported, is_self_filed, is_illustrative,
    reason, reason_vi, reason_en, sort_order
from stg.star_period_named
where level = 'district' and kind = 'rate';

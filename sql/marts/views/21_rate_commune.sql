-- makes mart.rate_commune
-- reads stg.star_year_named
-- one row per commune on the latest map, year and rate
-- why a rate is 100 * sum(numerator) / sum(denominator), at any level; there is no number to add up
create view mart.rate_commune as
select
    unit_id, unit_code, unit_name, unit_label, is_rest, district_id, district_code,
    district_name, province_id, province_code, province_name,
    year, period_key, period_vi, period_en, figure_on, indicator_key, indicator_code, indicator_vi, indicator_en, unit_of_measure,
    unit_of_measure_vi, programme_code, programme_vi, programme_en, poverty_standard,
    numerator, denominator, per,
    ref.number_text(round(value, decimals)) as rate_text,
    ref.number_text(round(opening, decimals)) as opening_text,
    ref.number_text(round(assigned, decimals)) as assigned_text,
    ref.number_text(round(registered, decimals)) as registered_text,
    units_expected, units_reported, is_self_filed, is_illustrative,
    reason, reason_vi, reason_en, sort_order
from stg.star_year_named
where level = 'commune' and is_rate;

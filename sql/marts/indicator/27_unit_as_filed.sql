-- makes dw.agg_indicator
-- reads unit_total
-- one row per stale district or province as filed, period, measure and indicator
-- why it is the sum of what its communes filed
insert into dw.agg_indicator (
    level, unit_key, district_key, province_key, year, period, measure, indicator_key, numerator,
    denominator, value, units_expected, units_reported, districts_expected, districts_reported,
    unit_map, shares_unknown
)
select
    level, unit_key, district_key, province_key, year, period, measure, indicator_key, numerator,
    denominator, value, units_expected, units_reported, districts_expected, districts_reported,
    unit_map, shares_unknown
from unit_total
where unit_map = 'as_filed'
order by unit_key

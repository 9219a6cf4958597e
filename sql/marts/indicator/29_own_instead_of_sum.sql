-- makes dw.agg_indicator
-- reads own_total
-- one row per figure that a stale district or province filed for itself and not all of its communes
--   reported
-- why as filed it stands in place of their sum
insert into dw.agg_indicator (
    level, unit_key, district_key, province_key, year, period, measure, indicator_key, numerator,
    denominator, value, units_expected, units_reported, districts_expected, districts_reported,
    unit_map, shares_unknown, is_self_filed
)
select
    level, unit_key, district_key, province_key, year, period, measure, indicator_key, numerator,
    denominator, value, communes, communes, districts, districts, 'as_filed', 0, true
from own_total
on conflict (level, unit_key, year, period, measure, indicator_key, unit_map) do update set
    numerator = excluded.numerator,
    denominator = excluded.denominator,
    value = excluded.value,
    units_expected = excluded.units_expected,
    units_reported = excluded.units_reported,
    districts_expected = excluded.districts_expected,
    districts_reported = excluded.districts_reported,
    is_self_filed = true
where
    agg_indicator.units_reported < agg_indicator.units_expected
    and agg_indicator.indicator_key not in (
        select indicator_key from own_total where kind = 'yes_no'
    )

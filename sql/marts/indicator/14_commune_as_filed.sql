-- makes dw.agg_indicator
-- reads unit_figure
-- one row per figure of a touched commune as filed
-- why it is what the commune's own filings say, on no map but that of its day
insert into dw.agg_indicator (
    level, unit_key, district_key, province_key, year, period, measure, indicator_key, numerator,
    denominator, value, units_expected, units_reported, districts_expected, districts_reported,
    unit_map, shares_unknown
)
select
    level, unit_key, district_key, province_key, year, period, measure, indicator_key, numerator,
    denominator, value, 1, 1, 1, 1, 'as_filed', 0
from unit_figure
where level = 'commune' and not is_bridged
order by unit_key  -- the keys of one commune lie together

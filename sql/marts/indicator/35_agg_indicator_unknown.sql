-- makes dw.agg_indicator_unknown
-- reads unit_total, stands_as_filed
-- one row per stale commune or district of a map, period, measure and how many units stand behind
--   it: the indicators that have no number there
-- why after a merger no unit of the former map has a number, of any indicator
insert into dw.agg_indicator_unknown (
    unit_map, level, unit_key, district_key, province_key, year, period, measure, indicator_keys,
    units_expected, units_reported, districts_expected, districts_reported, shares_unknown
)
select
    t.unit_map, t.level, t.unit_key, t.district_key, t.province_key, t.year, t.period, t.measure,
    array_agg(t.indicator_key order by t.indicator_key), t.units_expected, t.units_reported,
    t.districts_expected, t.districts_reported, t.shares_unknown
from unit_total as t
left join stands_as_filed as f using (map_unit_no, year, period, measure, indicator_key)
where t.unit_map <> 'as_filed' and t.is_unknown and f.map_unit_no is null
group by
    t.unit_map, t.level, t.unit_key, t.district_key, t.province_key, t.year, t.period, t.measure,
    t.units_expected, t.units_reported, t.districts_expected, t.districts_reported, t.shares_unknown

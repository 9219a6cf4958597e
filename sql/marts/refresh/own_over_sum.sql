-- grain: one row a figure that a stale district or province filed for itself and not all of its
-- communes reported: as filed it stands in place of their sum
insert into dw.agg_indicator (
    level, unit_key, district_key, province_key, year, period, measure, indicator_key, numerator,
    denominator, value, units_expected, units_reported, districts_expected, districts_reported,
    unit_map, shares_unknown, is_own
)
select
    a.level, a.unit_key, a.district_key, a.province_key, a.year, a.period, a.measure,
    a.indicator_key, a.numerator, a.denominator, a.value, e.communes, e.communes, e.districts,
    e.districts, 'as_filed', 0, true
from stale_unit as s
inner join dw.agg_indicator as a
    on a.level = s.level and a.unit_key = s.unit_key and a.year = s.year and a.unit_map = 'own'
inner join own_day as e
    on e.level = a.level and e.unit_key = a.unit_key and e.year = a.year
    and e.figure_on = a.figure_on
where s.unit_map = 'as_filed' and s.level = :level
on conflict (level, unit_key, year, period, measure, indicator_key, unit_map) do update set
    numerator = excluded.numerator,
    denominator = excluded.denominator,
    value = excluded.value,
    units_expected = excluded.units_expected,
    units_reported = excluded.units_reported,
    districts_expected = excluded.districts_expected,
    districts_reported = excluded.districts_reported,
    is_own = true
where agg_indicator.units_reported < agg_indicator.units_expected

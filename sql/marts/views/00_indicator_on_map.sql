-- makes mart.indicator_on_map
-- reads dw.agg_indicator, dw.agg_indicator_bridged, dw.agg_indicator_unknown, ref.map_unit,
--   ref.map_share
-- one row per unit, map, year, period, measure and indicator, by keys and not rounded
-- why what a unit has as filed, or bridged, stands for it on every map that it is on, unless it is
--   computed for that map or had other communes as filed than on the map. What has no number there
--   is kept by units, not by figures
create view mart.indicator_on_map as
select
    a.unit_map, a.level, a.unit_key, a.district_key, a.province_key, a.year, a.period, a.measure,
    a.indicator_key, a.numerator, a.denominator, a.value, a.units_expected, a.units_reported,
    a.districts_expected, a.districts_reported, a.shares_unknown, a.is_self_filed,
    a.districts_self_filed
from dw.agg_indicator as a
union all
select
    m.unit_map, a.level, a.unit_key, a.district_key, a.province_key, a.year, a.period, a.measure,
    a.indicator_key, a.numerator, a.denominator, a.value, a.units_expected, a.units_reported,
    a.districts_expected, a.districts_reported, a.shares_unknown, a.is_self_filed,
    a.districts_self_filed
from ref.map_unit as m
inner join dw.agg_indicator as a on a.level = m.level and a.unit_key = m.unit_key
where
    m.unit_map <> 'as_filed' and a.unit_map = 'as_filed'
    and exists (
        select from ref.map_share as w where w.map_unit_no = m.map_unit_no and w.is_itself
    )
    and not exists (
        select from dw.agg_indicator as o
        where
            o.level = a.level and o.unit_key = a.unit_key and o.year = a.year
            and o.period = a.period and o.measure = a.measure
            and o.indicator_key = a.indicator_key and o.unit_map = m.unit_map
    )
union all
select
    m.unit_map, m.level, a.commune_key, a.district_key, a.province_key, a.year, a.period,
    a.measure, a.indicator_key, a.numerator, a.denominator, a.value, 1, 1, 1, 1, 0, false, 0
from ref.map_unit as m
inner join dw.agg_indicator_bridged as a on m.level = 'commune' and a.commune_key = m.unit_key
where
    m.unit_map <> 'as_filed'
    and exists (
        select from ref.map_share as w where w.map_unit_no = m.map_unit_no and w.is_itself
    )
    and not exists (
        select from dw.agg_indicator as o
        where
            o.level = 'commune' and o.unit_key = a.commune_key and o.year = a.year
            and o.period = a.period and o.measure = a.measure
            and o.indicator_key = a.indicator_key and o.unit_map = m.unit_map
    )
union all
select
    a.unit_map, a.level, a.unit_key, a.district_key, a.province_key, a.year, a.period, a.measure,
    k.indicator_key, null, null, null, a.units_expected, a.units_reported, a.districts_expected,
    a.districts_reported, a.shares_unknown, false, 0
from dw.agg_indicator_unknown as a
cross join unnest(a.indicator_keys) as k (indicator_key);

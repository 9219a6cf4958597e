-- makes dw.agg_indicator
-- reads unit_total, ref.map_share, dw.agg_indicator, dw.agg_indicator_bridged
-- one row per stale unit of a map, period, measure and indicator
-- why a unit in force on the figure's day that has it as filed, or bridged, needs no row of its own
--   on a map (mart.indicator_on_map shows that one there), unless it has other communes there
insert into dw.agg_indicator (
    level, unit_key, district_key, province_key, year, period, measure, indicator_key, numerator,
    denominator, value, units_expected, units_reported, districts_expected, districts_reported,
    unit_map, shares_unknown
)
select
    t.level, t.unit_key, t.district_key, t.province_key, t.year, t.period, t.measure,
    t.indicator_key, t.numerator, t.denominator, t.value, t.units_expected, t.units_reported,
    t.districts_expected, t.districts_reported, t.unit_map, t.shares_unknown
from unit_total as t
where t.unit_map <> 'as_filed' and (
    not t.is_in_force
    or not exists (
        select from ref.map_share as w where w.map_unit_no = t.map_unit_no and w.is_itself
    )
    or not exists (
        select from dw.agg_indicator as o
        where
            o.level = t.level and o.unit_key = t.unit_key and o.year = t.year
            and o.period = t.period and o.measure = t.measure
            and o.indicator_key = t.indicator_key and o.unit_map = 'as_filed'
    )
    and not exists (
        select from dw.agg_indicator_bridged as o
        where
            t.level = 'commune' and o.commune_key = t.unit_key and o.year = t.year
            and o.period = t.period and o.measure = t.measure
            and o.indicator_key = t.indicator_key
    )
)

-- makes stands_as_filed
-- reads unit_total, dw.agg_indicator, dw.agg_indicator_bridged
-- one row per stale unit of a map, period, measure and indicator that the unit has as filed, or
--   bridged
-- why mart.indicator_on_map shows that one on the map
create temporary table stands_as_filed on commit drop as
select t.map_unit_no, t.year, t.period, t.measure, t.indicator_key
from unit_total as t
inner join dw.agg_indicator as o
    on o.level = t.level and o.unit_key = t.unit_key and o.year = t.year
    and o.period = t.period and o.measure = t.measure and o.indicator_key = t.indicator_key
where t.unit_map <> 'as_filed' and o.unit_map = 'as_filed'
union
select t.map_unit_no, t.year, t.period, t.measure, t.indicator_key
from unit_total as t
inner join dw.agg_indicator_bridged as o
    on o.commune_key = t.unit_key and o.year = t.year and o.period = t.period
    and o.measure = t.measure and o.indicator_key = t.indicator_key
where t.unit_map <> 'as_filed' and t.level = 'commune'

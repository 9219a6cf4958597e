-- makes stands_as_filed
-- reads stale_unit, unit_total, dw.agg_indicator, dw.agg_indicator_bridged
-- one row per stale unit of a map, period, measure and indicator that the unit has as filed, or
--   bridged
-- why mart.indicator_on_map shows that one on the map. What rests on fewer communes as filed than on the
--   map, where some are bridged, does not stand there
create temporary table stands_as_filed on commit drop as
select t.map_unit_no, t.year, t.period, t.measure, t.indicator_key
from stale_unit as p
cross join lateral (  -- found unit by unit (offset 0)
    select a.period, a.measure, a.indicator_key, a.units_reported
    from dw.agg_indicator as a
    where
        a.level = p.level and a.unit_key = p.unit_key and a.year = p.year
        and a.unit_map = 'as_filed'
    offset 0
) as o
inner join unit_total as t using (map_unit_no, year, period, measure, indicator_key)
where
    p.unit_map <> 'as_filed'
    and (t.level = 'commune' or t.numerator is null or t.units_reported <= o.units_reported)
    and exists (
        select from unit_total as e where e.map_unit_no = p.map_unit_no and e.year = p.year
    )
union
select t.map_unit_no, t.year, t.period, t.measure, t.indicator_key
from unit_total as t
inner join dw.agg_indicator_bridged as o
    on o.commune_key = t.unit_key and o.year = t.year and o.period = t.period
    and o.measure = t.measure and o.indicator_key = t.indicator_key
where t.unit_map <> 'as_filed' and t.level = 'commune'

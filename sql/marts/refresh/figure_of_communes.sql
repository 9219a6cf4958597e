-- grain: one row a figure of a commune in a stale place that has targets about communes one by one
insert into place_figure
select f.*
from (
    select distinct t.unit_map, w.commune_key
    from dw.agg_target as t
    inner join stale_place using (unit_map, level, unit_key)
    inner join ref.map_unit as u using (unit_map, level, unit_key)
    inner join ref.unit_map as w using (map_unit_no)
    where t.source in ('list', 'lowest') and w.weight = 1
) as c
cross join lateral (
    select m.* from mart.indicator_on_map as m
    where m.unit_map = c.unit_map and m.level = 'commune' and m.unit_key = c.commune_key
    offset 0
) as f
where not exists (
    select from stale_place as s
    where (s.unit_map, s.level, s.unit_key) = (c.unit_map, 'commune', c.commune_key)
)

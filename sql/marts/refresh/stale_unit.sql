-- grain: one row a unit of a map that has people of a touched commune, and a year
create temporary table stale_unit on commit drop as
select s.map_unit_no, s.year, m.unit_map, m.level, m.unit_key, u.valid_from, u.valid_to
from (
    select distinct m.map_unit_no, t.year
    from stg.touched as t
    inner join ref.unit_map as m using (commune_key)
) as s
inner join ref.map_unit as m using (map_unit_no)
inner join mart.unit as u on u.level = m.level and u.unit_key = m.unit_key

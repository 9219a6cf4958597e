-- makes stale_unit
-- reads stg.touched_unit, ref.map_unit, mart.unit
-- one row per unit of a map and year whose figures are to be computed again
-- why it has people of a touched commune, or filed for itself, or is the province of one that did,
--   as filed or on a map
create temporary table stale_unit on commit drop as
select s.map_unit_no, s.year, m.unit_map, m.level, m.unit_key, u.valid_from, u.valid_to
from stg.touched_unit as s
inner join ref.map_unit as m using (map_unit_no)
inner join mart.unit as u on u.level = m.level and u.unit_key = m.unit_key

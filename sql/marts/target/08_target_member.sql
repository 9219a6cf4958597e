-- makes target_member
-- reads stated_target, target_shape, ref.map_unit, ref.map_share, dw.dim_commune
-- one row per target about communes one by one (a list of communes, a minimum of each) and commune
--   wholly in its map unit
-- why such a target is judged by each commune's own figure
create temporary table target_member on commit drop as
select t.target_no, t.unit_map, c.commune_key, c.valid_from, c.valid_to
from stated_target as t
inner join target_shape as s using (target_no)
inner join ref.map_unit as u using (unit_map, level, unit_key)
inner join ref.map_share as w using (map_unit_no)
inner join dw.dim_commune as c using (commune_key)
where s.judged_by in ('list', 'lowest') and w.weight = 1

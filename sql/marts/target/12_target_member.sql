-- makes target_member
-- reads stated_target, target_shape, ref.map_unit, ref.map_share, dw.dim_commune
-- one row per target about communes one by one (a list of communes, a minimum of each, a part of
--   the units) and commune in its map unit that it is about, and the map that has its figures
-- why such a target is judged by each commune's own figure, on the map where the commune stands, or
--   as it filed; what only part of a commune has cannot be told
create temporary table target_member on commit drop as
select
    t.target_no, c.commune_key, c.valid_from, c.valid_to,
    coalesce(w.weight = 1, false) as is_whole,
    case
        when exists (
            select from ref.map_unit as m
            where (m.unit_map, m.level, m.unit_key) = (t.unit_map, 'commune', c.commune_key)
        ) then t.unit_map
        else 'as_filed'
    end as figure_map
from stated_target as t
inner join target_shape as s using (target_no)
inner join ref.map_unit as u using (unit_map, level, unit_key)
inner join ref.map_share as w using (map_unit_no)
inner join dw.dim_commune as c using (commune_key)
where
    s.judged_by in ('list', 'lowest') and not s.is_of_others
    and ref.in_scope(t.unit_scope, c.unit_type)

-- makes stg.touched_unit
-- reads stg.touched, ref.map_share, ref.map_unit, dw.dim_commune
-- one row per unit of a map and year whose figures are to be computed again
-- why it has people of a touched commune, or filed for itself, or is the province of one that did,
--   as filed or on a map
create view stg.touched_unit as
select m.map_unit_no, t.year
from stg.touched as t
inner join ref.map_share as m using (commune_key)
union
select m.map_unit_no, t.year
from stg.touched as t
inner join ref.map_unit as m
    on (m.level, m.unit_key) in (('district', t.district_key), ('province', t.province_key))
where t.commune_key is null
union
select m.map_unit_no, t.year
from stg.touched as t
inner join dw.dim_commune as c
    on c.province_key = t.province_key
    and (t.district_key is null or c.district_key = t.district_key)
inner join ref.map_share as w on w.commune_key = c.commune_key
inner join ref.map_unit as m on m.map_unit_no = w.map_unit_no and m.level = 'province'
where t.commune_key is null;

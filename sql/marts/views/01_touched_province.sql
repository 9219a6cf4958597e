-- makes stg.touched_province
-- reads stg.touched, dw.dim_commune, ref.map_share, ref.map_unit
-- one row per province and year that has figures of a touched unit, as filed or on a map
-- why what Bắc Kạn files again changes figures of Thái Nguyên on the map of today
create view stg.touched_province as
select province_key, year from stg.touched
union
select m.unit_key, t.year
from (select distinct province_key, year from stg.touched) as t
inner join dw.dim_commune as c using (province_key)
inner join ref.map_share as w using (commune_key)
inner join ref.map_unit as m on m.map_unit_no = w.map_unit_no and m.level = 'province';

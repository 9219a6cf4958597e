-- makes former_province
-- reads stale_unit, ref.map_share, dw.dim_commune, dw.dim_province
-- one row per stale province of a map, year and earlier province that lies in it whole
-- why what was filed for the earlier one is a part of the later one's
create temporary table former_province on commit drop as
with size as (
    select province_key, count(*) as communes from dw.dim_commune group by province_key
),

of_map as (
    select distinct map_unit_no, unit_map, unit_key
    from stale_unit where level = 'province' and unit_map <> 'as_filed'
),

former as (
    select s.map_unit_no, c.province_key
    from of_map as s
    inner join ref.map_share as m on m.map_unit_no = s.map_unit_no and m.weight = 1
    inner join dw.dim_commune as c using (commune_key)
    inner join size as z on z.province_key = c.province_key
    where s.unit_key <> c.province_key
    group by s.map_unit_no, c.province_key, z.communes
    having count(*) = z.communes
)

select
    s.map_unit_no, s.unit_map, s.level, s.unit_key, s.year, p.province_key, p.valid_from, p.valid_to
from former as f
inner join stale_unit as s using (map_unit_no)
inner join dw.dim_province as p using (province_key)

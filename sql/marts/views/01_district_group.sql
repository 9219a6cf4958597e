-- makes mart.district_group
-- reads ref.map_share, ref.map_unit, dw.dim_district, dw.dim_commune, dw.dim_province,
--   ref.map_date
-- one row per commune version and district that it lies in, wholly or in part
-- why communes since 1 July 2025 lie in the districts of the communes they came of
create view mart.district_group as
select
    m.commune_key, c.commune_code, c.commune_name, p.province_name, c.valid_from, c.valid_to,
    d.district_key, d.district_code, d.district_name,
    m.weight is not distinct from 1 as is_whole, u.is_exact
from ref.map_share as m
inner join ref.map_unit as u using (map_unit_no)
inner join dw.dim_district as d on d.district_key = u.unit_key
inner join dw.dim_commune as c on c.commune_key = m.commune_key
inner join dw.dim_province as p on p.province_key = c.province_key
where
    u.level = 'district'
    and u.unit_map = (select unit_map from ref.map_date order by map_on desc limit 1);

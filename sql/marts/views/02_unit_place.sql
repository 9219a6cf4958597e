-- makes stg.unit_place
-- reads dw.dim_unit, dw.dim_commune, ref.map_unit, ref.map_share, ref.map_date
-- one row per unit version and code of itself or a unit that it lay in at its time, or lies in on the
--   latest map; of a commune or province that has ended also of what came of it and what that lies in.
--   A code may come more than once
-- why what was filed for a unit that has ended is asked by who answers for it now
create view stg.unit_place as
select u.unit_id, p.place_code
from dw.dim_unit as u
cross join lateral (
    values (u.unit_code), (u.own_district_code), (u.own_province_code), (u.province_code)
) as p (place_code)
where not u.is_rest and p.place_code is not null
union all
select u.unit_id, n.unit_code
from dw.dim_unit as u
inner join ref.map_share as m on m.commune_key = u.unit_key
inner join ref.map_unit as a using (map_unit_no)
inner join dw.dim_unit as n on n.level = a.level and n.unit_key = a.unit_key and not n.is_rest
where
    u.level = 'commune' and not u.is_on_map and not u.is_rest
    and a.unit_map = (select d.unit_map from ref.map_date as d order by d.map_on desc limit 1)
union all
select u.unit_id, n.unit_code
from dw.dim_unit as u
inner join dw.dim_commune as c on c.province_key = u.unit_key
inner join ref.map_share as m using (commune_key)
inner join ref.map_unit as a using (map_unit_no)
inner join dw.dim_unit as n on n.level = a.level and n.unit_key = a.unit_key and not n.is_rest
where
    u.level = 'province' and not u.is_on_map and not u.is_rest and a.level = 'province'
    and a.unit_map = (select d.unit_map from ref.map_date as d order by d.map_on desc limit 1);

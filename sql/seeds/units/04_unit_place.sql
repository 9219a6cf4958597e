-- Puts every unit version into dw.dim_unit, with where it lies on the latest map and a label of its own.
-- A unit that is on no map lies where it lay at its time.
create temporary table unit_version on commit drop as
with latest as (
    select unit_map from ref.map_date order by map_on desc limit 1
),

-- a district stays as a group of communes: in the province that has most of them
grouped as (
    select distinct on (u.unit_key)
        u.unit_key as district_key, c.province_key
    from ref.map_unit as u
    inner join latest using (unit_map)
    inner join ref.map_share as m using (map_unit_no)
    inner join dw.dim_commune as c using (commune_key)
    inner join ref.map_unit as p
        on p.unit_map = u.unit_map and p.level = 'province' and p.unit_key = c.province_key
    where u.level = 'district'
    group by u.unit_key, c.province_key
    order by u.unit_key, count(*) desc, c.province_key
),

-- a commune lies in the one group that has it whole, unless that lies in another province
within as (
    select m.commune_key, min(u.unit_key) as district_key
    from ref.map_unit as u
    inner join latest using (unit_map)
    inner join ref.map_share as m using (map_unit_no)
    where u.level = 'district'
    group by m.commune_key
    having count(*) = 1 and bool_and(m.weight is not distinct from 1)
)

select
    'commune' as level, c.commune_key as unit_key, c.commune_code as unit_code,
    c.commune_name as unit_name, c.unit_type,
    case when p.map_unit_no is null or g.province_key = c.province_key
        then coalesce(w.district_key, c.district_key) end as district_key,
    c.province_key, c.district_key as own_district, c.province_key as own_province,
    c.valid_from, c.valid_to, c.sort_key
from dw.dim_commune as c
left join within as w using (commune_key)
left join grouped as g on g.district_key = w.district_key
left join ref.map_unit as p
    on p.unit_map = (select unit_map from latest) and p.level = 'commune' and p.unit_key = c.commune_key
    and w.district_key is not null
union all
select
    'district', d.district_key, d.district_code, d.district_name, d.unit_type, d.district_key,
    coalesce(g.province_key, d.province_key), d.district_key, d.province_key, d.valid_from, d.valid_to, d.sort_key
from dw.dim_district as d
left join grouped as g using (district_key)
union all
select
    'province', province_key, province_code, province_name, unit_type, null, province_key, null,
    null, valid_from, valid_to, sort_key
from dw.dim_province;

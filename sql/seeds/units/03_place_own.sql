-- makes place
-- reads place, dw.dim_district, dw.dim_province, dw.dim_commune, ref.map_date
-- one row per unit of a map and commune version: whether it is the unit's own there
-- why a parent that had other communes at some time of its life than it has on a map has none as its
--   own there: what it has as filed does not stand for it, all of it is computed for the map
with lives as (
    select 'district' as level, district_key as unit_key, valid_from, valid_to from dw.dim_district
    union all
    select 'province', province_key, valid_from, valid_to from dw.dim_province
)

update place as t
set is_itself = false
from (
    select p.unit_map, p.level, p.unit_key
    from place as p
    inner join dw.dim_commune as c using (commune_key)
    inner join lives as u using (level, unit_key)
    where
        p.unit_map <> 'as_filed'
        and case
            when p.is_itself then p.weight is distinct from 1
            else c.valid_from < u.valid_to and u.valid_from < c.valid_to
        end
    union
    select m.unit_map, a.level, a.unit_key
    from place as a
    cross join ref.map_date as m
    where
        a.unit_map = 'as_filed'
        and not exists (
            select from place as p
            where
                (p.unit_map, p.level, p.unit_key, p.commune_key)
                = (m.unit_map, a.level, a.unit_key, a.commune_key)
        )
) as moved
where (t.unit_map, t.level, t.unit_key) = (moved.unit_map, moved.level, moved.unit_key);

-- grain: one row per version of the unit of a code and a map that it is on, best first: in force on
-- the map's day, newest map; a district stays on later maps as a group of communes. As filed, a
-- register is bound to 1 January of its year.
select
    u.level, u.unit_key, u.unit_code, u.unit_name, m.unit_map, m.map_on,
    u.valid_from <= m.map_on and u.valid_to > m.map_on as is_in_force,
    array(
        select v.unit_key from mart.unit as v
        where (v.level, v.unit_code, v.unit_name) = (u.level, u.unit_code, u.unit_name)
    ) as unit_keys
from mart.unit as u
inner join (
    select unit_map, map_on from mart.unit_map
    union all
    select 'as_filed', make_date(:year, 1, 1)
) as m
    on u.valid_from <= m.map_on and (u.valid_to > m.map_on or u.level = 'district')
where u.unit_code = :unit
order by
    is_in_force desc, m.unit_map = 'as_filed', m.map_on desc, u.valid_from desc, u.level, u.unit_key

-- makes star_inside
-- reads star_member, star_kept, ref.map_share, ref.map_unit
-- one row per commune that a unit of star_member has people of, and year: these units, and one of the
--   communes that lie in the same districts and provinces (first_key)
-- why what a commune's filings call invented is asked once for all of its units, of communes not for
--   those that are kept. A province on the map has districts of several earlier ones
create temporary table star_inside on commit drop as
with inside as (
    select
        w.commune_key, m.year,
        array_agg(distinct m.unit_id) filter (
            where m.level = 'commune' and (m.unit_id, m.year) not in (select unit_id, year from star_kept)
        ) as communes,
        array_agg(distinct m.unit_id) filter (where m.level = 'district') as districts,
        array_agg(distinct m.province_id) filter (where m.level <> 'commune') as provinces
    from star_member as m
    inner join ref.map_unit as u using (unit_map, level, unit_key)
    inner join ref.map_share as w using (map_unit_no)
    group by w.commune_key, m.year
)

select
    commune_key, year, communes, districts, provinces,
    min(commune_key) over (partition by districts, provinces, year) as first_key
from inside

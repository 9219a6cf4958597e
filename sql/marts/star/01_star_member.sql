-- makes star_member
-- reads stale_unit, ref.map_date, dw.dim_unit
-- one row per year and unit on the latest map in a province whose figures, or those of a district there,
--   are to be put ready again
-- why a figure below a province is also part of what is left of the province's: they go together. A
--   district may have a commune that lies in another province by now
create temporary table star_member on commit drop as
with stale as (
    select distinct s.unit_map, s.year, a.province_id
    from stale_unit as s
    inner join dw.dim_unit as a on a.level = s.level and a.unit_key = s.unit_key and not a.is_rest
    where
        s.level <> 'commune'
        and s.unit_map = (select unit_map from ref.map_date order by map_on desc limit 1)
)

select
    s.unit_map, s.year, u.level, u.unit_id, u.unit_key, u.district_id, u.province_id
from stale as s
inner join dw.dim_unit as u on u.province_id = s.province_id and u.is_on_map and not u.is_rest

-- makes target_place
-- reads stale_map_unit, ref.map_unit, ref.map_share, stg.sole_former
-- one row per stale map unit and unit whose targets stand on it: itself, and a commune that it alone
--   came of
-- why a target stands on the maps that its unit is on, and may on those of the unit that it became.
--   Most map units have no former one, which is seen at once
create temporary table target_place on commit drop as
select place_no, figures_of, unit_map, level, unit_key, unit_key as stated_key, true as is_of_unit
from stale_map_unit
union all
select p.place_no, p.figures_of, p.unit_map, p.level, p.unit_key, f.commune_key, false
from stale_map_unit as p
inner join ref.map_unit as u using (unit_map, level, unit_key)
inner join lateral (
    select commune_key from stg.sole_former where map_unit_no = u.map_unit_no offset 0
) as f on p.level = 'commune'
where exists (
    select from ref.map_share as w where w.map_unit_no = u.map_unit_no and not w.is_itself
)

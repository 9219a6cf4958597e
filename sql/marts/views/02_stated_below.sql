-- makes stg.stated_below
-- reads ref.map_unit, ref.map_share, dw.fact_target, raw.current_filing
-- one row per unit of a map and target with which a superior assigned a commune in it something, or
--   that the commune registered, and which of both
-- why a unit's sums are shown of what somebody in it stated, not of what follows from it
create view stg.stated_below as
select u.unit_map, u.level, u.unit_key, f.year, f.indicator_key, f.basis as measure
from ref.map_unit as u
inner join ref.map_share as w using (map_unit_no)
inner join dw.fact_target as f using (commune_key)
inner join raw.current_filing as g using (filing_id)
where f.level = 'commune' and (f.basis = 'registered' or g.filer_level <> f.level);

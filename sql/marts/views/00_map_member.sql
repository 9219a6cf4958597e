-- makes stg.map_member
-- reads ref.map_share, dw.dim_commune
-- one row per unit of a map and commune version that it has people of
-- why how many communes a unit has on a day is asked in several places; before or after all of its
--   communes (unit_from to unit_to) the nearest day counts
create view stg.map_member as
select
    map_unit_no, commune_key, w.weight, w.is_itself, c.unit_type, c.valid_from, c.valid_to,
    min(c.valid_from) over of_unit as unit_from, max(c.valid_to) over of_unit as unit_to
from ref.map_share as w
inner join dw.dim_commune as c using (commune_key)
window of_unit as (partition by map_unit_no);

-- makes dw.star_verdict
-- reads stale_map_unit, ref.map_date, dw.dim_unit
-- one row per verdict on a target of a unit that is judged again, or is no longer on the latest map: it
--   goes
-- why the models after this one put it ready
delete from dw.star_verdict as a
using (
    select u.unit_id
    from stale_map_unit as s
    inner join dw.dim_unit as u on u.level = s.level and u.unit_key = s.unit_key and not u.is_rest
    where s.unit_map = (select unit_map from ref.map_date order by map_on desc limit 1)
    union
    select unit_id from dw.dim_unit where not is_on_map
) as gone
where a.unit_id = gone.unit_id

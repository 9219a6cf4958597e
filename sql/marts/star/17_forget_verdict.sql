-- makes dw.star_verdict
-- reads stale_map_unit, dw.dim_unit
-- one row per target and year of a stale map unit, or of a unit that is no longer on the latest map:
--   it goes
-- why the model after this one puts it ready
delete from dw.star_verdict as v
where
    v.unit_id in (
        select u.unit_id
        from stale_map_unit as s
        inner join dw.dim_unit as u on u.level = s.level and u.unit_key = s.unit_key and not u.is_rest
    )
    or v.unit_id not in (select unit_id from dw.dim_unit where is_on_map)

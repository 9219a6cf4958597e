-- makes stale_map_unit
-- reads stale_unit, stg.touched
-- one row per map and unit on it whose targets are to be judged again
-- why what is said of communes as filed is judged only for those that are touched
create temporary table stale_map_unit on commit drop as
select unit_map, level, unit_key from stale_unit
union
select 'as_filed', 'commune', commune_key from stg.touched where commune_key is not null

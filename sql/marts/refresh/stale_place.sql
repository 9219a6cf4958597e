-- grain: one row a map and a unit on it whose targets are to be judged again
create temporary table stale_place on commit drop as
select unit_map, level, unit_key from stale_unit
union
select 'as_filed', 'commune', commune_key from stg.touched where commune_key is not null

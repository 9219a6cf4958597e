-- makes at_level
-- reads ref.map_date, dw.dim_district, dw.dim_commune, ref.unit_path, ref.unit_link
-- one row per map, level, commune version and unit that has its people, by each way from one to the
--   other, with the share of them (empty: nobody filed it)
-- why a commune version of another day than the map's is found by the paths between versions
create temporary table at_level on commit drop as
with days as (
    -- the last day with districts places a commune in one for good
    select unit_map, map_on as day, false as is_for_districts from ref.map_date
    union all
    select unit_map, least(map_on, (select max(valid_to) - 1 from dw.dim_district)), true
    from ref.map_date
),

living as (
    select d.unit_map, d.is_for_districts, c.commune_key, c.district_key, c.province_key
    from days as d
    inner join dw.dim_commune as c on d.day >= c.valid_from and d.day < c.valid_to
),

placed as (
    select
        l.unit_map, l.is_for_districts, l.commune_key, l.district_key, l.province_key,
        l.commune_key as source_key, 1::numeric as weight
    from living as l
    union all
    select
        l.unit_map, l.is_for_districts, l.commune_key, l.district_key, l.province_key,
        p.from_key, p.weight
    from living as l
    inner join ref.unit_path as p on p.to_key = l.commune_key
    union all
    select
        l.unit_map, l.is_for_districts, l.commune_key, l.district_key, l.province_key,
        p.to_key, null
    from living as l
    inner join ref.unit_path as p on p.from_key = l.commune_key
)

select unit_map, 'commune' as level, source_key, commune_key as unit_key, weight
from placed where not is_for_districts
union all
select unit_map, 'province', source_key, province_key, weight
from placed where not is_for_districts
union all
select unit_map, 'district', source_key, district_key, weight
from placed where is_for_districts and district_key is not null
union all
-- an island district that had no communes became one
select m.unit_map, 'district', l.new_key, l.old_key, 1
from ref.unit_link as l
cross join ref.map_date as m
where l.old_level = 'district';

-- makes former_unit
-- reads stale_unit, ref.map_share, dw.dim_commune, dw.dim_province
-- one row per stale province of a map, year and earlier province that lies in it whole, or district of
--   one that does not: whether the district lies in it whole
-- why what was filed for the earlier one is a part of the later one's. A province that gained communes is
--   an earlier one of itself
create temporary table former_unit on commit drop as
with placed as (
    select 'province' as level, province_key as unit_key, province_key, commune_key from dw.dim_commune
    union all
    select 'district', district_key, province_key, commune_key
    from dw.dim_commune where district_key is not null
),

size as (
    select level, unit_key, count(*) as communes from placed group by level, unit_key
),

of_map as (
    select map_unit_no, unit_key, bool_or(m.is_itself) as is_itself
    from (
        select distinct map_unit_no, unit_key
        from stale_unit where level = 'province' and unit_map <> 'as_filed'
    ) as s
    inner join ref.map_share as m using (map_unit_no)
    group by map_unit_no, unit_key
),

former as (
    select
        s.map_unit_no, s.is_itself, p.level, p.unit_key, p.province_key,
        count(*) filter (where m.weight = 1) = z.communes as is_whole
    from of_map as s
    inner join ref.map_share as m using (map_unit_no)
    inner join placed as p using (commune_key)
    inner join size as z on (z.level, z.unit_key) = (p.level, p.unit_key)
    where not s.is_itself or p.province_key <> s.unit_key
    group by s.map_unit_no, s.is_itself, p.level, p.unit_key, p.province_key, z.communes
)

select
    s.map_unit_no, s.unit_map, s.unit_key, s.year, f.level as former_level, f.unit_key as former_key,
    f.is_whole, p.valid_from, p.valid_to
from former as f
inner join stale_unit as s using (map_unit_no)
inner join dw.dim_province as p on p.province_key = f.province_key
where
    f.is_whole and f.level = 'province'
    or f.level = 'district' and not exists (
        select from former as w
        where
            (w.map_unit_no, w.level, w.unit_key) = (f.map_unit_no, 'province', f.province_key)
            and w.is_whole
    )

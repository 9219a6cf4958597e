-- makes former_unit
-- reads stale_unit, ref.map_share, dw.dim_commune, dw.agg_indicator_own, mart.unit
-- one row per stale province of a map and earlier province of communes in it, or district of one that
--   filed for itself: the days on which communes of it lie in the stale one (inside), or lie there in
--   part or not (outside)
-- why what was filed for the earlier one of a day when none was outside is a part of the later one's. A
--   province that gained or lost communes is an earlier one of itself
create temporary table former_unit on commit drop as
with placed as (
    select
        'province' as level, province_key as unit_key, province_key, commune_key,
        daterange(valid_from, valid_to) as days
    from dw.dim_commune
    union all
    select 'district', district_key, province_key, commune_key, daterange(valid_from, valid_to)
    from dw.dim_commune where district_key is not null
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

former_province as (
    select distinct s.map_unit_no, c.province_key
    from of_map as s
    inner join ref.map_share as m using (map_unit_no)
    inner join dw.dim_commune as c using (commune_key)
    where not s.is_itself or c.province_key <> s.unit_key
),

former as (
    select
        s.map_unit_no, p.level, p.unit_key, p.province_key,
        coalesce(range_agg(p.days) filter (where m.weight is distinct from 1), '{}') as outside,
        coalesce(range_agg(p.days) filter (where m.commune_key is not null), '{}') as inside
    from former_province as s
    inner join placed as p using (province_key)
    left join ref.map_share as m using (map_unit_no, commune_key)
    group by s.map_unit_no, p.level, p.unit_key, p.province_key
)

select
    s.map_unit_no, s.unit_map, s.year, f.level as former_level, f.unit_key as former_key,
    f.province_key, f.inside, f.outside, u.valid_from, u.valid_to
from former as f
inner join stale_unit as s using (map_unit_no)
inner join mart.unit as u on (u.level, u.unit_key) = (f.level, f.unit_key)
where exists (
    select from dw.agg_indicator_own as o
    where o.level = f.level and o.unit_key = f.unit_key and o.year = s.year
)

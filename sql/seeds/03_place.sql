-- Finds which unit of a map has the people of which commune version, by the paths between versions:
-- `place`, one row a unit of a map and such a version; `place_before` is as it was.
create temporary table place_before on commit drop as
select u.unit_map, u.level, u.unit_key, m.commune_key, m.weight, m.is_own
from ref.unit_map as m
inner join ref.map_unit as u using (map_unit_no);

create temporary table place on commit drop as
with days as (
    -- the last day with districts places a commune in one for good
    select unit_map, map_on as day, false as is_for_districts from ref.map_date
    union all
    select unit_map, least(map_on, (select max(valid_to) - 1 from dw.dim_district)), true
    from ref.map_date
),

living as (
    select d.*, c.commune_key, c.district_key, c.province_key
    from days as d
    inner join dw.dim_commune as c on d.day >= c.valid_from and d.day < c.valid_to
),

placed as (
    select l.*, l.commune_key as source_key, 1::numeric as weight
    from living as l
    union all
    select l.*, p.from_key, p.weight
    from living as l
    inner join ref.unit_path as p on p.to_key = l.commune_key
    union all
    select l.*, p.to_key, null
    from living as l
    inner join ref.unit_path as p on p.from_key = l.commune_key
),

at_level as (
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
    where l.old_level = 'district'
),

shares as (
    select
        unit_map, level, source_key, unit_key,
        case when count(*) = count(weight) then sum(weight) end as weight,
        count(*) over (partition by unit_map, level, source_key) as units
    from at_level
    group by unit_map, level, source_key, unit_key
)

select
    s.unit_map, s.level, s.source_key as commune_key, s.unit_key,
    case when s.units = 1 then 1 else s.weight end as weight,
    coalesce(
        s.unit_key = case s.level
            when 'commune' then c.commune_key
            when 'district' then c.district_key
            when 'province' then c.province_key
        end, false
    ) as is_own
from shares as s
inner join dw.dim_commune as c on c.commune_key = s.source_key
union all
select 'as_filed', 'district', commune_key, district_key, 1, true
from dw.dim_commune where district_key is not null
union all
select 'as_filed', 'province', commune_key, province_key, 1, true from dw.dim_commune;

-- a parent that had other communes at some time of its life than it has on a map has none as its
-- own there: what it has as filed does not stand for it, all of it is computed for the map
with lives as (
    select 'district' as level, district_key as unit_key, valid_from, valid_to from dw.dim_district
    union all
    select 'province', province_key, valid_from, valid_to from dw.dim_province
)

update place as t
set is_own = false
from (
    select p.unit_map, p.level, p.unit_key
    from place as p
    inner join dw.dim_commune as c using (commune_key)
    inner join lives as u using (level, unit_key)
    where
        p.unit_map <> 'as_filed'
        and case
            when p.is_own then p.weight is distinct from 1
            else c.valid_from < u.valid_to and u.valid_from < c.valid_to
        end
    union
    select m.unit_map, a.level, a.unit_key
    from place as a
    cross join ref.map_date as m
    where
        a.unit_map = 'as_filed'
        and not exists (
            select from place as p
            where
                (p.unit_map, p.level, p.unit_key, p.commune_key)
                = (m.unit_map, a.level, a.unit_key, a.commune_key)
        )
) as moved
where (t.unit_map, t.level, t.unit_key) = (moved.unit_map, moved.level, moved.unit_key);

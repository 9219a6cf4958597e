-- Replaces the maps: which unit of a map has the people of which commune version, by the paths
-- between versions. What was aggregated for a changed place is forgotten and touched again.
create temporary table place_before on commit drop as
select u.unit_map, u.level, u.unit_key, m.commune_key, m.weight
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

delete from ref.unit_map;
delete from ref.map_unit;
insert into ref.map_unit
select
    row_number() over (order by unit_map, level, unit_key), unit_map, level, unit_key,
    bool_and(weight is not distinct from 1)
from place
group by unit_map, level, unit_key;

insert into ref.unit_map
select u.map_unit_no, p.commune_key, p.weight, p.is_own
from place as p
inner join ref.map_unit as u using (unit_map, level, unit_key);

create temporary table place_change on commit drop as
(select unit_map, level, unit_key, commune_key, weight from place except table place_before)
union
(table place_before except select unit_map, level, unit_key, commune_key, weight from place);

delete from dw.agg_indicator as a
using (select distinct unit_map, level, unit_key from place_change) as m
where (a.unit_map, a.level, a.unit_key) = (m.unit_map, m.level, m.unit_key);

insert into stg.touched (commune_key, district_key, province_key, year)
select distinct f.commune_key, f.district_key, f.province_key, f.year
from (
    select commune_key, district_key, province_key, year from dw.fact_indicator
    union all
    select commune_key, district_key, province_key, year from dw.fact_target
) as f
where f.commune_key in (select commune_key from place_change)
on conflict do nothing;

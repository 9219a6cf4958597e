-- Replaces the maps by what 03_place.sql found, if that is anything new, or a commune is of another
-- type than it was. What was aggregated for a changed place is forgotten, and every commune of the
-- changed units touched again.
create temporary table place_change on commit drop as
(
    select unit_map, level, unit_key, commune_key, weight, is_itself from place
    except table place_before
)
union
(
    table place_before
    except select unit_map, level, unit_key, commune_key, weight, is_itself from place
)
union
select p.unit_map, p.level, p.unit_key, p.commune_key, p.weight, p.is_itself
from place as p
inner join retyped using (commune_key);

delete from ref.map_share where exists (select from place_change);
delete from ref.map_unit where exists (select from place_change);
insert into ref.map_unit
select
    row_number() over (order by unit_map, level, unit_key), unit_map, level, unit_key,
    bool_and(weight is not distinct from 1)
from place
where exists (select from place_change)
group by unit_map, level, unit_key;

insert into ref.map_share
select u.map_unit_no, p.commune_key, p.weight, p.is_itself
from place as p
inner join ref.map_unit as u using (unit_map, level, unit_key)
where exists (select from place_change);

delete from dw.agg_indicator as a
using (select distinct unit_map, level, unit_key from place_change) as m
where (a.unit_map, a.level, a.unit_key) = (m.unit_map, m.level, m.unit_key);

delete from dw.agg_indicator_unknown as a
using (select distinct unit_map, level, unit_key from place_change) as m
where (a.unit_map, a.level, a.unit_key) = (m.unit_map, m.level, m.unit_key);

delete from dw.agg_target as a
using (select distinct unit_map, level, unit_key from place_change) as m
where (a.unit_map, a.level, a.unit_key) = (m.unit_map, m.level, m.unit_key);

delete from dw.agg_target_commune as a
using (select distinct unit_map, level, unit_key from place_change) as m
where (a.unit_map, a.level, a.unit_key) = (m.unit_map, m.level, m.unit_key);

delete from dw.agg_attainment as a
using (select distinct unit_map, level, unit_key from place_change) as m
where (a.unit_map, a.level, a.unit_key) = (m.unit_map, m.level, m.unit_key);

insert into stg.touched (commune_key, district_key, province_key, year)
select distinct f.commune_key, f.district_key, f.province_key, f.year
from (
    select commune_key, district_key, province_key, year from dw.fact_indicator
    union all
    select commune_key, district_key, province_key, year from dw.fact_target
    union all
    select commune_key, district_key, province_key, year from dw.fact_fund
) as f
where f.commune_key in (
    select p.commune_key
    from place as p
    inner join place_change as c using (unit_map, level, unit_key)
    union
    select commune_key from place_change
)
or f.commune_key is null and exists (
    select from place_change as c
    where (c.level, c.unit_key) in (('district', f.district_key), ('province', f.province_key))
)
on conflict do nothing;

analyze ref.unit_path;
analyze ref.map_unit;
analyze ref.map_share;
analyze dw.dim_commune;

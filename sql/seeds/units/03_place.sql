-- makes place, place_before
-- reads at_level, dw.dim_commune, ref.map_share, ref.map_unit
-- one row per unit of a map and commune version that it has people of, with the share of them
-- why figures of any commune version count in the units of every map; place_before is as it was
create temporary table place_before on commit drop as
select u.unit_map, u.level, u.unit_key, m.commune_key, m.weight, m.is_itself
from ref.map_share as m
inner join ref.map_unit as u using (map_unit_no);

create temporary table place on commit drop as
with shares as (
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
    ) as is_itself
from shares as s
inner join dw.dim_commune as c on c.commune_key = s.source_key
union all
select 'as_filed', 'district', commune_key, district_key, 1, true
from dw.dim_commune where district_key is not null
union all
select 'as_filed', 'province', commune_key, province_key, 1, true from dw.dim_commune;

-- makes mart.cascade_member
-- reads mart.unit_map, dw.dim_commune, dw.dim_district, mart.district_group, mart.unit,
--   mart.unit_link
-- one row per unit (of_level, of_key), and a unit on a map whose targets its annex shows below its
--   own: those just below it as they were when targets were assigned (a province's districts, or
--   communes where it has none; a district's communes), the communes that these became on the newest
--   map; of a commune that others became, each of them as it was (is_former)
-- why whom a cascade goes down to is one rule, for every unit
create view mart.cascade_member as
with newest as (select unit_map from mart.unit_map order by map_on desc limit 1),

day as (select 'as_filed' as unit_map union all select unit_map from newest)

select
    'province' as of_level, c.province_key as of_key, 'commune' as level, c.commune_key as unit_key,
    d.unit_map, false as is_former
from dw.dim_commune as c
cross join day as d
where c.district_key is null
union all
select 'district', c.district_key, 'commune', c.commune_key, d.unit_map, false
from dw.dim_commune as c
cross join day as d
where c.district_key is not null
union all
select 'province', province_key, 'district', district_key, 'as_filed', false
from dw.dim_district
union all
select 'district', g.district_key, 'commune', g.commune_key, n.unit_map, false
from mart.district_group as g
cross join newest as n
where g.is_whole
union all
select 'commune', n.unit_key, 'commune', o.unit_key, 'as_filed', true
from mart.unit as n
inner join mart.unit_link as l
    on l.new_level = n.level and l.new_code = n.unit_code and l.new_name = n.unit_name
    and l.event_on = n.valid_from and l.link = 'whole'
inner join mart.unit as o
    on o.level = l.old_level and o.unit_code = l.old_code and o.unit_name = l.old_name
    and o.valid_to = l.event_on
where n.level = 'commune';

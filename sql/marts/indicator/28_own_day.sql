-- makes own_day
-- reads stale_unit, dw.agg_indicator_own, ref.map_share, dw.dim_commune, dw.dim_indicator
-- one row per stale district or province as filed, year, day that figures are about which it filed
--   for itself, or a district in it, and scope of units: how many communes, in how many districts,
--   there were
-- why a figure filed for the whole unit rests on all of them. A day before or after the unit counts
--   its first or last communes
create temporary table own_day on commit drop as
with filed_day as (
    select s.map_unit_no, s.level, s.unit_key, s.year, s.valid_from, s.valid_to, a.figure_on
    from stale_unit as s
    inner join dw.agg_indicator_own as a
        on a.level = s.level and a.unit_key = s.unit_key and a.year = s.year
    where s.unit_map = 'as_filed'
    union
    select s.map_unit_no, s.level, s.unit_key, s.year, s.valid_from, s.valid_to, a.figure_on
    from stale_unit as s
    inner join dw.agg_indicator_own as a
        on a.level = 'district' and a.province_key = s.unit_key and a.year = s.year
    where s.unit_map = 'as_filed' and s.level = 'province'
)

select
    f.level, f.unit_key, f.year, f.figure_on, v.unit_scope,
    count(*) filter (where ref.in_scope(v.unit_scope, c.unit_type)) as communes,
    count(distinct c.district_key) filter (where ref.in_scope(v.unit_scope, c.unit_type))
    as districts
from filed_day as f
cross join (select distinct unit_scope from dw.dim_indicator) as v
inner join ref.map_share as m using (map_unit_no)
inner join dw.dim_commune as c using (commune_key)
where
    ref.nearest_day(f.figure_on, f.valid_from, f.valid_to)
    between c.valid_from and c.valid_to - 1
group by f.level, f.unit_key, f.year, f.figure_on, v.unit_scope

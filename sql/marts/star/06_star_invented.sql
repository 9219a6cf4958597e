-- makes star_invented
-- reads star_member, stg.noted_fact, ref.map_share, ref.map_unit
-- one row per unit of star_member, and rest of it, measure (or stage of money), period and code that
--   rests on a filing which calls its figures invented
-- why whoever drags a figure sees it. What is left of a unit has what the unit has. It says what
--   mart.illustrative_figure does, of all units at once; a figure that another filing gives is none
create temporary table star_invented on commit drop as
with member as materialized (
    select m.year, m.level, m.unit_id, m.province_id, m.unit_key, w.commune_key
    from star_member as m
    inner join ref.map_unit as u using (unit_map, level, unit_key)
    inner join ref.map_share as w using (map_unit_no)
),

called as materialized (  -- all of a figure's filings call it so; found by commune and year
    select n.level, m.commune_key, n.unit_key, n.province_key, m.year, n.period, n.measure, n.code
    from (select distinct commune_key, year from member) as m
    cross join lateral (
        select f.level, f.unit_key, f.province_key, f.period, f.measure, f.code
        from stg.noted_fact as f
        where f.commune_key = m.commune_key and f.year = m.year
        group by f.level, f.unit_key, f.province_key, f.period, f.measure, f.code
        having bool_and(f.is_invented)
    ) as n
    union all
    select level, null, unit_key, province_key, year, period, measure, code
    from stg.noted_fact where commune_key is null and year in (select year from star_member)
    group by level, unit_key, province_key, year, period, measure, code
    having bool_and(is_invented)
),

invented as (
    select m.year, m.level, m.unit_id, m.province_id, c.period, c.measure, c.code
    from member as m
    inner join called as c using (commune_key, year)
    where m.level = 'commune' or c.measure <> 'own_plan'
    union all
    select m.year, m.level, m.unit_id, m.province_id, c.period, c.measure, c.code
    from star_member as m
    inner join called as c on c.commune_key is null and c.year = m.year
    where (c.level, c.unit_key) = (m.level, m.unit_key)
        or (m.level, c.level, c.province_key) = ('province', 'district', m.unit_key)
        and c.measure not in ('province', 'own_plan', 'registered')
),

whole as (  -- a province on the map has districts of several earlier ones
    select year, level, unit_id, period, code, measure from invented
    union
    select year, 'province', province_id, period, code, measure from invented where level = 'district'
)

select distinct
    i.year, b.unit_id, i.period, i.code,
    case when i.measure in ('province', 'district') then 'assigned' else i.measure end as measure
from whole as i
cross join lateral (
    select i.unit_id union all
    select ref.rest_id('commune', i.unit_id) where i.level <> 'commune' union all
    select ref.rest_id('district', i.unit_id) where i.level = 'province'
) as b

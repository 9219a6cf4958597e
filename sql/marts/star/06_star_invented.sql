-- makes star_invented
-- reads star_member, mart.illustrative_figure, stg.noted_fact, ref.map_share, ref.map_unit
-- one row per unit of star_member, and rest of it, measure (or stage of money), period and code that
--   rests on a filing which calls its figures invented
-- why whoever drags a figure sees it. What is left of a unit has what the unit has.
--   The view is asked unit by unit, so only of units that have such a filing in them: a country has none
create temporary table star_invented on commit drop as
with noted as materialized (
    select distinct commune_key, level, unit_key, province_key, year from stg.noted_fact where is_invented
),

touched as (
    select u.level, u.unit_key, n.year
    from noted as n
    inner join ref.map_share as w using (commune_key)
    inner join ref.map_unit as u using (map_unit_no)
    union
    select level, unit_key, year from noted where commune_key is null
    union
    select 'province', province_key, year from noted where commune_key is null and level = 'district'
),

invented as (
    select
        m.year, m.level, m.unit_id, m.province_id, f.period, f.code,
        case
            when f.measure in ('province', 'district', 'assigned_sum') then 'assigned'
            when f.measure = 'registered_sum' then 'registered'
            else f.measure
        end as measure
    from star_member as m
    inner join touched as t using (level, unit_key, year)
    cross join lateral (
        select o.period, o.measure, o.code
        from mart.illustrative_figure as o
        where
            o.unit_map = m.unit_map and o.level = m.level and o.unit_key = m.unit_key
            and o.year = m.year and o.is_illustrative
        offset 0
    ) as f
),

-- a province on the map has districts of several earlier ones
whole as (
    select year, level, unit_id, period, code, measure from invented
    union
    select year, 'province', province_id, period, code, measure from invented
    where level = 'district'
)

select year, unit_id, period, code, measure from whole
union
select i.year, ref.rest_id(b.level, i.unit_id), i.period, i.code, i.measure
from whole as i
inner join (
    values ('commune', 'district'), ('commune', 'province'), ('district', 'province')
) as b (level, parent) on b.parent = i.level

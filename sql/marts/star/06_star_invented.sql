-- makes star_invented
-- reads star_member, mart.illustrative_figure
-- one row per unit of star_member, and rest of it, measure (or stage of money), period and code that
--   rests on a filing which calls its figures invented
-- why whoever drags a figure sees it. What is left of a unit has what the unit has
create temporary table star_invented on commit drop as
with invented as (
    select
        m.year, m.level, m.unit_id, m.province_id, f.period, f.code,
        case
            when f.measure in ('province', 'district', 'assigned_sum') then 'assigned'
            when f.measure = 'registered_sum' then 'registered'
            else f.measure
        end as measure
    from star_member as m
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

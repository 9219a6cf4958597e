-- grain: one row a unit of a map and a figure of a commune that does not count in it: the commune
-- was not in force on the figure's day (late_figure), and one that was, or was nearer to it, and
-- that it became or came of, has filed the same for the unit
create temporary table counted_elsewhere on commit drop as
with related as (
    select from_key as one_key, to_key as other_key from ref.unit_path
    union all
    select to_key, from_key from ref.unit_path
)

select distinct m.map_unit_no, v.commune_key, v.year, v.period, v.measure, v.indicator_key
from late_figure as v
inner join related as r on r.one_key = v.commune_key
inner join dw.agg_indicator as u
    on u.level = 'commune' and u.unit_key = r.other_key
    and u.unit_map in ('as_filed', 'bridged')
    and (u.year, u.period, u.measure, u.indicator_key)
    = (v.year, v.period, v.measure, v.indicator_key)
inner join dw.dim_commune as c
    on c.commune_key = u.unit_key
    and abs(u.figure_on - greatest(least(u.figure_on, c.valid_to - 1), c.valid_from)) < v.days_off
inner join ref.unit_map as m on m.commune_key = v.commune_key
inner join ref.unit_map as n
    on n.commune_key = u.unit_key and n.map_unit_no = m.map_unit_no

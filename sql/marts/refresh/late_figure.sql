-- grain: one row a figure, of a stale unit's year, of a commune in it that was not in force on the
-- figure's day, and how many days off it was
create temporary table late_figure on commit drop as
select
    a.unit_key as commune_key, a.year, a.period, a.measure, a.indicator_key,
    abs(a.figure_on - greatest(least(a.figure_on, c.valid_to - 1), c.valid_from)) as days_off
from dw.agg_indicator as a
inner join dw.dim_commune as c on c.commune_key = a.unit_key
where
    a.level = 'commune' and a.unit_map in ('as_filed', 'bridged')
    and (a.unit_key, a.year) in (
        select m.commune_key, s.year
        from stale_unit as s
        inner join ref.unit_map as m using (map_unit_no)
    )
    and (a.figure_on < c.valid_from or a.figure_on >= c.valid_to)

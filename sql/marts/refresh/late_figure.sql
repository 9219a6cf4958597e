-- grain: one row a figure, of a touched year, of a commune that was not in force on its day
create temporary table late_figure on commit drop as
select a.unit_key as commune_key, a.year, a.period, a.measure, a.indicator_key
from dw.agg_indicator as a
inner join dw.dim_commune as c on c.commune_key = a.unit_key
where
    a.level = 'commune' and a.unit_map in ('as_filed', 'bridged')
    and a.year in (select year from stale_unit)
    and (a.figure_on < c.valid_from or a.figure_on >= c.valid_to)

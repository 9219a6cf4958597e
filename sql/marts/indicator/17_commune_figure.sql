-- makes commune_figure
-- reads stale_unit, ref.map_share, dw.dim_commune, dw.dim_indicator, dw.agg_indicator,
--   dw.agg_indicator_bridged
-- one row per figure of a commune in a stale unit, as filed or bridged, with the day it is about
--   and the nearest to it on which the commune was in force, days_off apart
-- why all sums of stale units rest on these figures and on no others: of an indicator about xã, a
--   township is none. Of few communes they are found by key (offset 0), of many the table is read
create temporary table commune_figure on commit drop as
with commune as materialized (
    select m.commune_key, m.year, c.district_key, c.unit_type, c.valid_from, c.valid_to
    from (
        select distinct w.commune_key, s.year
        from stale_unit as s
        inner join ref.map_share as w using (map_unit_no)
    ) as m
    inner join dw.dim_commune as c using (commune_key)
),

size as (
    select count(*) < 2000 as is_few from commune
),

figure as (
    select
        c.commune_key, c.year, f.period, f.measure, f.indicator_key, f.numerator, f.denominator,
        f.value, f.figure_on, false as is_bridged
    from commune as c
    cross join lateral (
        select
            a.period, a.measure, a.indicator_key, a.numerator, a.denominator, a.value, a.figure_on
        from dw.agg_indicator as a
        where (a.level, a.unit_key, a.year, a.unit_map) = ('commune', c.commune_key, c.year, 'as_filed')
        offset 0
    ) as f
    where (select is_few from size)
    union all
    select
        unit_key, year, period, measure, indicator_key, numerator, denominator, value, figure_on, false
    from dw.agg_indicator
    where level = 'commune' and unit_map = 'as_filed' and not (select is_few from size)
    union all
    select
        commune_key, year, period, measure, indicator_key, numerator, denominator, value,
        figure_on, true
    from dw.agg_indicator_bridged
)

select
    commune_key, s.district_key, year, f.period, f.measure, f.indicator_key, f.numerator,
    f.denominator, f.value, f.figure_on, f.is_bridged, n.nearest_on, i.unit_scope, i.kind,
    abs(f.figure_on - n.nearest_on) as days_off
from commune as s
inner join figure as f using (commune_key, year)
inner join (  -- hashed, however few figures seem to come
    select indicator_key, unit_scope, kind from dw.dim_indicator offset 0
) as i using (indicator_key)
cross join lateral (
    select ref.nearest_day(f.figure_on, s.valid_from, s.valid_to) as nearest_on
) as n
where ref.in_scope(i.unit_scope, s.unit_type)

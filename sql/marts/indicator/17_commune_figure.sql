-- makes commune_figure
-- reads stale_unit, ref.map_share, dw.dim_commune, dw.dim_indicator, dw.agg_indicator,
--   dw.agg_indicator_bridged
-- one row per figure of a commune in a stale unit, as filed or bridged, with the day it is about
--   and the nearest to it on which the commune was in force, days_off apart
-- why all sums of stale units rest on these figures and on no others: of an indicator about xã, a
--   township is none
create temporary table commune_figure on commit drop as
with commune as (
    select distinct m.commune_key, s.year
    from stale_unit as s
    inner join ref.map_share as m using (map_unit_no)
),

figure as (
    select
        unit_key as commune_key, year, period, measure, indicator_key, numerator, denominator,
        value, figure_on, false as is_bridged
    from dw.agg_indicator
    where level = 'commune' and unit_map = 'as_filed'
    union all
    select
        commune_key, year, period, measure, indicator_key, numerator, denominator, value,
        figure_on, true
    from dw.agg_indicator_bridged
)

select
    f.commune_key, c.district_key, f.year, f.period, f.measure, f.indicator_key, f.numerator,
    f.denominator, f.value, f.figure_on, f.is_bridged, n.nearest_on, i.unit_scope, i.kind,
    abs(f.figure_on - n.nearest_on) as days_off
from commune as s
inner join figure as f using (commune_key, year)
inner join dw.dim_commune as c using (commune_key)
inner join dw.dim_indicator as i using (indicator_key)
cross join lateral (
    select ref.nearest_day(f.figure_on, c.valid_from, c.valid_to) as nearest_on
) as n
where ref.in_scope(i.unit_scope, c.unit_type)

-- makes own_total
-- reads stale_unit, dw.agg_indicator_own, dw.dim_indicator, ref.map_share, dw.dim_commune
-- one row per figure that a stale district or province filed for itself, and of how many communes
--   and districts it is: all that there were on the day that it is about
-- why it may stand in place of the sum of its communes. A day before or after the unit counts its
--   first or last communes
create temporary table own_total on commit drop as
with own as (
    select
        s.map_unit_no, a.level, a.unit_key, a.district_key, a.province_key, a.year, a.period,
        a.measure, a.indicator_key, a.numerator, a.denominator, a.value, i.kind, i.unit_scope,
        ref.nearest_day(a.figure_on, s.valid_from, s.valid_to) as counted_on
    from stale_unit as s
    inner join dw.agg_indicator_own as a
        on a.level = s.level and a.unit_key = s.unit_key and a.year = s.year
    inner join dw.dim_indicator as i using (indicator_key)
    where s.unit_map = 'as_filed'
),

counted as (
    select
        d.map_unit_no, d.counted_on, d.unit_scope,
        count(*) filter (where ref.in_scope(d.unit_scope, c.unit_type)) as communes,
        count(distinct c.district_key) filter (where ref.in_scope(d.unit_scope, c.unit_type))
        as districts
    from (select distinct map_unit_no, counted_on, unit_scope from own) as d
    inner join ref.map_share as m using (map_unit_no)
    inner join dw.dim_commune as c
        on c.commune_key = m.commune_key and d.counted_on >= c.valid_from
        and d.counted_on < c.valid_to
    group by d.map_unit_no, d.counted_on, d.unit_scope
)

select
    o.level, o.unit_key, o.district_key, o.province_key, o.year, o.period, o.measure,
    o.indicator_key, o.numerator, o.denominator, o.value,
    -- its own yes is one answer, no number of communes
    case o.kind when 'yes_no' then 1 else d.communes end as communes,
    case o.kind when 'yes_no' then 1 else d.districts end as districts, o.kind
from own as o
inner join counted as d using (map_unit_no, counted_on, unit_scope)

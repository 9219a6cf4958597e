-- makes district_figure
-- reads stale_unit, dw.agg_indicator, dw.agg_indicator_own, dw.dim_commune, dw.dim_indicator
-- one row per figure of a stale province, as filed, that a district in it filed for itself, and district:
--   what it is there, by its communes or by itself, and the day whose communes it counted
-- why an estimate of the year may be of districts that end before it does: they counted the communes
--   they had. Of districts of several days those nearest to the figure's day are added up, for one may
--   have become another
create temporary table district_figure on commit drop as
with filed as materialized (  -- few or none: all districts of all provinces wait for it
    select distinct s.map_unit_no, s.unit_key, s.year, a.period, a.measure, a.indicator_key
    from stale_unit as s
    inner join dw.agg_indicator_own as a
        on a.level = 'district' and a.province_key = s.unit_key and a.year = s.year
    where s.unit_map = 'as_filed' and s.level = 'province'
),

lived as (
    select district_key, min(valid_from) as valid_from, max(valid_to) as valid_to
    from dw.dim_commune
    where province_key in (select unit_key from filed)
    group by district_key
),

counted as (
    select
        s.map_unit_no, s.unit_key, d.unit_key as district_key, d.year, d.period, d.measure,
        d.indicator_key, n.counted_on, d.numerator, d.denominator, d.units_reported, d.is_self_filed,
        rank() over (
            partition by s.unit_key, d.year, d.period, d.measure, d.indicator_key
            order by abs(n.counted_on - d.figure_on), n.counted_on
        ) as farness
    from filed as s
    inner join dw.agg_indicator as d
        on d.level = 'district' and d.unit_map = 'as_filed' and d.province_key = s.unit_key
        and (d.year, d.period, d.measure, d.indicator_key)
        = (s.year, s.period, s.measure, s.indicator_key)
    inner join lived as t on t.district_key = d.unit_key
    cross join lateral (
        select ref.nearest_day(d.figure_on, t.valid_from, t.valid_to) as counted_on
    ) as n
    where d.numerator is not null
)

select
    c.map_unit_no, 'province' as level, c.unit_key, c.year, c.period, c.measure, c.indicator_key, c.district_key,
    c.counted_on, c.numerator, c.denominator, c.units_reported as units, c.is_self_filed
from counted as c
inner join dw.dim_indicator as i using (indicator_key)
where c.farness = 1 and i.kind <> 'yes_no'

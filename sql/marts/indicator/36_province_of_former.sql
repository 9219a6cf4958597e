-- makes dw.agg_indicator
-- reads former_province, ref.map_share, dw.dim_commune, dw.agg_indicator, dw.dim_indicator
-- one row per figure of a stale province of a map that was several provinces on the figure's day,
--   where those know of more communes than its communes add up to
-- why what a district or a province filed for itself is not lost when provinces become one
insert into dw.agg_indicator (
    level, unit_key, district_key, province_key, year, period, measure, indicator_key, numerator,
    denominator, value, units_expected, units_reported, districts_expected, districts_reported,
    unit_map, shares_unknown, districts_self_filed
)
with summed as (
    select
        f.map_unit_no, f.unit_map, f.unit_key, a.year, a.period, a.measure, a.indicator_key,
        a.figure_on, i.unit_scope, i.kind, i.per, sum(a.numerator) as numerator,
        sum(a.denominator) as denominator, sum(a.units_reported) as units_reported,
        sum(a.districts_reported) as districts_reported,
        sum(a.districts_self_filed) as districts_self_filed
    from former_province as f
    inner join dw.agg_indicator as a
        on a.level = 'province' and a.unit_key = f.province_key and a.year = f.year
        and a.unit_map = 'as_filed' and a.numerator is not null
        and a.figure_on >= f.valid_from and a.figure_on < f.valid_to
    inner join dw.dim_indicator as i using (indicator_key)
    where i.kind <> 'yes_no'
    group by
        f.map_unit_no, f.unit_map, f.unit_key, a.year, a.period, a.measure, a.indicator_key,
        a.figure_on, i.unit_scope, i.kind, i.per
),

expected as materialized (
    select
        d.map_unit_no, d.figure_on, d.unit_scope, count(*) as communes,
        count(distinct c.district_key) as districts
    from (select distinct map_unit_no, figure_on, unit_scope from summed) as d
    inner join ref.map_share as m using (map_unit_no)
    inner join dw.dim_commune as c
        on c.commune_key = m.commune_key and ref.in_scope(d.unit_scope, c.unit_type)
        and d.figure_on >= c.valid_from and d.figure_on < c.valid_to
    group by d.map_unit_no, d.figure_on, d.unit_scope
)

select
    'province', s.unit_key, null, s.unit_key, s.year, s.period, s.measure, s.indicator_key,
    s.numerator, s.denominator,
    case
        when s.kind = 'count' then s.numerator
        else s.per * s.numerator / nullif(s.denominator, 0)
    end,
    e.communes, s.units_reported, e.districts, s.districts_reported, s.unit_map, 0,
    s.districts_self_filed
from summed as s
inner join expected as e using (map_unit_no, figure_on, unit_scope)
on conflict (level, unit_key, year, period, measure, indicator_key, unit_map) do update set
    (
        numerator, denominator, value, units_reported, districts_reported, districts_self_filed
    ) = (
        excluded.numerator, excluded.denominator, excluded.value, excluded.units_reported,
        excluded.districts_reported, excluded.districts_self_filed
    )
where agg_indicator.units_reported < excluded.units_reported

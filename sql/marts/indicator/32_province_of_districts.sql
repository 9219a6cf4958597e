-- makes dw.agg_indicator
-- reads district_figure, ref.map_share, dw.dim_commune, dw.dim_indicator
-- one row per figure of a stale province, as filed, that a district in it filed for itself
-- why it is the sum of its districts and of late communes of others; what the province filed, or all its
--   communes did, goes before it where a district is missing
insert into dw.agg_indicator (
    level, unit_key, district_key, province_key, year, period, measure, indicator_key, numerator,
    denominator, value, units_expected, units_reported, districts_expected, districts_reported,
    unit_map, shares_unknown, districts_self_filed
)
with summed as (
    select
        d.map_unit_no, d.unit_key, d.year, d.period, d.measure, d.indicator_key, d.counted_on,
        i.unit_scope, sum(d.numerator) as numerator, sum(d.denominator) as denominator,
        case
            when i.kind = 'count' then sum(d.numerator)
            else i.per * sum(d.numerator) / nullif(sum(d.denominator), 0)
        end as value,
        sum(d.units) as communes, count(distinct d.district_key) as districts,
        count(*) filter (where d.is_self_filed) as districts_self_filed
    from district_figure as d
    inner join dw.dim_indicator as i using (indicator_key)
    group by
        d.map_unit_no, d.unit_key, d.year, d.period, d.measure, d.indicator_key, d.counted_on,
        i.unit_scope, i.kind, i.per
    having bool_or(d.is_self_filed)
),

expected as materialized (
    select
        d.map_unit_no, d.counted_on, d.unit_scope, count(*) as communes,
        count(distinct c.district_key) as districts
    from (select distinct map_unit_no, counted_on, unit_scope from summed) as d
    inner join ref.map_share as m using (map_unit_no)
    inner join dw.dim_commune as c
        on c.commune_key = m.commune_key and ref.in_scope(d.unit_scope, c.unit_type)
        and d.counted_on >= c.valid_from and d.counted_on < c.valid_to
    group by d.map_unit_no, d.counted_on, d.unit_scope
)

select
    'province', s.unit_key, null, s.unit_key, s.year, s.period, s.measure, s.indicator_key,
    s.numerator, s.denominator, s.value, e.communes, s.communes, e.districts, s.districts,
    'as_filed', 0, s.districts_self_filed
from summed as s
inner join expected as e using (map_unit_no, counted_on, unit_scope)
on conflict (level, unit_key, year, period, measure, indicator_key, unit_map) do update set
    (
        numerator, denominator, value, units_expected, units_reported, districts_expected,
        districts_reported, districts_self_filed, is_self_filed
    ) = (
        excluded.numerator, excluded.denominator, excluded.value, excluded.units_expected,
        excluded.units_reported, excluded.districts_expected, excluded.districts_reported,
        excluded.districts_self_filed, false
    )
where
    agg_indicator.is_self_filed and excluded.units_reported >= excluded.units_expected
    or agg_indicator.units_reported * excluded.units_expected
    < excluded.units_reported * agg_indicator.units_expected

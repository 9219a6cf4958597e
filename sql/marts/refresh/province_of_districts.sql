-- grain: one row a figure of a stale province, as filed, that a district in it filed for itself:
-- the sum over its districts, each by its communes or by itself
insert into dw.agg_indicator (
    level, unit_key, district_key, province_key, year, period, measure, indicator_key, numerator,
    denominator, value, units_expected, units_reported, districts_expected, districts_reported,
    unit_map, shares_unknown
)
with filed as materialized (
    select distinct province_key, year, period, measure, indicator_key
    from dw.agg_indicator
    where level = 'district' and unit_map = 'as_filed' and is_own
)

select
    'province', s.unit_key, null, s.unit_key, s.year, d.period, d.measure, d.indicator_key,
    sum(d.numerator), sum(d.denominator),
    case
        when i.kind = 'count' then sum(d.numerator)
        else 100 * sum(d.numerator) / nullif(sum(d.denominator), 0)
    end,
    e.communes, sum(d.units_reported), e.districts, count(*), 'as_filed', 0
from stale_unit as s
inner join filed as f on f.province_key = s.unit_key and f.year = s.year
inner join dw.agg_indicator as d
    on d.level = 'district' and d.province_key = f.province_key and d.year = f.year
    and d.period = f.period and d.measure = f.measure and d.indicator_key = f.indicator_key
    and d.unit_map = 'as_filed' and d.numerator is not null
inner join dw.dim_indicator as i on i.indicator_key = d.indicator_key
inner join lateral (
    select count(*) as communes, count(distinct c.district_key) as districts
    from ref.unit_map as m
    inner join dw.dim_commune as c using (commune_key)
    where
        m.map_unit_no = s.map_unit_no
        and greatest(least(d.figure_on, s.valid_to - 1), s.valid_from)
        between c.valid_from and c.valid_to - 1
) as e on true
where s.unit_map = 'as_filed' and s.level = 'province'
group by
    s.unit_key, s.year, d.period, d.measure, d.indicator_key, i.kind, e.communes, e.districts
on conflict (level, unit_key, year, period, measure, indicator_key, unit_map) do update set
    numerator = excluded.numerator,
    denominator = excluded.denominator,
    value = excluded.value,
    units_reported = excluded.units_reported,
    districts_reported = excluded.districts_reported

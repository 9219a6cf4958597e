-- makes dw.agg_indicator
-- reads stale_unit, dw.agg_indicator, dw.dim_indicator, own_day
-- one row per figure of a stale province, as filed, that a district in it filed for itself
-- why it is the sum over its districts, each by its communes or by itself; what the province filed, or
--   communes that came later did, goes before it where a district is missing and they are not
insert into dw.agg_indicator (
    level, unit_key, district_key, province_key, year, period, measure, indicator_key, numerator,
    denominator, value, units_expected, units_reported, districts_expected, districts_reported,
    unit_map, shares_unknown, districts_self_filed
)
with filed as materialized (  -- few or none: all districts of all provinces wait for it
    select s.unit_key, s.year, e.figure_on, e.unit_scope, e.communes, e.districts
    from stale_unit as s
    inner join own_day as e using (level, unit_key, year)
    where s.unit_map = 'as_filed' and s.level = 'province'
)

select
    'province', s.unit_key, null, s.unit_key, s.year, d.period, d.measure, d.indicator_key,
    sum(d.numerator), sum(d.denominator),
    case
        when i.kind = 'count' then sum(d.numerator)
        else i.per * sum(d.numerator) / nullif(sum(d.denominator), 0)
    end,
    s.communes, sum(d.units_reported), s.districts, count(*), 'as_filed', 0,
    count(*) filter (where d.is_self_filed)
from filed as s
inner join dw.agg_indicator as d
    on d.level = 'district' and d.province_key = s.unit_key and d.year = s.year
    and d.unit_map = 'as_filed' and d.figure_on = s.figure_on and d.numerator is not null
inner join dw.dim_indicator as i
    on i.indicator_key = d.indicator_key and i.unit_scope = s.unit_scope and i.kind <> 'yes_no'
group by
    s.unit_key, s.year, d.period, d.measure, d.indicator_key, i.kind, i.per, s.communes, s.districts
having bool_or(d.is_self_filed)
on conflict (level, unit_key, year, period, measure, indicator_key, unit_map) do update set
    numerator = excluded.numerator,
    denominator = excluded.denominator,
    value = excluded.value,
    units_expected = excluded.units_expected,
    units_reported = excluded.units_reported,
    districts_expected = excluded.districts_expected,
    districts_reported = excluded.districts_reported,
    districts_self_filed = excluded.districts_self_filed,
    is_self_filed = false
where
    excluded.units_reported >= excluded.units_expected
    or agg_indicator.units_reported * excluded.units_expected
    < excluded.units_reported * agg_indicator.units_expected

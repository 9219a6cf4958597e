-- makes dw.agg_indicator
-- reads former_total, stale_unit, ref.map_share, dw.dim_commune
-- one row per figure of a stale province of a map that an earlier province has, or a district filed for
--   itself, where these know of more of its communes than add up to it
-- why what a district or a province filed for itself is not lost when provinces become one, gain communes
--   or lose them
insert into dw.agg_indicator (
    level, unit_key, district_key, province_key, year, period, measure, indicator_key, numerator,
    denominator, value, units_expected, units_reported, districts_expected, districts_reported,
    unit_map, shares_unknown, districts_self_filed
)
with expected as materialized (
    select
        d.map_unit_no, d.counted_on, d.unit_scope, count(*) as communes,
        count(distinct c.district_key) as districts
    from (select distinct map_unit_no, counted_on, unit_scope from former_total) as d
    inner join ref.map_share as m using (map_unit_no)
    inner join dw.dim_commune as c
        on c.commune_key = m.commune_key and ref.in_scope(d.unit_scope, c.unit_type)
        and d.counted_on >= c.valid_from and d.counted_on < c.valid_to
    group by d.map_unit_no, d.counted_on, d.unit_scope
)

select
    'province', u.unit_key, null, u.unit_key, s.year, s.period, s.measure, s.indicator_key,
    v.numerator, v.denominator,
    case
        when s.kind = 'count' then v.numerator
        else s.per * v.numerator / nullif(v.denominator, 0)
    end,
    e.communes, s.units_reported, e.districts, s.districts_reported, u.unit_map, s.shares_unknown,
    s.districts_self_filed
from former_total as s
cross join lateral (
    select
        case when s.shares_unknown = 0 then s.numerator end as numerator,
        case when s.shares_unknown = 0 then s.denominator end as denominator
) as v
inner join expected as e using (map_unit_no, counted_on, unit_scope)
inner join stale_unit as u using (map_unit_no, year)
on conflict (level, unit_key, year, period, measure, indicator_key, unit_map) do update set
    (
        numerator, denominator, value, units_expected, units_reported, districts_expected,
        districts_reported, shares_unknown, districts_self_filed
    ) = (
        excluded.numerator, excluded.denominator, excluded.value, excluded.units_expected,
        excluded.units_reported, excluded.districts_expected, excluded.districts_reported,
        excluded.shares_unknown, excluded.districts_self_filed
    )
where
    agg_indicator.units_reported * excluded.units_expected
    <= excluded.units_reported * agg_indicator.units_expected

-- makes star_figure
-- reads star_figure
-- one row per district, period, measure and indicator that it has more or less of than its communes
--   have together
-- why what a district filed for itself is in the sum over communes too: nothing falls out
insert into star_figure (
    year, level, unit_id, district_id, province_id, period, measure, indicator_key, kind,
    numerator, denominator, value, units_expected, units_reported, reason, is_self_filed
)
with counted as (
    select
        level, district_id, province_id, year, period, measure, indicator_key, kind,
        sum(numerator) as numerator, sum(denominator) as denominator, bool_or(is_self_filed) as is_self_filed
    from star_figure
    where kind <> 'yes_no' and value is not null and numerator is not null and level <> 'province'
    group by level, district_id, province_id, year, period, measure, indicator_key, kind
)

select
    d.year, 'commune', ref.rest_id('commune', d.district_id), d.district_id, d.province_id,
    d.period, d.measure, d.indicator_key, d.kind, r.numerator, r.denominator,
    case when d.kind = 'count' then r.numerator end, null, 0, 'not_split', d.is_self_filed
from counted as d
left join counted as c
    on c.level = 'commune' and c.district_id = d.district_id and c.province_id = d.province_id
    and c.year = d.year
    and c.period = d.period and c.measure = d.measure and c.indicator_key = d.indicator_key
cross join lateral (
    select
        d.numerator - coalesce(c.numerator, 0) as numerator,
        d.denominator - coalesce(c.denominator, 0) as denominator
) as r
where d.level = 'district' and (r.numerator <> 0 or r.denominator <> 0 or c.level is null)

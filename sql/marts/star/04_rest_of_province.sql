-- makes star_figure
-- reads star_figure
-- one row per province, level below it, period, measure and indicator that it has more or less of
--   than the units of that level have together
-- why what a province filed for itself, or a commune that lies in two districts, is in the sum over
--   every level
insert into star_figure (
    year, level, unit_id, district_id, province_id, period, measure, indicator_key, kind,
    numerator, denominator, value, units_expected, units_reported, reason, is_self_filed
)
with counted as (
    select
        level, province_id, year, period, measure, indicator_key, kind,
        sum(numerator) as numerator, sum(denominator) as denominator,
        bool_or(is_self_filed) as is_self_filed
    from star_figure
    where
        kind <> 'yes_no' and numerator is not null
        and (value is not null or reason = 'not_split')
    group by level, province_id, year, period, measure, indicator_key, kind
)

select
    p.year, b.level, ref.rest_id(b.level, p.province_id), null, p.province_id, p.period,
    p.measure, p.indicator_key, p.kind, r.numerator, r.denominator,
    case when p.kind = 'count' then r.numerator end, null, 0, 'not_split', p.is_self_filed
from counted as p
cross join (values ('commune'), ('district')) as b (level)
left join counted as c
    on c.level = b.level and c.province_id = p.province_id and c.year = p.year
    and c.period = p.period and c.measure = p.measure and c.indicator_key = p.indicator_key
cross join lateral (
    select
        p.numerator - coalesce(c.numerator, 0) as numerator,
        p.denominator - coalesce(c.denominator, 0) as denominator
) as r
where p.level = 'province' and (r.numerator <> 0 or r.denominator <> 0 or c.level is null)

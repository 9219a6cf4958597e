-- makes star_figure
-- reads star_figure
-- one row per province, level below it, period, measure and indicator that it has more or less of
--   than the units of that level have together
-- why what a province filed for itself, or a commune that lies in two districts, is in the sum over
--   every level; what only a district's communes in another province filed, in that province's alone
insert into star_figure (
    figure_no, year, level, unit_id, district_id, province_id, period, measure, indicator_key, kind,
    numerator, denominator, value, units_expected, units_reported, reason, is_self_filed
)
with rest as (
    select
        b.level, s.province_id, s.year, s.period, s.measure, s.indicator_key, s.kind,
        sum(w.sign * s.numerator) filter (where w.is_counted) as numerator,
        sum(w.sign * s.denominator) filter (where w.is_counted) as denominator,
        bool_or(s.is_self_filed) filter (where w.is_counted and w.sign = 1) as is_self_filed,
        bool_and(w.sign = 1) filter (where w.is_counted) as is_whole
    from star_figure as s
    inner join (values ('commune'), ('district')) as b (level) on s.level in (b.level, 'province')
    cross join lateral (
        select
            case s.level when 'province' then 1 else -1 end as sign,
            s.numerator is not null and (s.value is not null or s.reason = 'not_split') as is_counted
    ) as w
    where s.kind <> 'yes_no'
    group by b.level, s.province_id, s.year, s.period, s.measure, s.indicator_key, s.kind
    having bool_or(w.is_counted and w.sign = 1) or bool_or(w.is_counted) and bool_and(w.sign = -1)
)

select
    (select count(*) from star_figure) + row_number() over (),
    year, level, ref.rest_id(level, province_id), null, province_id, period, measure, indicator_key,
    kind, numerator, denominator, case when kind = 'count' then numerator end, null, 0, 'not_split',
    is_self_filed
from rest
where numerator <> 0 or denominator <> 0 or is_whole

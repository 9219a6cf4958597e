-- makes star_figure
-- reads star_figure
-- one row per province, level below it, period, measure and indicator that it has more or less of
--   than the units of that level have together
-- why what a province filed for itself, or a commune that lies in two districts, is in the sum over
--   every level
insert into star_figure (
    figure_no, year, level, unit_id, district_id, province_id, period, measure, indicator_key, kind,
    numerator, denominator, value, units_expected, units_reported, reason, is_self_filed
)
with rest as (
    select
        b.level, s.province_id, s.year, s.period, s.measure, s.indicator_key, s.kind,
        sum(s.numerator) filter (where s.level = 'province')
        - coalesce(sum(s.numerator) filter (where s.level <> 'province'), 0) as numerator,
        sum(s.denominator) filter (where s.level = 'province')
        - coalesce(sum(s.denominator) filter (where s.level <> 'province'), 0) as denominator,
        bool_or(s.is_self_filed) filter (where s.level = 'province') as is_self_filed,
        bool_and(s.level = 'province') as is_whole
    from star_figure as s
    inner join (values ('commune'), ('district')) as b (level) on s.level in (b.level, 'province')
    where
        s.kind <> 'yes_no' and s.numerator is not null
        and (s.value is not null or s.reason = 'not_split')
    group by b.level, s.province_id, s.year, s.period, s.measure, s.indicator_key, s.kind
    having bool_or(s.level = 'province')
)

select
    (select count(*) from star_figure) + row_number() over (),
    year, level, ref.rest_id(level, province_id), null, province_id, period, measure, indicator_key,
    kind, numerator, denominator, case when kind = 'count' then numerator end, null, 0, 'not_split',
    is_self_filed
from rest
where numerator <> 0 or denominator <> 0 or is_whole

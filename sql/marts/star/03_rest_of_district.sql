-- makes star_figure
-- reads star_figure
-- one row per district, period, measure and indicator that it has more or less of than its communes
--   have together
-- why what a district filed for itself is in the sum over communes too: nothing falls out
insert into star_figure (
    figure_no, year, level, unit_id, district_id, province_id, period, measure, indicator_key, kind,
    numerator, denominator, value, units_expected, units_reported, reason, is_self_filed
)
with rest as (
    select
        district_id, province_id, year, period, measure, indicator_key, kind,
        sum(numerator) filter (where level = 'district')
        - coalesce(sum(numerator) filter (where level = 'commune'), 0) as numerator,
        sum(denominator) filter (where level = 'district')
        - coalesce(sum(denominator) filter (where level = 'commune'), 0) as denominator,
        bool_or(is_self_filed) filter (where level = 'district') as is_self_filed,
        bool_and(level = 'district') as is_whole
    from star_figure
    where kind <> 'yes_no' and value is not null and numerator is not null and level <> 'province'
    group by district_id, province_id, year, period, measure, indicator_key, kind
    having bool_or(level = 'district')
)

select
    (select count(*) from star_figure) + row_number() over (),
    year, 'commune', ref.rest_id('commune', district_id), district_id, province_id, period, measure,
    indicator_key, kind, numerator, denominator, case when kind = 'count' then numerator end, null, 0,
    'not_split', is_self_filed
from rest
where numerator <> 0 or denominator <> 0 or is_whole

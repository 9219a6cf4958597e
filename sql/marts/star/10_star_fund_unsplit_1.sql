-- makes star_fund_stage
-- reads star_fund_stage
-- one row per district, period, line of money and stage that it has more or less of than its communes
--   have together
-- why a plan, and what a district alone filed as done, are in the sum over communes too
insert into star_fund_stage (
    year, level, unit_id, district_id, province_id, period, fund_key, programme_code, stage,
    units_reported, amount
)
select
    s.year, 'commune', ref.rest_id('commune', s.district_id), s.district_id, s.province_id,
    s.period, s.fund_key, s.programme_code, s.stage, 0, sum(d.amount)
from star_fund_stage as s
cross join lateral (
    select case s.level when 'district' then s.amount else -s.amount end as amount
) as d
where d.amount is not null and s.district_id is not null
group by
    s.year, s.district_id, s.province_id, s.period, s.fund_key, s.programme_code, s.stage
having sum(d.amount) <> 0 and (s.stage in ('need', 'plan') or bool_or(s.level = 'district'))

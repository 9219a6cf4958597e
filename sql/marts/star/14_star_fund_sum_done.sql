-- makes star_fund_stage
-- reads star_fund_stage
-- one row per province, period, line of money and stage of which its communes reported less than its
--   districts and the communes outside of them have together: what is missing
-- why a province on the latest map that was several earlier ones has no filings of those; what a
--   district alone filed as done is the province's too. A province that filed for itself keeps that
insert into star_fund_stage (
    year, level, unit_id, province_id, period, fund_key, programme_code, stage, units_reported,
    amount
)
select
    s.year, 'province', s.province_id, s.province_id, s.period, s.fund_key, s.programme_code,
    s.stage, 0, sum(d.amount)
from star_fund_stage as s
cross join lateral (
    select case s.level when 'province' then -s.amount else s.amount end as amount
) as d
where
    s.stage not in ('need', 'plan') and d.amount is not null
    and (s.level <> 'commune' or s.district_id is null)
group by s.year, s.province_id, s.period, s.fund_key, s.programme_code, s.stage
having sum(d.amount) > 0 and not bool_or(s.level = 'province' and s.units_reported = 0)

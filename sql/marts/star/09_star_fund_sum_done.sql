-- makes star_fund_stage
-- reads star_fund_stage
-- one row per province, period, line of money and stage that districts in it filed for themselves as
--   done: what they filed together
-- why a province on the latest map that was several earlier ones has no filings of those; what a
--   district alone filed as done is the province's too. A province that filed for itself keeps that
insert into star_fund_stage (
    year, level, unit_id, province_id, period, fund_key, programme_code, stage, units_reported,
    amount
)
select
    s.year, 'province', s.province_id, s.province_id, s.period, s.fund_key, s.programme_code,
    s.stage, 0, sum(s.amount)
from star_fund_stage as s
where
    s.level = 'district' and s.units_reported = 0 and s.stage not in ('need', 'plan')
    and s.amount is not null
    and not exists (
        select from star_fund_stage as p
        where
            (p.level, p.unit_id) = ('province', s.province_id) and p.units_reported = 0
            and (p.year, p.period, p.fund_key, p.stage) = (s.year, s.period, s.fund_key, s.stage)
            and p.amount is not null
    )
group by s.year, s.province_id, s.period, s.fund_key, s.programme_code, s.stage

-- makes fund_own
-- reads fund_filed, fund_period
-- one row per district of a touched province, or the province itself (district 0), years, period,
--   project line and source: the amounts that it filed itself, beside every period of theirs
-- why execution is compared with the plan of the year
create temporary table fund_own on commit drop as
select
    f.district_key, f.province_key, f.year_from, f.year, p.period, f.fund_key, f.line_key,
    sum(f.amount) filter (where f.stage = 'need') as need,
    sum(f.amount) filter (where f.stage = 'plan') as plan,
    sum(f.amount) filter (where f.stage = 'allocated') as allocated,
    sum(f.amount) filter (where f.stage = 'disbursed') as disbursed,
    sum(f.amount) filter (where f.stage = 'mobilised') as mobilised
from fund_filed as f
inner join fund_period as p
    on p.province_key = f.province_key and p.year_from = f.year_from and p.year = f.year
    and (f.period = 'Y' or f.period = p.period)
group by
    f.district_key, f.province_key, f.year_from, f.year, p.period, f.fund_key, f.line_key

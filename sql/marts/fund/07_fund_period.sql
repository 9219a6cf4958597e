-- makes fund_period
-- reads fund_execution, fund_filed
-- one row per touched province, years and period that anything is said of
-- why a year's plan stands beside each period's execution, of communes or of a district or province
--   itself, and by itself where there is none of the whole year; one of several years beside none
create temporary table fund_period on commit drop as
select distinct province_key, year_from, year, period, true as is_executed from fund_execution
union
select distinct f.province_key, f.year_from, f.year, p.period, false
from fund_filed as f
cross join lateral (values ('Y'), (f.period)) as p (period)
where (f.province_key, f.year_from, f.year, p.period) not in (
    select province_key, year_from, year, period from fund_execution
)

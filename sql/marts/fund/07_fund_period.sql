-- makes fund_period
-- reads fund_execution, fund_filed
-- one row per touched province, years and period that anything is said of
-- why a year's plan stands beside each period's execution, and by itself where there is none of the
--   whole year; one of several years stands beside none
create temporary table fund_period on commit drop as
select distinct province_key, year_from, year, period, true as is_executed from fund_execution
union
select distinct province_key, year_from, year, 'Y', false from fund_filed
where (province_key, year_from, year) not in (
    select province_key, year_from, year from fund_execution where period = 'Y'
)

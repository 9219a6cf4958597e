-- makes fund_execution
-- reads stg.touched, dw.agg_fund, dw.dim_fund
-- one row per district of a touched province, years, period, project line, source and nature: what
--   its communes reported, in sum. District 0 is none: a commune's parent is its province then
-- why what is done with money is known from the communes
create temporary table fund_execution on commit drop as
select
    coalesce(district_key, 0) as district_key, province_key, year_from, year, period, fund_key,
    line_key,
    sum(plan_million_vnd) as plan, sum(allocated_million_vnd) as allocated,
    sum(disbursed_million_vnd) as disbursed, sum(mobilised_million_vnd) as mobilised,
    count(*) as units_reported
from dw.agg_fund
inner join dw.dim_fund using (fund_key)
where
    level = 'commune' and units_reported > 0
    and (province_key, year) in (select province_key, year from stg.touched)
group by
    coalesce(district_key, 0), province_key, year_from, year, period, fund_key, line_key

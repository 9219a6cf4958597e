-- makes fund_execution
-- reads stg.touched, dw.dim_commune, dw.agg_fund, dw.dim_fund
-- one row per district of a touched province, years, period, project line, source and nature: what
--   its communes reported, in sum. District 0 is none: a commune's parent is its province then
-- why what is done with money is known from the communes; theirs are found by the commune
create temporary table fund_execution on commit drop as
select
    coalesce(c.district_key, 0) as district_key, c.province_key, a.year_from, a.year, a.period,
    a.fund_key, f.line_key, sum(a.plan_million_vnd) as plan,
    sum(a.allocated_million_vnd) as allocated, sum(a.disbursed_million_vnd) as disbursed,
    sum(a.mobilised_million_vnd) as mobilised, count(*) as units_reported
from (select distinct province_key, year from stg.touched) as t
inner join dw.dim_commune as c using (province_key)
inner join dw.agg_fund as a
    on a.level = 'commune' and a.unit_key = c.commune_key and a.year = t.year
inner join dw.dim_fund as f using (fund_key)
where a.units_reported > 0
group by
    coalesce(c.district_key, 0), c.province_key, a.year_from, a.year, a.period, a.fund_key,
    f.line_key

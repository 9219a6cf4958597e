-- one row per line of funds of a touched province's district, all natures, disbursed above its plan
-- severity: warn
select unit_key, year_from, year, period, line_key
from dw.agg_fund
inner join dw.dim_fund using (fund_key)
where
    level = 'district' and province_key in (select province_key from stg.touched)
group by unit_key, year_from, year, period, line_key
having sum(disbursed_million_vnd) > sum(plan_million_vnd)

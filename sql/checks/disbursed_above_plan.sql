-- one row per project line of a district, in a touched province, whose disbursement exceeds its plan
-- severity: warn
select unit_key, year, period, fund_key
from dw.agg_fund
where
    level = 'district' and province_key in (select province_key from stg.touched)
    and disbursed_million_vnd > plan_million_vnd

-- grain: one row a district's project line whose disbursement exceeds its plan
-- severity: warn
select unit_key, year, period, fund_key
from dw.agg_fund
where level = 'district' and disbursed_million_vnd > plan_million_vnd

-- makes fund_filed
-- reads fund_stage
-- one row per district of a touched province, or the province itself (district 0), years, period,
--   project line, source and stage: what it filed itself
-- why plans are made by districts and provinces; a need left blank is none
create temporary table fund_filed on commit drop as
select
    district_key, province_key, year_from, year, period, fund_key, line_key, stage, amount
from fund_stage
where level <> 'commune' and (stage <> 'need' or is_stated)

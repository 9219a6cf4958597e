-- makes fund_total
-- reads fund_execution, fund_own
-- one row per district of a touched province, or the province itself (district 0), years, period,
--   project line and source
-- why what a unit filed itself goes before the sum of its communes; a need is the unit's own, no
--   sum of those below it
create temporary table fund_total on commit drop as
select
    district_key, province_key, year_from, year, period, fund_key, o.need,
    coalesce(o.plan, e.plan) as plan, coalesce(o.allocated, e.allocated) as allocated,
    coalesce(o.disbursed, e.disbursed) as disbursed,
    coalesce(o.mobilised, e.mobilised) as mobilised,
    coalesce(e.units_reported, 0) as units_reported
from fund_execution as e
full join fund_own as o using (district_key, province_key, year_from, year, period, fund_key)

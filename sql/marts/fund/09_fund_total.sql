-- makes fund_total
-- reads fund_execution, fund_own
-- one row per district of a touched province, or the province itself (district 0), years, period,
--   project line, source and nature
-- why what a unit filed itself goes before the sum of its communes, of a line as a whole: it may be
--   split there into capital and recurrent, and here not; a need is the unit's own, no sum of those
--   below it
create temporary table fund_total on commit drop as
with stated as (
    select
        district_key, province_key, year_from, year, period, line_key, count(plan) > 0 as has_plan,
        count(allocated) > 0 as has_allocated, count(disbursed) > 0 as has_disbursed,
        count(mobilised) > 0 as has_mobilised
    from fund_own
    group by district_key, province_key, year_from, year, period, line_key
)

select
    district_key, province_key, year_from, year, period, fund_key, line_key, o.need,
    case when s.has_plan then o.plan else e.plan end as plan,
    case when s.has_allocated then o.allocated else e.allocated end as allocated,
    case when s.has_disbursed then o.disbursed else e.disbursed end as disbursed,
    case when s.has_mobilised then o.mobilised else e.mobilised end as mobilised,
    coalesce(e.units_reported, 0) as units_reported,
    s.has_plan, s.has_allocated, s.has_disbursed, s.has_mobilised
from fund_execution as e
full join fund_own as o
    using (district_key, province_key, year_from, year, period, line_key, fund_key)
left join stated as s using (district_key, province_key, year_from, year, period, line_key)

-- makes dw.star_fund
-- reads star_fund_stage, dw.dim_period
-- one row per unit, year, period and line of money
-- why of the periods since 1 January the latest with anything done is the year's (is_of_year), of all
--   lines of a unit the same; where nothing was done it is the whole year's plan
insert into dw.star_fund (
    level, unit_id, province_id, year, period, fund_key, need_million_vnd, plan_million_vnd,
    allocated_million_vnd, disbursed_million_vnd, mobilised_million_vnd, units_expected,
    units_reported, is_of_year
)
with pivoted as (
    select
        level, unit_id, province_id, year, period, fund_key,
        max(amount) filter (where stage = 'need') as need,
        max(amount) filter (where stage = 'plan') as plan,
        max(amount) filter (where stage = 'allocated') as allocated,
        max(amount) filter (where stage = 'disbursed') as disbursed,
        max(amount) filter (where stage = 'mobilised') as mobilised,
        max(units_expected) as units_expected, max(units_reported) as units_reported
    from star_fund_stage
    group by level, unit_id, province_id, year, period, fund_key
),

shown as (
    select distinct on (p.unit_id, p.year) p.unit_id, p.year, p.period
    from pivoted as p
    inner join dw.dim_period as d using (period)
    where d.first_month = 1
    order by
        p.unit_id, p.year, num_nonnulls(p.allocated, p.disbursed, p.mobilised) > 0 desc,
        d.last_month desc, p.period
)

select
    p.level, p.unit_id, p.province_id, p.year, p.period, p.fund_key, p.need, p.plan, p.allocated,
    p.disbursed, p.mobilised, p.units_expected, p.units_reported, s.period is not null
from pivoted as p
left join shown as s using (unit_id, year, period)
where num_nonnulls(p.need, p.plan, p.allocated, p.disbursed, p.mobilised) > 0

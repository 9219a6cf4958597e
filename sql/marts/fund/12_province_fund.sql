-- makes dw.agg_fund
-- reads fund_total, fund_communes
-- one row per touched province, years, period, project line, source and nature: what it filed
--   itself, else the sum of its districts and of its communes of no district
-- why the province's plan of a line, and its districts' shares of it, are the same money; a need is
--   the province's own: what only a district needs is no row of the province
insert into dw.agg_fund (
    level, unit_key, district_key, province_key, year_from, year, period, fund_key,
    need_million_vnd, plan_million_vnd, allocated_million_vnd, disbursed_million_vnd,
    mobilised_million_vnd, units_expected, units_reported
)
with total as (
    select
        district_key, province_key, year_from, year, period, fund_key, need, plan, allocated, disbursed,
        mobilised, units_reported,
        bool_or(district_key = 0 and has_plan) over line as own_plan,
        bool_or(district_key = 0 and has_allocated) over line as own_allocated,
        bool_or(district_key = 0 and has_disbursed) over line as own_disbursed,
        bool_or(district_key = 0 and has_mobilised) over line as own_mobilised
    from fund_total
    window line as (partition by province_key, year_from, year, period, line_key)
),

counted as (
    select
        district_key, province_key, year_from, year, period, fund_key, need, units_reported,
        case when district_key = 0 or own_plan is not true then plan end as plan,
        case when district_key = 0 or own_allocated is not true then allocated end as allocated,
        case when district_key = 0 or own_disbursed is not true then disbursed end as disbursed,
        case when district_key = 0 or own_mobilised is not true then mobilised end as mobilised
    from total
)

select
    'province', d.province_key, null, d.province_key, d.year_from, d.year, d.period, d.fund_key,
    max(d.need) filter (where d.district_key = 0),
    sum(d.plan), sum(d.allocated), sum(d.disbursed), sum(d.mobilised),
    (
        select sum(e.units_expected) from fund_communes as e
        where (e.province_key, e.year_from, e.year, e.period)
            = (d.province_key, d.year_from, d.year, d.period)
    ),
    sum(d.units_reported)
from counted as d
group by d.province_key, d.year_from, d.year, d.period, d.fund_key
having
    max(d.need) filter (where d.district_key = 0) is not null
    or num_nonnulls(sum(d.plan), sum(d.allocated), sum(d.disbursed), sum(d.mobilised)) > 0
    or sum(d.units_reported) > 0

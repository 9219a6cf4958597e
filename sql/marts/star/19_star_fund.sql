-- makes dw.star_fund
-- reads star_fund_stage, dw.dim_period, dw.dim_fund, star_invented
-- one row per unit, year, period and line of money
-- why of the periods since 1 January the one that most communes of the province report money by, the
--   later of two, is the year's (is_of_year), of all its units and levels the same: what was done by
--   June and by December is never added up. Plan and need stand beside it
insert into dw.star_fund (
    level, unit_id, province_id, year, period, fund_key, need_million_vnd, plan_million_vnd,
    allocated_million_vnd, disbursed_million_vnd, mobilised_million_vnd, units_expected,
    units_reported, is_of_year, is_illustrative
)
with shown as (
    select distinct on (s.province_id, s.year) s.province_id, s.year, s.period
    from star_fund_stage as s
    inner join dw.dim_period as d using (period)
    where d.first_month = 1 and s.stage not in ('need', 'plan') and s.amount is not null
    group by s.province_id, s.year, s.period, d.last_month
    order by
        s.province_id, s.year,
        max(s.units_reported::numeric / nullif(s.units_expected, 0)) filter (
            where s.level = 'province'
        ) desc nulls last,
        d.last_month desc, s.period
),

line as (
    select
        s.level, s.unit_id, s.province_id, s.year, s.fund_key, s.stage, s.amount,
        s.units_expected, s.units_reported, coalesce(y.period, 'Y') as year_period,
        case when s.stage in ('need', 'plan') then coalesce(y.period, 'Y') else s.period end
        as period,
        n.unit_id is not null as is_invented
    from star_fund_stage as s
    inner join dw.dim_fund as f using (fund_key)
    left join shown as y using (province_id, year)
    left join star_invented as n
        on (n.unit_id, n.year, n.period, n.measure, n.code)
        = (s.unit_id, s.year, s.period, s.stage, coalesce(f.project_code, ''))
    where s.amount is not null
)

select
    level, unit_id, province_id, year, period, fund_key,
    sum(amount) filter (where stage = 'need'), sum(amount) filter (where stage = 'plan'),
    sum(amount) filter (where stage = 'allocated'), sum(amount) filter (where stage = 'disbursed'),
    sum(amount) filter (where stage = 'mobilised'), max(units_expected),
    coalesce(max(units_reported) filter (where stage not in ('need', 'plan')), 0),
    period = year_period, bool_or(is_invented)
from line
group by level, unit_id, province_id, year, period, fund_key, year_period
order by ref.star_order(0, level, year, period, fund_key), unit_id

-- makes dw.star_fund
-- reads star_fund_stage, star_fund_shown, dw.dim_fund, star_invented, star_kept
-- one row per unit, year, period and line of money
-- why one period of them is the year's (is_of_year, star_fund_shown); plan and need stand beside it.
--   Communes that are kept have their rows
insert into dw.star_fund (
    level, unit_id, province_id, year, period, fund_key, need_million_vnd, plan_million_vnd,
    allocated_million_vnd, disbursed_million_vnd, mobilised_million_vnd, units_expected,
    units_reported, is_of_year, is_illustrative
)
with line as (
    select
        s.level, s.unit_id, s.province_id, s.year, s.fund_key, s.stage, s.amount,
        s.units_expected, s.units_reported, y.period as year_period,
        case when s.stage in ('need', 'plan') then y.period else s.period end as period,
        n.unit_id is not null as is_invented
    from star_fund_stage as s
    inner join dw.dim_fund as f using (fund_key)
    inner join star_fund_shown as y using (province_id, year)
    left join star_invented as n
        on (n.unit_id, n.year, n.period, n.measure, n.code)
        = (s.unit_id, s.year, s.period, s.stage, coalesce(f.project_code, ''))
    where s.amount is not null and (s.unit_id, s.year) not in (select unit_id, year from star_kept)
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

-- makes dw.agg_fund
-- reads fund_total, fund_communes
-- one row per touched province, years, period, project line, source and nature: the sum of its
--   districts
-- why a need is the province's own: what only a district needs is no row of the province
insert into dw.agg_fund (
    level, unit_key, district_key, province_key, year_from, year, period, fund_key,
    need_million_vnd, plan_million_vnd, allocated_million_vnd, disbursed_million_vnd,
    mobilised_million_vnd, units_expected, units_reported
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
from fund_total as d
group by d.province_key, d.year_from, d.year, d.period, d.fund_key
having
    max(d.need) filter (where d.district_key = 0) is not null
    or num_nonnulls(sum(d.plan), sum(d.allocated), sum(d.disbursed), sum(d.mobilised)) > 0
    or sum(d.units_reported) > 0

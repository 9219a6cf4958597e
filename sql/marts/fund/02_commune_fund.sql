-- makes dw.agg_fund
-- reads stg.touched, dw.fact_fund, raw.current_filing, dw.dim_commune
-- one row per touched commune, years, period, project line and source
-- why a need left blank is none; a need alone is no report, so that it never counts towards the
--   coverage of execution
insert into dw.agg_fund (
    level, unit_key, district_key, province_key, year_from, year, period, fund_key,
    need_million_vnd, plan_million_vnd, allocated_million_vnd, disbursed_million_vnd,
    units_expected, units_reported
)
with touched as (
    select distinct commune_key, year from stg.touched
),

stage_sum as (
    select
        f.commune_key, f.year_from, f.year, f.period, f.fund_key,
        sum(f.amount_million_vnd) filter (where f.stage = 'need') as need,
        sum(f.amount_million_vnd) filter (where f.stage = 'plan') as plan,
        sum(f.amount_million_vnd) filter (where f.stage = 'allocated') as allocated,
        sum(f.amount_million_vnd) filter (where f.stage = 'disbursed') as disbursed,
        bool_or(f.stage <> 'need')::integer as units_reported
    from dw.fact_fund as f
    inner join touched using (commune_key, year)
    inner join raw.current_filing as g using (filing_id)
    where f.stage <> 'need' or f.state = 'value'
    group by f.commune_key, f.year_from, f.year, f.period, f.fund_key
)

select
    'commune', f.commune_key, c.district_key, c.province_key, f.year_from, f.year, f.period,
    f.fund_key, f.need, f.plan, f.allocated, f.disbursed, 1, f.units_reported
from stage_sum as f
inner join dw.dim_commune as c using (commune_key)

-- makes dw.agg_fund
-- reads fund_stage, dw.dim_commune
-- one row per touched commune, years, period, project line, source and nature
-- why a need left blank is none; a need alone is no report, so that it never counts towards the
--   coverage of execution
insert into dw.agg_fund (
    level, unit_key, district_key, province_key, year_from, year, period, fund_key,
    need_million_vnd, plan_million_vnd, allocated_million_vnd, disbursed_million_vnd,
    mobilised_million_vnd, units_expected, units_reported
)
with stage_sum as (
    select
        f.commune_key, f.year_from, f.year, f.period, f.fund_key,
        sum(f.amount) filter (where f.stage = 'need') as need,
        sum(f.amount) filter (where f.stage = 'plan') as plan,
        sum(f.amount) filter (where f.stage = 'allocated') as allocated,
        sum(f.amount) filter (where f.stage = 'disbursed') as disbursed,
        sum(f.amount) filter (where f.stage = 'mobilised') as mobilised,
        bool_or(f.stage <> 'need')::integer as units_reported
    from fund_stage as f
    where f.level = 'commune' and (f.stage <> 'need' or f.is_stated)
    group by f.commune_key, f.year_from, f.year, f.period, f.fund_key
)

select
    'commune', f.commune_key, c.district_key, c.province_key, f.year_from, f.year, f.period,
    f.fund_key, f.need, f.plan, f.allocated, f.disbursed, f.mobilised, 1, f.units_reported
from stage_sum as f
inner join dw.dim_commune as c using (commune_key)
order by f.commune_key  -- the keys of one commune lie together

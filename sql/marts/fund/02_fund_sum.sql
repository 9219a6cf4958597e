-- makes fund_sum
-- reads stg.touched, dw.fact_fund, raw.current_filing, dw.dim_fund
-- one row per filing, unit (0: none), years, period, project line, source, nature and stage: what a
--   touched commune filed, or a district or province of a touched one
-- why within one filing the cells of a line add up. Asked by `exists`, the planner knows how many rows
--   there are
create temporary table fund_sum on commit drop as
with found as (
    select
        f.filing_id, f.level, f.commune_key, f.district_key, f.province_key, f.year_from, f.year,
        f.period, f.fund_key, f.stage, f.amount_million_vnd, f.state, f.year_offset
    from dw.fact_fund as f
    where exists (
        select from stg.touched as t where t.commune_key = f.commune_key and t.year = f.year
    )
    union all
    select
        f.filing_id, f.level, f.commune_key, f.district_key, f.province_key, f.year_from, f.year,
        f.period, f.fund_key, f.stage, f.amount_million_vnd, f.state, f.year_offset
    from dw.fact_fund as f
    where
        f.commune_key is null and exists (
            select from stg.touched as t where t.province_key = f.province_key and t.year = f.year
        )
)

select
    f.filing_id, f.level, coalesce(f.commune_key, 0) as commune_key,
    coalesce(f.district_key, 0) as district_key, f.province_key, f.year_from, f.year, f.period,
    f.fund_key, d.line_key, f.stage, g.received_at, sum(f.amount_million_vnd) as amount,
    bool_or(f.state = 'value') as is_stated, bool_or(f.year_offset <> 0) as is_of_other_year
from found as f
inner join raw.current_filing as g using (filing_id)
inner join dw.dim_fund as d using (fund_key)
group by
    f.filing_id, f.fund_key, f.commune_key, f.stage, f.level, f.district_key, f.province_key,
    f.year_from, f.year, f.period, d.line_key, g.received_at

-- makes fund_stage
-- reads stg.touched, dw.fact_fund, raw.current_filing, dw.dim_fund
-- one row per unit, years, period, project line, source, nature and stage: what a touched commune
--   filed, or a district or province of a touched one
-- why of several filings about the same money the last received that states it stands, with its own
--   split into capital and recurrent or none; within one, the cells of a line add up
create temporary table fund_stage on commit drop as
with found as (
    select
        f.filing_id, f.level, f.commune_key, f.district_key, f.province_key, f.year_from, f.year,
        f.period, f.fund_key, f.stage, f.amount_million_vnd, f.state, f.year_offset
    from (select distinct commune_key, year from stg.touched) as t
    inner join dw.fact_fund as f using (commune_key, year)
    union all
    select
        f.filing_id, f.level, f.commune_key, f.district_key, f.province_key, f.year_from, f.year,
        f.period, f.fund_key, f.stage, f.amount_million_vnd, f.state, f.year_offset
    from (select distinct province_key, year from stg.touched) as t
    inner join dw.fact_fund as f using (province_key, year)
    where f.commune_key is null
),

filed as (
    select
        f.level, f.commune_key, f.district_key, f.province_key, f.year_from, f.year, f.period,
        f.fund_key, d.line_key, f.stage, f.filing_id, g.received_at,
        sum(f.amount_million_vnd) as amount, bool_or(f.state = 'value') as is_stated,
        bool_or(f.year_offset <> 0) as is_of_other_year
    from found as f
    inner join raw.current_filing as g using (filing_id)
    inner join dw.dim_fund as d using (fund_key)
    group by
        f.level, f.commune_key, f.district_key, f.province_key, f.year_from, f.year, f.period,
        f.fund_key, d.line_key, f.stage, f.filing_id, g.received_at
),

chosen as (
    select
        level, commune_key, district_key, province_key, year_from, year, period, fund_key, line_key,
        stage, filing_id, amount, is_stated, first_value(filing_id) over (
            partition by
                level, commune_key, district_key, province_key, year_from, year, period, line_key,
                stage
            order by amount is null, is_of_other_year, received_at desc, filing_id desc
        ) as stands
    from filed
)

select
    level, commune_key, coalesce(district_key, 0) as district_key, province_key, year_from, year,
    period, fund_key, line_key, stage, amount, is_stated
from chosen
where filing_id = stands

-- makes fund_stage
-- reads stg.touched, dw.fact_fund, raw.current_filing, dw.dim_fund
-- one row per amount that stands: what a touched commune filed, or a district or province of a touched
--   one, of years, a period, project line, source, nature and stage. Where one filing says it in
--   several cells, they add up
-- why of several filings about the same money the last received that states it stands, with its own
--   split into capital and recurrent or none
create temporary table fund_stage on commit drop as
with cell as (
    select f.filing_id, f.level, f.commune_key, f.district_key, f.province_key, f.year_from, f.year,
        f.period, f.fund_key, f.stage, f.amount_million_vnd, f.state, f.year_offset
    from (select distinct commune_key, year from stg.touched) as t
    inner join dw.fact_fund as f using (commune_key, year)
    union all
    select f.filing_id, f.level, f.commune_key, f.district_key, f.province_key, f.year_from, f.year,
        f.period, f.fund_key, f.stage, f.amount_million_vnd, f.state, f.year_offset
    from (select distinct province_key, year from stg.touched) as t
    inner join dw.fact_fund as f using (province_key, year)
    where f.commune_key is null
),

found as materialized (
    select
        c.filing_id, g.received_at, c.level, c.commune_key, c.district_key, c.province_key,
        coalesce(c.commune_key, c.district_key, c.province_key) as unit_key, c.year_from, c.year,
        c.period, c.fund_key, d.line_key, c.stage, c.amount_million_vnd as amount,
        c.state = 'value' as is_stated, c.year_offset <> 0 as is_of_other_year
    from cell as c
    inner join raw.current_filing as g using (filing_id)
    inner join dw.dim_fund as d using (fund_key)
),

several as materialized (  -- filings of a unit and period; most have one, which stands
    select level, unit_key, year, period from found
    group by level, unit_key, year, period
    having min(filing_id) <> max(filing_id)
),

chosen as (
    select
        level, commune_key, district_key, province_key, year_from, year, period, fund_key, line_key,
        stage, amount, is_stated, filing_id, first_value(filing_id) over (
            partition by level, unit_key, year_from, year, period, line_key, stage
            order by amount is null, is_of_other_year, received_at desc, filing_id desc
        ) as stands
    from found
    inner join several using (level, unit_key, year, period)
)

select
    level, commune_key, coalesce(district_key, 0) as district_key, province_key, year_from, year,
    period, fund_key, line_key, stage, amount, is_stated
from found
where (level, unit_key, year, period) not in (select level, unit_key, year, period from several)
union all
select
    level, commune_key, coalesce(district_key, 0), province_key, year_from, year, period, fund_key,
    line_key, stage, amount, is_stated
from chosen
where filing_id = stands

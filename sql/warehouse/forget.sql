-- grain: one row per unit and year of facts that this batch loaded before it was opened again;
-- the facts go, whole, and their aggregates are to follow
with indicators as (
    delete from dw.fact_indicator where filing_id = any(:batch)
    returning commune_key, district_key, province_key, year
),

funds as (
    delete from dw.fact_fund where filing_id = any(:batch)
    returning commune_key, district_key, province_key, year
),

targets as (
    delete from dw.fact_target where filing_id = any(:batch)
    returning commune_key, district_key, province_key, year
),

-- no figure is computed from these
responsibilities as (
    delete from dw.fact_responsibility where filing_id = any(:batch)
),

duties as (
    delete from dw.fact_duty where filing_id = any(:batch)
),

texts as (
    delete from dw.fact_text where filing_id = any(:batch)
),

-- what one of this batch replaced or amended, or was amended by, is not of its units alone
stands as (
    select filing_id from raw.filing where superseded_by = any(:batch)
    union
    select old.filing_id from raw.filing as new
    inner join raw.filing as old using (form, filer_code, year, last_year, period)
    where
        new.filing_id = any(:batch) and old.state = 'accepted'
        and exists (select from dw.fact_target as f where f.filing_id = new.filing_id)
)

insert into stg.touched (commune_key, district_key, province_key, year)
select commune_key, district_key, province_key, year from indicators
union
select commune_key, district_key, province_key, year from funds
union
select commune_key, district_key, province_key, year from targets
union
select f.commune_key, f.district_key, f.province_key, f.year
from dw.fact_indicator as f
inner join stands using (filing_id)
union
select f.commune_key, f.district_key, f.province_key, f.year
from dw.fact_fund as f
inner join stands using (filing_id)
union
select f.commune_key, f.district_key, f.province_key, f.year
from dw.fact_target as f
inner join stands using (filing_id)
on conflict do nothing

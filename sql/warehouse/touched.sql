-- grain: one row per unit and year that this batch, or what it supersedes, has facts about.
insert into stg.touched (commune_key, district_key, province_key, year)
with changed as (
    select filing_id from raw.filing
    where filing_id = any(:batch) and state = 'accepted'
    union
    select old.filing_id
    from raw.filing as old
    inner join raw.filing as new on new.filing_id = old.superseded_by
    where new.filing_id = any(:batch)
),

facts as (
    select filing_id, commune_key, district_key, province_key, year from dw.fact_indicator
    union all
    select filing_id, commune_key, district_key, province_key, year from dw.fact_fund
    union all
    select filing_id, commune_key, district_key, province_key, year from dw.fact_target
    union all
    select filing_id, commune_key, district_key, province_key, year from dw.fact_responsibility
    union all
    select filing_id, commune_key, district_key, province_key, year from dw.fact_duty
    union all
    select filing_id, commune_key, district_key, province_key, year from dw.fact_text
)

select distinct f.commune_key, f.district_key, f.province_key, f.year
from facts as f
inner join changed using (filing_id)
on conflict do nothing

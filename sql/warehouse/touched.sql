-- grain: one row per unit and year that this batch, or another version of one of it, has facts about:
-- a version read late replaces one from its own day, and is replaced from the next one's.
insert into stg.touched (commune_key, district_key, province_key, year)
with changed as (
    select distinct old.filing_id
    from raw.filing as new
    inner join raw.filing as old using (form, filer_code, year, last_year, period)
    where new.filing_id = any(:batch) and new.state = 'accepted' and old.state = 'accepted'
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

-- Opens again every file with a figure of a unit that, as the events now stand, was not in force on
-- its filing's day: the next night reads it anew, against the units of that day.
create temporary table misbound on commit drop as
with facts as (
    select filing_id, level, commune_key, district_key, province_key from dw.fact_indicator
    union
    select filing_id, level, commune_key, district_key, province_key from dw.fact_target
    union
    select filing_id, level, commune_key, district_key, province_key from dw.fact_fund
    union
    select filing_id, level, commune_key, district_key, province_key from dw.fact_responsibility
    union
    select filing_id, level, commune_key, district_key, province_key from dw.fact_duty
    union
    select filing_id, level, commune_key, district_key, province_key from dw.fact_text
),

units as (
    select 'commune' as level, commune_key as unit_key, valid_from, valid_to from dw.dim_commune
    union all
    select 'district', district_key, valid_from, valid_to from dw.dim_district
    union all
    select 'province', province_key, valid_from, valid_to from dw.dim_province
)

select distinct g.content_sha256, g.arrival
from facts as f
inner join raw.filing as g using (filing_id)
inner join units as u
    on u.level = f.level and u.unit_key = coalesce(f.commune_key, f.district_key, f.province_key)
where
    exists (select from place_change)
    and (g.units_on < u.valid_from or g.units_on >= u.valid_to);

delete from stg.figure where filing_id in (
    select filing_id from raw.filing where (content_sha256, arrival) in (select * from misbound)
);
delete from ops.finding where filing_id in (
    select filing_id from raw.filing where (content_sha256, arrival) in (select * from misbound)
);
delete from ops.correction_use where filing_id in (
    select filing_id from raw.filing where (content_sha256, arrival) in (select * from misbound)
);
update raw.filing
set state = 'received', warnings = 0
where (content_sha256, arrival) in (select * from misbound);
